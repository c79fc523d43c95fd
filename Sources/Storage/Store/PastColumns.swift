import Permissions

/// Works out how each permission's column was just after a change.
///
/// Each is found from the nearest column that is known: the present one, none at all at the
/// beginning, or a kept copy; and the flips between.
struct PastColumns {
  /// How many rows there were then.
  private let rowCount: Int
  private var starts: [Start] = []
  private var between: GatheredFlips

  private enum Start {
    /// That of the table that is to be changed.
    case present
    case empty
    case copy(FlipHistory.Copy)
  }

  /// - Parameters:
  ///   - change: the change just after which it was.
  ///   - newest: the change up to which the columns of the table are that is to be changed.
  ///   - table: that table, otherwise as it was then.
  ///   - index: what is known of the changes.
  init(asOf change: Int, from newest: Int, in table: Table, _ index: ChangeIndex) {
    rowCount = table.rowCount
    between = GatheredFlips(.odd, below: table.rowCount)
    for permission in table.catalog.all {
      let history = index.flips(of: permission)
      let (start, range) = PastColumns.nearest(to: history.count(upTo: change), newest, in: history)
      starts.append(start)
      between.append(range, of: history)
    }
  }

  /// The column to begin with, and the postings between it and the one that is wanted.
  private static func nearest(
    to wanted: Int, _ newest: Int, in history: FlipHistory
  ) -> (Start, Range<Int>) {
    let present = history.count(upTo: newest)
    var best = (Start.present, min(wanted, present)..<max(wanted, present))
    if wanted < best.1.count { best = (.empty, 0..<wanted) }
    for copy in history.copies where copy.postings <= history.postings.count {
      let range = min(wanted, copy.postings)..<max(wanted, copy.postings)
      if range.count < best.1.count { best = (.copy(copy), range) }
    }
    return best
  }

  /// Reads the changes whose rows the index does not say.
  mutating func read(
    _ effects: (Int) throws(StoreProblem) -> Effects
  ) throws(StoreProblem) {
    try between.read(effects)
  }

  /// What is to be flipped in the table.
  func flips(in table: Table) -> [PermissionFlips] {
    var flips: [PermissionFlips] = []
    for number in starts.indices {
      let permission = PermissionNumber(number)
      var rows = between.rows(of: permission)
      let present = RowSet(form: .bitmap(table.bits[number]))
      switch starts[number] {
      case .present: break
      case .empty: rows.formSymmetricDifference(present)
      case .copy(let copy):
        rows.formSymmetricDifference(present)
        rows.formSymmetricDifference(copy.rows.below(rowCount))
      }
      if !rows.isEmpty { flips.append(PermissionFlips(permission: permission, rows: rows)) }
    }
    return flips
  }
}

extension FlipHistory.Copy {
  /// The rows that had the permission.
  fileprivate var rows: RowSet {
    switch column {
    case .kept(let bitmap): return RowSet(form: .bitmap(bitmap))
    case .stored(let stored):
      var words: [UInt64] = []
      words.reserveCapacity(stored.count)
      stored.append(to: &words)
      return RowSet(Bitmap(words: words))
    }
  }
}
