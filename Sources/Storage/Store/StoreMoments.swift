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
  /// Goes back from now or forward from the beginning, whichever passes fewer changes. What the
  /// table shares with the present one is not copied.
  ///
  /// - Throws: where there is no such change, or the journal can't be read.
  package func table(asOf change: Int) throws(StoreProblem) -> Table {
    guard change >= 0, change <= lastChange else {
      throw .noSuchChange(change, last: lastChange)
    }
    if change < lastChange - change {
      var table = origin
      try forEachEffects(after: 0, upTo: change) { table.apply($1) }
      return table
    }
    return try table(table, of: lastChange, asOf: change)
  }

  /// An earlier state than that of a table, which is as it was just after `newest`.
  package func table(
    _ table: Table, of newest: Int, asOf change: Int
  ) throws(StoreProblem) -> Table {
    var table = table
    try forEachEffectsBackwards(after: change, upTo: newest) { table.revert($1) }
    return table
  }

  /// Calls a body with what each change did, the newest first; reads each transaction once.
  package func forEachEffectsBackwards(
    after first: Int, upTo last: Int, _ body: (Int, Effects) -> Void
  ) throws(StoreProblem) {
    var number = last
    while number > first, number > history.lastChange {
      body(number, pendingChange(number - history.lastChange - 1).effects)
      number -= 1
    }
    while number > first, let index = history.index(of: number) {
      let entry = history[index]
      let bytes = try payload(index)
      let ranges = try decode { () throws(Damage) in try effectsRanges(entry, bytes) }
      while number > first, number >= entry.firstChange {
        let range = ranges[number - entry.firstChange]
        let effects = try decode { () throws(Damage) in
          var input = ByteReader(bytes, range)
          return try Effects(from: &input, rowCount: table.rowCount)
        }
        body(number, effects)
        number -= 1
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
