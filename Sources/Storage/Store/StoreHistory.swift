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

  /// What a change did; pending ones included.
  ///
  /// - Throws: where there is no such change, or the journal can't be read.
  func effects(ofChange number: Int) throws(StoreProblem) -> Effects {
    guard number >= 1, number <= lastChange else {
      index.condemn()
      throw .noSuchChange(number, last: lastChange)
    }
    if number > history.lastChange {
      return pendingChange(number - history.lastChange - 1).effects
    }
    guard let place = history.index(of: number) else { throw damaged(Damage("history")) }
    let bytes = try payload(place)
    return try decode { () throws(Damage) in
      var (_, changes) = try unpacker(at: number, of: place, in: bytes)
      return try changes.next(rowCount: table.rowCount).effects
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

  /// Stands before a change of a transaction.
  ///
  /// Where the changes that stand for themselves begin is kept of the transaction read last, so that
  /// one of a hundred thousand is found in few steps.
  private func unpacker(
    at number: Int, of index: Int, in bytes: [UInt8]
  ) throws(Damage) -> (CommitContext, ChangeUnpacker) {
    let entry = history[index]
    guard entry.count <= bytes.count else { throw Damage("number of changes") }
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
