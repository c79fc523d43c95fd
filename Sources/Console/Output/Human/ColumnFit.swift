/// Which columns of a table a screen has room for, and how wide each is.
///
/// Text is shortened first, down to a width at which it can still be told apart; where that is not
/// enough, columns of the middle are left out, because the first says which row it is and the last is
/// often what was asked for.
package struct ColumnFit: Equatable, Sendable {
  package struct Column: Equatable, Sendable {
    /// Its heading or its widest cell, whichever is wider.
    package let width: Int
    package let headingWidth: Int
    /// Numbers and marks are worth nothing when they are cut.
    package let canShrink: Bool

    package init(width: Int, headingWidth: Int, canShrink: Bool) {
      self.width = width
      self.headingWidth = headingWidth
      self.canShrink = canShrink
    }

    fileprivate var smallest: Int {
      canShrink ? min(width, max(headingWidth, ColumnFit.readableWidth)) : width
    }
  }

  /// Positions of the columns that are shown, in order.
  package private(set) var shown: [Int]
  /// The width of each column that is shown.
  package private(set) var widths: [Int]

  /// What a shortened text keeps.
  package static let readableWidth = 12
  /// Blanks between columns.
  package static let gap = 2

  /// - Parameter room: the screen's width; nil where there is no end to it.
  package init(_ columns: [Column], room: Int?) {
    shown = Array(columns.indices)
    widths = columns.map(\.width)
    guard let room, ColumnFit.total(widths) > room else { return }
    while shown.count > 2, ColumnFit.total(shown.map { columns[$0].smallest }) > room {
      shown.remove(at: shown.count - 2)
    }
    widths = shown.map { columns[$0].width }
    shrink(shown.map { columns[$0].smallest }, room: room)
  }

  /// One column alone.
  package init(onlyColumn column: Int, width: Int) {
    shown = [column]
    widths = [width]
  }

  /// Takes from the widest first, so that all long texts end up equally long.
  private mutating func shrink(_ smallest: [Int], room: Int) {
    var excess = ColumnFit.total(widths) - room
    while excess > 0 {
      let candidates = widths.indices.filter { widths[$0] > smallest[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }
}
