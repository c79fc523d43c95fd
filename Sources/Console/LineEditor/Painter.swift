/// Brings frames to the terminal: only rows that differ from what is there are written.
///
/// Everything is relative to where the cursor was left, so that output before the prompt stays.
package struct Painter {
  private var shown: Frame?

  package init() {}

  /// The bytes that turn what is shown into a frame.
  package mutating func paint(_ frame: Frame) -> [UInt8] {
    guard frame != shown else { return [] }
    // What was typed ahead may have been echoed where the prompt goes.
    var output = Array((shown == nil ? "\u{1B}[?25l\r\u{1B}[J" : "\u{1B}[?25l").utf8)
    var row = shown?.cursorRow ?? 0
    let before = shown?.rows ?? []
    // Rows below what is shown exist only once a line end has made them.
    var existing = max(1, before.count)
    for (index, content) in frame.rows.enumerated() {
      if index < before.count, before[index] == content { continue }
      if index >= existing {
        move(from: &row, to: existing - 1, &output)
        output += Array(repeating: Array("\r\n".utf8), count: index - existing + 1).joined()
        existing = index + 1
        row = index
      }
      move(from: &row, to: index, &output)
      output.append(UInt8(ascii: "\r"))
      output += content.bytes
      // At the terminal's edge there is nothing to clear, and the last character would be.
      if index < before.count, before[index].width > content.width {
        output += Array("\u{1B}[K".utf8)
      }
    }
    if before.count > frame.rows.count {
      move(from: &row, to: frame.rows.count, &output)
      output += Array("\r\u{1B}[J".utf8)
    }
    move(from: &row, to: frame.cursorRow, &output)
    output.append(UInt8(ascii: "\r"))
    if frame.cursorColumn > 0 { output += Array("\u{1B}[\(frame.cursorColumn)C".utf8) }
    output += Array("\u{1B}[?25h".utf8)
    shown = frame
    return output
  }

  /// The bytes that leave a frame behind, however high; the cursor is at its end, or below it.
  package mutating func finish(_ frame: Frame, endsLine: Bool) -> [UInt8] {
    var output = erase()
    for (index, row) in frame.rows.enumerated() {
      if index > 0 { output += Array("\r\n".utf8) }
      output += row.bytes
    }
    if endsLine { output += Array("\r\n".utf8) }
    return output
  }

  /// The bytes that take away what is shown.
  package mutating func erase() -> [UInt8] {
    guard let frame = shown else { return [] }
    shown = nil
    return Painter.up(frame.cursorRow) + Array("\r\u{1B}[J".utf8)
  }

  /// The bytes that take away what a terminal of a new width has made of what is shown.
  ///
  /// Most terminals break rows again that have become too long.
  package mutating func erase(inNewWidth width: Int) -> [UInt8] {
    guard let frame = shown else { return [] }
    shown = nil
    var above = frame.cursorColumn / max(width, 1)
    for row in frame.rows[..<frame.cursorRow] {
      above += max(1, (row.width + width - 1) / max(width, 1))
    }
    return Painter.up(above) + Array("\r\u{1B}[J".utf8)
  }

  /// Forgets what is shown: the terminal was cleared, or something else was written.
  mutating func forget() { shown = nil }

  private func move(from row: inout Int, to wanted: Int, _ output: inout [UInt8]) {
    if wanted < row { output += Painter.up(row - wanted) }
    if wanted > row { output += Array("\u{1B}[\(wanted - row)B".utf8) }
    row = wanted
  }

  private static func up(_ rows: Int) -> [UInt8] {
    rows > 0 ? Array("\u{1B}[\(rows)A".utf8) : []
  }
}
