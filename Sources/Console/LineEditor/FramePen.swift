import Diagnostics

/// Writes characters into rows of a terminal's width.
struct FramePen {
  let width: Int
  private let hasColors: Bool
  private(set) var rows: [Frame.Row] = [Frame.Row()]
  private(set) var column = 0
  private var ink = Ink.plain

  init(width: Int, hasColors: Bool) {
    self.width = width
    self.hasColors = hasColors
  }

  /// Begins the next row.
  mutating func wrap() {
    finishRow()
    rows.append(Frame.Row())
    column = 0
  }

  /// Ends the ink of the row, so that rows can be written one without the other.
  mutating func finishRow() {
    use(.plain)
    rows[rows.count - 1].width = column
  }

  mutating func put(_ text: InkedText, wraps: Bool = true) {
    for character in text.text {
      if !wraps && column + width(of: character) >= width { return }
      put(character, text.ink)
    }
  }

  /// Puts one character as the terminal may show it.
  mutating func put(_ character: Character, _ ink: Ink) {
    let shown = FramePen.shown(character)
    let columns = shown.map { DisplayWidth.of($0) } ?? 1
    if let shown, columns > width || shown.unicodeScalars.count > 1 && columns > 2 {
      // An escape of several columns may be broken anywhere.
      for part in shown { put(part, ink) }
      return
    }
    if column + columns > width { wrap() }
    use(ink)
    column += columns
    let last = rows.count - 1
    guard let shown else {
      rows[last].bytes.append(contentsOf: String(character).utf8)
      return
    }
    rows[last].bytes.append(contentsOf: shown.utf8)
    // Terminals differ in how wide they think it is: the next character gets its column.
    if shown.unicodeScalars.count > 1 && column < width {
      rows[last].bytes.append(contentsOf: "\u{1B}[\(column + 1)G".utf8)
    }
  }

  func width(of character: Character) -> Int {
    FramePen.shown(character).map { DisplayWidth.of($0) } ?? 1
  }

  /// What stands for a character; nil where it is plain and stands for itself.
  private static func shown(_ character: Character) -> String? {
    if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return nil }
    if character == "\t" { return "    " }
    return TerminalEscape.escape(String(character))
  }

  private mutating func use(_ ink: Ink) {
    guard hasColors, ink != self.ink else { return }
    let last = rows.count - 1
    if self.ink.code != nil { rows[last].bytes.append(contentsOf: "\u{1B}[0m".utf8) }
    if let code = ink.code { rows[last].bytes.append(contentsOf: "\u{1B}[\(code)m".utf8) }
    self.ink = ink
  }

  // MARK: Rows by themselves

  /// A row of its own, cut where the terminal ends.
  func cutRow(_ parts: [InkedText]) -> Frame.Row {
    var pen = FramePen(width: width, hasColors: hasColors)
    for part in parts { pen.put(part, wraps: false) }
    pen.finishRow()
    return pen.rows[0]
  }

  /// The row with a text at its right end, where there is room.
  func row(_ row: Frame.Row, withRightEnd text: String) -> Frame.Row {
    let columns = DisplayWidth.of(text)
    guard row.width + columns + 2 < width else { return row }
    let start = width - columns - 1
    var result = row
    // What was longer before is cleared up to it.
    result.bytes.append(contentsOf: "\u{1B}[K\u{1B}[\(start + 1)G".utf8)
    result.bytes.append(contentsOf: cutRow([InkedText(text, .ghost)]).bytes)
    result.width = start + columns
    return result
  }
}
