/// What human formats are written on.
package struct Screen: Equatable, Sendable {
  /// Columns; nil where nothing bounds a line, as in a pipe or a file.
  package let width: Int?
  package let hasColors: Bool

  /// A pipe or a file: full width, no colours.
  package static let unbounded = Screen(width: nil, hasColors: false)

  package init(width: Int?, hasColors: Bool) {
    self.width = width
    self.hasColors = hasColors
  }

  /// A terminal shows what a pipe need not carry, such as bars.
  package var isTerminal: Bool { width != nil }

  /// Appends what `write` appends, in a style.
  func append(_ style: Style, to bytes: inout [UInt8], _ write: (inout [UInt8]) -> Void) {
    guard hasColors, style != .plain else { return write(&bytes) }
    bytes.append("\u{1B}[\(style.rawValue)m")
    write(&bytes)
    bytes.append("\u{1B}[0m")
  }
}

/// How a part of the output looks where there are colours: its number in an escape sequence.
enum Style: Int, Sendable {
  case plain = 0
  case strong = 1
  case faint = 2
  case bad = 31
  case good = 32
  case doubtful = 33
  case remark = 36
}
