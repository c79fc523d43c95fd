/// What is typed, as the scalars that the editor's keys work on, and the cursor before one of them.
package struct EditBuffer: Equatable, Sendable {
  package var scalars: [Unicode.Scalar] = []
  package var cursor = 0

  package init() {}

  package init(scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = cursor
  }

  /// The text with the cursor at its end.
  package init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
  }

  package var text: String { EditBuffer.text(scalars[...]) }

  package var beforeCursor: String { EditBuffer.text(scalars[..<cursor]) }

  package var isEmpty: Bool { scalars.isEmpty }

  package var isAtEnd: Bool { cursor == scalars.count }

  static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  // MARK: Lines

  /// Where the cursor's line begins.
  package var lineStart: Int { start(ofLineAt: cursor) }

  /// Where the cursor's line ends, before its line end.
  package var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }

  /// The place in the line above, in the same column or at its end; nil in the first line.
  package var placeAbove: Int? {
    guard lineStart > 0 else { return nil }
    let end = lineStart - 1
    let start = start(ofLineAt: end)
    return min(start + cursor - lineStart, end)
  }

  /// The place in the line below, in the same column or at its end; nil in the last line.
  package var placeBelow: Int? {
    guard lineEnd < scalars.count else { return nil }
    let start = lineEnd + 1
    let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
    return min(start + cursor - lineStart, end)
  }

  private func start(ofLineAt place: Int) -> Int {
    scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  // MARK: Characters as a person sees them

  /// Where the character before the cursor begins; nil at the start.
  package var placeBefore: Int? {
    guard cursor > 0 else { return nil }
    let line = EditBuffer.text(scalars[(start(ofLineAt: cursor))..<cursor])
    guard let last = line.last else { return cursor - 1 }
    return cursor - last.unicodeScalars.count
  }

  /// Where the character at the cursor ends; nil at the end.
  package var placeAfter: Int? {
    guard !isAtEnd else { return nil }
    let rest = EditBuffer.text(scalars[cursor..<min(scalars.count, cursor + 64)])
    guard let first = rest.first else { return cursor + 1 }
    return cursor + first.unicodeScalars.count
  }
}
