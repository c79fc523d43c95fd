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
      let found = try find(number, of: index)
      let effects = try effects(of: found, in: index)
      return try decode { () throws(Damage) in
        try Change(number: number, context: found.context, head: found.head, effects: effects)
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
    return try effects(of: find(number, of: place), in: place)
  }

  /// Who made a change and with which statement, without reading what it did.
  ///
  /// - Throws: where there is no such change, or the journal can't be read.
  package func heading(ofChange number: Int) throws(StoreProblem) -> ChangeHeading {
    guard number >= 1, number <= lastChange, let index = history.index(of: number) else {
      return ChangeHeading(try change(number))
    }
    let found = try find(number, of: index)
    return try decode { () throws(Damage) in
      try ChangeHeading(number: number, context: found.context, head: found.head)
    }
  }

  /// When and by whom a change was made, without reading what it did; nil where there is none.
  package func stamp(ofChange number: Int) -> ChangeStamp? {
    if let index = history.index(of: number) { return history.stamp(of: index) }
    guard let transaction, number >= 1, number <= lastChange else { return nil }
    return ChangeStamp(time: transaction.context.time, actor: transaction.context.actor)
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
