import Diagnostics

/// How data looks on a terminal.
extension HumanText {
  /// Escapes what the bytes from `start` to the end hold, where it would act on a terminal.
  static func escape(from start: Int, in bytes: inout [UInt8]) {
    if isPlain(bytes[start...]) { return }
    let escaped = TerminalEscape.escape(bytes: bytes[start...])
    bytes.removeSubrange(start...)
    bytes.append(escaped)
  }

  /// Columns that escaped text takes.
  static func width(of bytes: ArraySlice<UInt8>) -> Int {
    isPlain(bytes) ? bytes.count : DisplayWidth.of(String(decoding: bytes, as: UTF8.self))
  }

  /// Cuts escaped text to a width, with `…` at its end where something is missing.
  ///
  /// - Returns: the columns that are left.
  static func cut(_ bytes: inout [UInt8], to width: Int) -> Int {
    let natural = self.width(of: bytes[...])
    if natural <= width { return natural }
    var kept = ""
    var used = 0
    for character in String(decoding: bytes, as: UTF8.self) {
      let columns = DisplayWidth.of(character)
      if used + columns > width - 1 { break }
      kept.append(character)
      used += columns
    }
    bytes.removeAll(keepingCapacity: true)
    bytes.append(kept)
    bytes.append("…")
    return used + 1
  }

  /// Breaks escaped text between its words into lines of a width; without one it stays as it is.
  static func wrapped(_ bytes: [UInt8], to width: Int?) -> [UInt8] {
    guard let width, self.width(of: bytes[...]) > width else { return bytes }
    var lines: [UInt8] = []
    var used = 0
    for word in bytes.split(separator: UInt8(ascii: " ")) {
      let columns = self.width(of: word)
      if used > 0, used + 1 + columns > width {
        lines.append(ascii: "\n")
        used = 0
      } else if used > 0 {
        lines.append(ascii: " ")
        used += 1
      }
      lines.append(contentsOf: word)
      used += columns
    }
    return lines
  }

  /// ASCII that shows as itself.
  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
