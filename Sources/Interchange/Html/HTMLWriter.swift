import Diagnostics

/// Text in a page: whatever comes from data passes through here.
package enum HTMLWriter {
  /// Appends a text that acts neither on a page nor on who reads it.
  static func append(_ text: Text, to bytes: inout [UInt8]) {
    append(TerminalEscape.escape(text), to: &bytes)
  }

  /// Appends words that are ours, with what they quote already made harmless.
  static func append(_ string: String, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: string.utf8)
    escape(from: start, in: &bytes)
  }

  /// Puts an entity for whatever a page would take for markup.
  package static func escape(from start: Int, in bytes: inout [UInt8]) {
    guard bytes[start...].contains(where: { entity(for: $0) != nil }) else { return }
    let text = Array(bytes[start...])
    bytes.removeSubrange(start...)
    for byte in text {
      if let entity = entity(for: byte) {
        bytes.append(contentsOf: entity.utf8)
      } else {
        bytes.append(byte)
      }
    }
  }

  private static func entity(for byte: UInt8) -> String? {
    switch Unicode.Scalar(byte) {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: nil
    }
  }
}
