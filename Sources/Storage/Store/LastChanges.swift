import Diagnostics

/// For each row the change that last flipped one of its permissions or created it, up to a change.
struct LastChanges: Sendable {
  private(set) var upTo = 0
  private(set) var numbers = Stored<UInt32>()

  init() {}

  /// Brings it on to a later change.
  ///
  /// - Parameters:
  ///   - change: that change.
  ///   - index: what is known of the changes.
  ///   - rowCount: how many rows there were just after that change.
  ///   - effects: reads what a change did, where the index does not say it.
  /// - Throws: where such a change can't be read.
  mutating func advance(
    to change: Int, _ index: ChangeIndex, rowCount: Int,
    effects: (Int) throws(StoreProblem) -> Effects
  ) throws(StoreProblem) {
    if numbers.count != index.rowCount(after: upTo, now: rowCount) {
      numbers.condemn()
      self = LastChanges()
    }
    guard change > upTo else { return }
    let known = upTo
    var doubtful: Set<Int> = []
    numbers.modify { numbers in
      LastChanges.append(index.creations, upTo: change, rowCount, to: &numbers)
      for flips in index.flips {
        flips.postings.forEachSpan(of: flips.range(after: known, upTo: change)) { _, span in
          for place in span.indices {
            let posting = span[place]
            let isKnown = flips.forEachRun(of: posting) { run in
              LastChanges.raise(&numbers, run, to: posting.change)
            }
            if isKnown { continue }
            // Who was made by the change itself is known already.
            let number = Int(posting.change)
            if let first = index.firstRow(createdBy: number), first <= posting.first { continue }
            doubtful.insert(number)
          }
        }
      }
    }
    for number in doubtful.sorted() {
      let flips = try effects(number).flips
      numbers.modify { numbers in
        for flips in flips {
          flips.rows.forEachRun { LastChanges.raise(&numbers, $0, to: UInt32(number)) }
        }
      }
    }
    upTo = change
  }

  private static func append(
    _ creations: Series<ChangeIndex.Creation>, upTo change: Int, _ rowCount: Int,
    to numbers: inout [UInt32]
  ) {
    var place = creations.end { $0.first < numbers.count }
    while place < creations.count, numbers.count < rowCount, creations[place].change <= change {
      let next = place + 1 < creations.count ? Int(creations[place + 1].first) : rowCount
      let missing = min(next, rowCount) - numbers.count
      if missing > 0 {
        numbers.append(contentsOf: repeatElement(creations[place].change, count: missing))
      }
      place += 1
    }
  }

  private static func raise(_ numbers: inout [UInt32], _ run: Range<UInt32>, to change: UInt32) {
    let rows = Int(run.lowerBound)..<Int(run.upperBound)
    for row in rows.clamped(to: 0..<numbers.count) where numbers[row] < change {
      numbers[row] = change
    }
  }
}

extension LastChanges {
  func write(to output: inout some SectionWriter) {
    numbers.withSpan { output.write(SectionName(.lastChanges), $0) }
    output.write(SectionName(.lastChangesEnd), [UInt64(upTo)].span)
  }

  init(from input: some SectionReader) throws(Damage) {
    numbers = try input.values(SectionName(.lastChanges), as: UInt32.self)
    let end = try input.values(SectionName(.lastChangesEnd), as: UInt64.self)
    guard end.count == 1, end[0] < UInt32.max else { throw Damage("last changes") }
    upTo = Int(end[0])
  }
}

extension Store {
  /// For each row, the change that last flipped a permission of it or created it.
  ///
  /// Reads only changes that flipped many cells. Counts changes up to one; nil for all.
  package func lastPermissionChange(asOf change: Int? = nil) throws(StoreProblem) -> [UInt32] {
    let change = change ?? lastChange
    let committed = min(change, history.lastChange)
    if committed < lastChanges.upTo {
      var earlier = LastChanges()
      try advance(&earlier, to: change)
      return earlier.numbers.array
    }
    try bringLastChangesUpToDate(to: committed)
    var known = lastChanges
    // Pending changes may still be taken back, so what they did is not kept.
    if change > committed { try advance(&known, to: change) }
    return known.numbers.array
  }

  /// Brings what is known of committed changes on to a change, or to the last one.
  func bringLastChangesUpToDate(to change: Int? = nil) throws(StoreProblem) {
    var known = lastChanges
    lastChanges = LastChanges()
    try advance(&known, to: change ?? history.lastChange)
    lastChanges = known
  }

  private func advance(_ known: inout LastChanges, to change: Int) throws(StoreProblem) {
    try known.advance(
      to: change, index, rowCount: index.rowCount(after: change, now: table.rowCount),
      effects: { (number) throws(StoreProblem) in try self.effects(ofChange: number) })
  }

  /// Live rows whose last permission change was made at a time that satisfies the test.
  ///
  /// The moment is a table as it was just after a change, and that change; nil for now.
  package func rows(
    whereChanged test: TimeTest, asOf moment: (table: Table, change: Int)? = nil
  ) throws(StoreProblem) -> RowSet {
    let pending = transaction.map { test.holds(for: $0.context.time) } ?? false
    return try rows(
      whereTransaction: { test.holds(for: history[$0].time) }, pending: pending, asOf: moment)
  }

  /// Live rows whose last permission change was made by an actor who satisfies the test.
  ///
  /// The moment is a table as it was just after a change, and that change; nil for now.
  package func rows(
    whereChangedBy test: TextTest, asOf moment: (table: Table, change: Int)? = nil
  ) throws(StoreProblem) -> RowSet {
    let pending = transaction.map { test.holds(for: $0.context.actor.string.utf8.span) } ?? false
    let holds = history.transactions { test.holds(for: $0.string.utf8.span) }
    return try rows(whereTransaction: holds, pending: pending, asOf: moment)
  }

  private func rows(
    whereTransaction holds: (Int) -> Bool, pending: Bool,
    asOf moment: (table: Table, change: Int)?
  ) throws(StoreProblem) -> RowSet {
    let last = try lastPermissionChange(asOf: moment?.change)
    // Neighbouring rows were mostly changed together: the last answer often serves again.
    var answered = 0..<0
    var answer = false
    return (moment?.table ?? table).liveOnly(
      Bitmap(count: last.count) { row in
        let change = Int(last[row])
        guard !answered.contains(change) else { return answer }
        if let index = history.index(of: change) {
          let entry = history[index]
          answered = entry.firstChange..<entry.firstChange + entry.count
          answer = holds(index)
        } else {
          answered = history.lastChange + 1..<Int.max
          answer = pending
        }
        return answer
      })
  }
}
