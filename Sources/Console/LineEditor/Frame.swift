import Diagnostics

/// What the editor shows: rows of the terminal, and the cursor among them.
package struct Frame: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package var bytes: [UInt8] = []
    /// In columns.
    package var width = 0
  }

  package var rows: [Row]
  package var cursorRow: Int
  package var cursorColumn: Int

  /// What a frame is made of.
  package struct Content {
    package var prompt = ""
    package var rightPrompt = ""
    package var buffer = EditBuffer()
    /// One for each scalar of the buffer; those that are missing are plain.
    package var inks: [Ink] = []
    /// Behind the buffer, as far as there is room on its row; only the first may wrap.
    package var tail: [InkedText] = []
    /// Rows below, each cut at the terminal's edge.
    package var below: [[InkedText]] = []

    package init() {}
  }

  /// Lays the content out.
  ///
  /// - Parameters:
  ///   - content: what is to be seen.
  ///   - width: the terminal's columns.
  ///   - height: the most rows there may be; the part around the cursor is shown.
  ///   - hasColors: without, nothing but characters and columns is written.
  package init(_ content: Content, width: Int, height: Int, hasColors: Bool) {
    var pen = FramePen(width: max(width, 4), hasColors: hasColors)
    let prompt =
      DisplayWidth.of(content.prompt) + 10 > pen.width ? "> " : content.prompt
    let margin = DisplayWidth.of(prompt)
    pen.put(InkedText(prompt, .prompt))
    var cursor: (row: Int, column: Int)?
    var place = 0
    for character in content.buffer.text {
      let ink = place < content.inks.count ? content.inks[place] : .plain
      let next = place + character.unicodeScalars.count
      let width = pen.width(of: character)
      if content.buffer.cursor < next, cursor == nil {
        if pen.column + width > pen.width { pen.wrap() }
        cursor = (pen.rows.count - 1, pen.column)
      }
      if character.unicodeScalars.last == "\n" {
        pen.wrap()
        let dots = margin > 4 ? String(repeating: " ", count: margin - 4) + "... " : "  "
        pen.put(InkedText(dots, .ghost))
      } else {
        pen.put(character, ink)
      }
      place = next
    }
    if cursor == nil {
      if pen.column == pen.width { pen.wrap() }
      cursor = (pen.rows.count - 1, pen.column)
    }
    for (index, part) in content.tail.enumerated() { pen.put(part, wraps: index == 0) }
    pen.finishRow()
    var rows = pen.rows
    if let first = rows.first, !content.rightPrompt.isEmpty {
      rows[0] = pen.row(first, withRightEnd: content.rightPrompt)
    }
    let below = content.below.prefix(max(0, height - 1)).map { pen.cutRow($0) }
    let room = max(1, height - below.count)
    let (cursorRow, cursorColumn) = cursor ?? (0, 0)
    let top = rows.count <= room ? 0 : min(max(0, cursorRow - room + 1), rows.count - room)
    self.rows = Array(rows[top..<min(rows.count, top + room)]) + below
    self.cursorRow = cursorRow - top
    self.cursorColumn = cursorColumn
  }
}
