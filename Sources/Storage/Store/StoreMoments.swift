import Diagnostics
package import Permissions

// The agency at another moment.
extension Store {
  /// The newest change made at a time or before it, pending ones included; 0 where there is none.
  package func lastChange(at time: Int64) -> Int {
    if let transaction, transaction.changes.count > 0, transaction.context.time <= time {
      return lastChange
    }
    let count = history.count(upTo: time)
    return count == 0 ? 0 : min(history[count - 1].lastChange, history.lastChange)
  }

  /// The agency just after a change; 0 is the empty one.
  ///
  /// Columns of permissions are found from the nearest that is known. All else is taken back from now
  /// on or done from the beginning, whichever is less, and only changes that did something else are
  /// read for it. What the table shares with the present one is not copied.
  ///
  /// - Throws: where there is no such change, or the journal can't be read.
  package func table(asOf change: Int) throws(StoreProblem) -> Table {
    guard change >= 0, change <= lastChange else {
      throw .noSuchChange(change, last: lastChange)
    }
    if change == lastChange { return table }
    let cost = index.costOfOtherChanges(around: change)
    var past: Table
    if cost.before < cost.after {
      past = origin
      try doOtherChanges(upTo: change, in: &past)
    } else {
      past = table
      try takeBackOtherChanges(after: change, in: &past)
    }
    var columns = PastColumns(
      asOf: change, from: cost.before < cost.after ? 0 : lastChange, in: past, index)
    try columns.read { (number) throws(StoreProblem) in try effects(ofChange: number) }
    var flips = Effects()
    flips.flips = columns.flips(in: past)
    past.apply(flips)
    return past
  }

  /// Does all but flips from the beginning on.
  private func doOtherChanges(upTo change: Int, in past: inout Table) throws(StoreProblem) {
    for place in index.otherChanges(after: 0, upTo: change) {
      var effects = try effects(ofChange: Int(index.otherChanges[place].change))
      effects.flips = []
      guard past.fits(effects) else { throw doubtfulIndex() }
      past.apply(effects)
    }
    guard past.rowCount == index.rowCount(after: change, now: table.rowCount) else {
      throw doubtfulIndex()
    }
  }

  /// Takes back all but flips from now on.
  private func takeBackOtherChanges(after change: Int, in past: inout Table) throws(StoreProblem) {
    for place in index.otherChanges(after: change, upTo: lastChange).reversed()
    where index.otherChanges[place].onlyCreates == 0 {
      var effects = try effects(ofChange: Int(index.otherChanges[place].change))
      effects.flips = []
      effects.created = CreatedRows()
      guard past.fitsTakenBack(effects) else { throw doubtfulIndex() }
      past.revert(effects)
    }
    let rowCount = index.rowCount(after: change, now: table.rowCount)
    guard rowCount <= past.rowCount else { throw doubtfulIndex() }
    past.removeLast(past.rowCount - rowCount)
  }

  private func doubtfulIndex() -> StoreProblem {
    index.condemn()
    return damaged(Damage("history"))
  }

  /// Calls a body with what later changes touched: with all flips together, whether or not they were
  /// taken back again, and with all else change by change, the newest first.
  ///
  /// What was done to rows that were made later is left out, but for their creation.
  ///
  /// - Throws: where the journal can't be read.
  package func forEachTouch(
    after first: Int, _ body: (_ effects: Effects, _ created: RowSet) -> Void
  ) throws(StoreProblem) {
    var flips = GatheredFlips(
      .any, below: index.rowCount(after: first, now: table.rowCount))
    for permission in table.catalog.all {
      let history = index.flips(of: permission)
      flips.append(history.range(after: first, upTo: lastChange), of: history)
    }
    try flips.read { (number) throws(StoreProblem) in try effects(ofChange: number) }
    var together = Effects()
    together.flips = flips.flips
    body(together, RowSet())
    for place in index.otherChanges(after: first, upTo: lastChange).reversed() {
      let other = index.otherChanges[place]
      let created = rows(createdBy: Int(other.change))
      if other.onlyCreates != 0 {
        body(Effects(), created)
      } else {
        var effects = try effects(ofChange: Int(other.change))
        effects.flips = []
        body(effects, created)
      }
    }
  }

  /// How much a change did.
  package func extent(ofChange number: Int) -> ChangeIndex.Extent { index.extent(of: number) }

  /// The rows that a change made.
  package func rows(createdBy number: Int) -> RowSet {
    index.rows(createdBy: number, rowCount: table.rowCount)
  }

  /// The changes that flipped cells of some permissions, ascending.
  package func changes(
    flipping permissions: PermissionSet, after first: Int, upTo last: Int
  ) -> [Int] {
    var found: Set<Int> = []
    for permission in permissions {
      let flips = index.flips(of: permission)
      flips.postings.forEachSpan(of: flips.range(after: first, upTo: last)) { _, span in
        for place in span.indices where (first + 1...last).contains(Int(span[place].change)) {
          found.insert(Int(span[place].change))
        }
      }
    }
    return found.sorted()
  }
}
