/// Long lines broken between their words, so that a terminal does not break them within.
package enum Folding {
  /// Folds the lines that are wider than a terminal; what goes on is indented as its line was.
  ///
  /// Escape sequences are colours of ours and take no room. A word that is wider than a line is left
  /// to the terminal.
  package static func fold(_ text: String, to width: Int?) -> String {
    guard let width, width > 0 else { return text }
    var result = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { result += "\n" }
      result += columns(line) <= width ? String(line) : folded(line, to: width)
    }
    return result
  }

  /// Folds what was appended to `bytes` since they were `start` long.
  package static func fold(from start: Int, in bytes: inout [UInt8], to width: Int?) {
    guard let width, bytes.count - start > width else { return }
    let text = fold(String(decoding: bytes[start...], as: UTF8.self), to: width)
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: text.utf8)
  }

  private static func folded(_ line: Substring, to width: Int) -> String {
    let blanks = line.prefix { $0 == " " }
    let indent = blanks.count * 2 < width ? String(blanks) : ""
    var result = indent
    var used = indent.count
    var gap = 0
    for word in line.dropFirst(blanks.count).split(
      separator: " ", omittingEmptySubsequences: false)
    {
      // Alignment within a line is kept as far as the line goes.
      if word.isEmpty {
        gap += 1
        continue
      }
      let columns = columns(word)
      if used > indent.count, used + gap + columns > width {
        result += "\n" + indent
        used = indent.count
        gap = 0
      }
      result += String(repeating: " ", count: gap) + word
      used += gap + columns
      gap = 1
    }
    return result
  }

  /// Columns of text that may have colours.
  private static func columns(_ text: Substring) -> Int {
    guard text.utf8.contains(0x1B) else { return DisplayWidth.of(String(text)) }
    var plain = ""
    var isColor = false
    for character in text {
      if character == "\u{1B}" {
        isColor = true
      } else if isColor {
        isColor = character != "m"
      } else {
        plain.append(character)
      }
    }
    return DisplayWidth.of(plain)
  }
}
