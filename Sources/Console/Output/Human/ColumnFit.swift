/// Which columns of a table a screen has room for, and how wide each is.
///
/// What another column says too is left out first. Then text is shortened, down to a width at which it
/// can still be told apart; where that is not enough, columns of the middle are left out, the widest
/// first so that most stay: the first says which row it is and the last is often what was asked for.
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
  package static let readableWidth = 16
  /// What a text keeps on the narrowest screens.
  package static let leastWidth = 6
  /// Blanks between columns.
  package static let gap = 2

  /// - Parameters:
  ///   - columns: as wide as they would like to be.
  ///   - room: the screen's width; nil where there is no end to it.
  ///   - expendable: positions of what can best be done without, in that order.
  ///   - squeezes: whether to go below what can well be read, rather than be too wide.
  package init(_ columns: [Column], room: Int?, expendable: [Int] = [], squeezes: Bool = true) {
    shown = Array(columns.indices)
    widths = columns.map(\.width)
    guard let room, ColumnFit.total(widths) > room else { return }
    for position in expendable where ColumnFit.total(shown.map { columns[$0].width }) > room {
      shown.removeAll { $0 == position }
    }
    while shown.count > 2, ColumnFit.total(shown.map { columns[$0].smallest }) > room {
      let middle = shown.indices.dropFirst().dropLast()
      let widest = middle.reversed().max {
        columns[shown[$0]].smallest < columns[shown[$1]].smallest
      }
      shown.remove(at: widest ?? shown.count - 2)
    }
    widths = shown.map { columns[$0].width }
    shrink(shown.map { columns[$0].smallest }, room: room)
    if squeezes, ColumnFit.total(widths) > room { squeeze(columns, room: room) }
  }

  /// On a screen that is narrower than what can well be read, something is better than a broken line:
  /// text gives all that it has, then the last column goes, then the first is cut.
  private mutating func squeeze(_ columns: [Column], room: Int) {
    shrink(
      shown.map {
        columns[$0].canShrink ? min(columns[$0].width, ColumnFit.leastWidth) : columns[$0].width
      },
      room: room)
    guard ColumnFit.total(widths) > room, let first = shown.first else { return }
    shown = [first]
    widths = [min(columns[first].width, max(1, room))]
  }

  /// One column alone.
  package init(onlyColumn column: Int, width: Int) {
    shown = [column]
    widths = [width]
  }

  /// Takes from the widest, so that all long texts end up equally long; from the first column last.
  private mutating func shrink(_ smallest: [Int], room: Int) {
    var excess = ColumnFit.total(widths) - room
    while excess > 0 {
      let candidates = widths.indices.filter { widths[$0] > smallest[$0] }
      let others = candidates.filter { $0 > 0 }
      let widest = (others.isEmpty ? candidates : others).max { widths[$0] < widths[$1] }
      guard let widest else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }
}
