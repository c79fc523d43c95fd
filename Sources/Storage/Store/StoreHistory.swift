import Diagnostics

// Questions about changes.
extension Store {
  /// Reads a change from history, pending ones included.
  ///
  /// - Throws: where there is no such change, or the journal can't be read.
  package func change(_ number: Int) throws(StoreProblem) -> Change {
    guard number >= 1, number <= lastChange else {
      throw .noSuchChange(number, last: lastChange)
    }
    if let index = history.index(of: number) {
      let bytes = try payload(index)
      return try decode { () throws(Damage) in
        var (context, changes) = try unpacker(at: number, of: index, in: bytes)
        let (head, effects) = try changes.next(rowCount: table.rowCount)
        return try Change(number: number, context: context, head: head, effects: effects)
      }
    }
    guard let context = transaction?.context, number > history.lastChange else {
      throw damaged(Damage("history"))
    }
    let (head, effects) = pendingChange(number - history.lastChange - 1)
    return try decode { () throws(Damage) in
      try Change(number: number, context: context, head: head, effects: effects)
    }
  }

  /// Who made a change and with which statement, without reading what it did.
  ///
  /// - Throws: where there is no such change, or the journal can't be read.
  package func heading(ofChange number: Int) throws(StoreProblem) -> ChangeHeading {
    guard number >= 1, number <= lastChange, let index = history.index(of: number) else {
      return ChangeHeading(try change(number))
    }
    let bytes = try payload(index)
    return try decode { () throws(Damage) in
      var (context, changes) = try unpacker(at: number, of: index, in: bytes)
      return try ChangeHeading(number: number, context: context, head: changes.nextHeading())
    }
  }

  /// When and by whom a change was made, without reading what it did; nil where there is none.
  package func stamp(ofChange number: Int) -> ChangeStamp? {
    if let index = history.index(of: number) { return history.stamp(of: index) }
    guard let transaction, number >= 1, number <= lastChange else { return nil }
    return ChangeStamp(time: transaction.context.time, actor: transaction.context.actor)
  }

  /// Calls a body with what each change since one did, in order, pending ones included.
  ///
  /// Reads each transaction once, however many changes it has.
  func forEachEffects(
    after first: Int, upTo last: Int, _ body: (Int, Effects) -> Void
  ) throws(StoreProblem) {
    var number = first + 1
    while number <= min(last, history.lastChange), let index = history.index(of: number) {
      let entry = history[index]
      let bytes = try payload(index)
      try decode { () throws(Damage) in
        var changes = try unpacker(entry, bytes)
        for current in entry.firstChange..<entry.firstChange + entry.count {
          if current < number || current > last {
            try changes.skip()
          } else {
            body(current, try changes.next(rowCount: table.rowCount).effects)
          }
        }
      }
      number = entry.firstChange + entry.count
    }
    guard number > min(last, history.lastChange) else { throw damaged(Damage("history")) }
    while number <= last {
      body(number, pendingChange(number - history.lastChange - 1).effects)
      number += 1
    }
  }

  /// Stands before a change of a transaction.
  ///
  /// Where the changes that stand for themselves begin is kept of the transaction read last, so that
  /// one of a hundred thousand is found in few steps.
  private func unpacker(
    at number: Int, of index: Int, in bytes: [UInt8]
  ) throws(Damage) -> (CommitContext, ChangeUnpacker) {
    let entry = history[index]
    var input = ByteReader(bytes)
    let context = try CommitContext(from: &input, time: entry.time)
    let interval = ChangePacker.restartInterval
    if recentRestarts?.index != index {
      var changes = ChangeUnpacker(bytes, from: input.position)
      var offsets: [Int] = []
      for place in 0..<entry.count {
        if place % interval == 0 { offsets.append(changes.position) }
        try changes.leap()
      }
      recentRestarts = (index, offsets)
    }
    let place = number - entry.firstChange
    let start = recentRestarts?.offsets[place / interval] ?? input.position
    var changes = ChangeUnpacker(bytes, from: start)
    for _ in 0..<place % interval { try changes.skip() }
    return (context, changes)
  }

  /// Where the bytes are of what each change of a transaction did.
  func effectsRanges(_ entry: History.Entry, _ bytes: [UInt8]) throws(Damage) -> [Range<Int>] {
    var changes = try unpacker(entry, bytes)
    guard entry.count <= bytes.count else { throw Damage("number of changes") }
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(entry.count)
    for _ in 0..<entry.count { ranges.append(try changes.nextEffectsRange()) }
    return ranges
  }

  private func unpacker(
    _ entry: History.Entry, _ bytes: [UInt8]
  ) throws(Damage) -> ChangeUnpacker {
    var input = ByteReader(bytes)
    _ = try CommitContext(from: &input, time: entry.time)
    return ChangeUnpacker(bytes, from: input.position)
  }

  func decode<Result>(
    _ body: () throws(Damage) -> Result
  ) throws(StoreProblem) -> Result {
    do throws(Damage) {
      return try body()
    } catch {
      throw damaged(error)
    }
  }
}
