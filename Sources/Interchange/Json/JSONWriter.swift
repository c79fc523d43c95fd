package import Diagnostics

/// JSON as RFC 8259 has it, byte by byte, and harmless to a terminal.
///
/// Whatever could move a cursor, start an escape sequence, turn the direction of text or hide is
/// written as `\uXXXX`: the value is the same, and a name can't act on the screen that shows it.
package enum JSONWriter {
  /// Appends a text with its quotes.
  package static func append(_ text: Text, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    escapeIfNeeded(from: start, in: &bytes)
    bytes.append(0x22)
  }

  /// Appends valid UTF-8 as a text with its quotes.
  package static func append(_ utf8: Span<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    let start = bytes.count
    for index in utf8.indices { bytes.append(utf8[index]) }
    escapeIfNeeded(from: start, in: &bytes)
    bytes.append(0x22)
  }

  /// Appends a finite number in the fewest digits that read back as the same number; whole numbers
  /// up to 2^53 as integers.
  package static func append(_ number: Double, to bytes: inout [UInt8]) {
    NumberText.append(number, to: &bytes)
  }

  package static func append(_ flag: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  package static func appendNull(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "null".utf8)
  }

  /// Escapes what the bytes from `start` to the end hold, which must be valid UTF-8.
  ///
  /// A formatter writes a value at the end of its buffer, between two quotes of its own.
  package static func escapeIfNeeded(from start: Int, in bytes: inout [UInt8]) {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x7F { break }
      index += 1
    }
    guard index < bytes.count else { return }
    let rest = Array(bytes[index...])
    bytes.removeSubrange(index...)
    escape(rest, to: &bytes)
  }

  private static func escape(_ utf8: [UInt8], to bytes: inout [UInt8]) {
    var index = 0
    while index < utf8.count {
      let byte = utf8[index]
      let length = UTF8Text.length(ofLead: byte)
      if length == 1 {
        appendASCII(byte, to: &bytes)
      } else {
        let scalar = UTF8Text.scalar(at: index, in: utf8.span)
        if UTF8Text.isHarmful(scalar) {
          appendEscape(scalar, to: &bytes)
        } else {
          bytes.append(contentsOf: utf8[index..<min(index + length, utf8.count)])
        }
      }
      index += length
    }
  }

  private static func appendASCII(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
    case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
    case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
    case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
    case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
    case 0..<0x20, 0x7F: appendEscape(unit: UInt16(byte), to: &bytes)
    default: bytes.append(byte)
    }
  }

  /// Appends `\uXXXX`, twice where UTF-16 needs two units.
  private static func appendEscape(_ scalar: UInt32, to bytes: inout [UInt8]) {
    guard scalar > 0xFFFF else {
      appendEscape(unit: UInt16(truncatingIfNeeded: scalar), to: &bytes)
      return
    }
    let offset = scalar - 0x10000
    appendEscape(unit: 0xD800 + UInt16(truncatingIfNeeded: offset >> 10), to: &bytes)
    appendEscape(unit: 0xDC00 + UInt16(truncatingIfNeeded: offset & 0x3FF), to: &bytes)
  }

  /// Appends `\uXXXX`.
  package static func appendEscape(unit: UInt16, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: [0x5C, 0x75])
    for shift in stride(from: 12, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 0xF
      bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
    }
  }
}
