package import Diagnostics
package import Permissions

/// An agency and its history: a table, the transaction that changes it, and the journal behind it.
///
/// One per process and agency; not to be shared between threads.
package final class Store {
  package enum Access: Sendable {
    case readWrite
    case readOnly
  }

  /// With the open transaction's changes applied. Hold no copy of it across a write.
  package private(set) var table: Table
  /// The newest change's number, pending ones included; 0 for the empty agency.
  package var lastChange: Int { committed.count + pending.count }
  package var isInTransaction: Bool { context != nil }
  /// Whether there is a store at the path; one in memory always exists.
  package let exists = true

  private var committed: [Change] = []
  private var pending: [Change] = []
  private var context: CommitContext?

  private init(catalog: Catalog) {
    table = Table(catalog: catalog)
  }

  package static func inMemory(catalog: Catalog = .standard) -> Store {
    Store(catalog: catalog)
  }

  /// Opens a store; where there is none yet, it is empty and the first commit creates it.
  ///
  /// - Parameter lockTimeout: how long a transaction waits for another writer, in milliseconds.
  package static func open(
    _ path: Text, access: Access = .readWrite, lockTimeout: Int = 5_000
  ) throws(StoreProblem) -> Store {
    throw .notAStore(path: path)
  }

  /// Begins a transaction: takes the writer's lock and catches up with other writers.
  package func begin(_ context: CommitContext) throws(StoreProblem) {
    precondition(!isInTransaction)
    self.context = context
  }

  /// Catches up with other writers; does nothing within a transaction.
  package func refresh() throws(StoreProblem) {}

  /// Applies effects as one change of the open transaction; its number.
  package func append(
    _ effects: Effects, statement: Text, line: Int, reason: Text? = nil
  ) -> Int {
    guard let context else { preconditionFailure("append outside of a transaction") }
    table.apply(effects)
    pending.append(
      Change(
        number: lastChange + 1, context: context, line: line, statement: statement,
        reason: reason, effects: effects))
    return lastChange
  }

  package var savepoint: Savepoint { Savepoint(pending: pending.count) }

  /// Takes back the changes since a savepoint; the transaction stays open.
  package func rollback(to savepoint: Savepoint) {
    while pending.count > savepoint.pending, let last = pending.popLast() {
      table.revert(last.effects)
    }
  }

  /// Takes back the whole transaction and ends it.
  package func rollback() {
    rollback(to: Savepoint(pending: 0))
    context = nil
  }

  /// Makes the transaction's changes durable, and ends it.
  ///
  /// - Throws: where they could not be; then the table is as before the transaction.
  package func commit() throws(StoreProblem) {
    committed += pending
    pending = []
    context = nil
  }

  /// What the changes since a savepoint did, in order.
  package func pendingEffects(since savepoint: Savepoint) -> [Effects] {
    pending[savepoint.pending...].map(\.effects)
  }

  /// Reads a change from history, pending ones included.
  package func change(_ number: Int) throws(StoreProblem) -> Change {
    guard number >= 1, number <= lastChange else {
      throw .noSuchChange(number, last: lastChange)
    }
    return number <= committed.count
      ? committed[number - 1] : pending[number - 1 - committed.count]
  }

  /// When and by whom a change was made, without reading what it did; nil where there is none.
  package func stamp(ofChange number: Int) -> ChangeStamp? {
    guard let change = try? change(number) else { return nil }
    return ChangeStamp(time: change.time, actor: change.actor)
  }

  /// For each row, the change that last flipped a permission of it or created it.
  package func lastPermissionChange() throws(StoreProblem) -> [UInt32] {
    var last: [UInt32] = []
    for change in committed + pending {
      last.append(
        contentsOf: repeatElement(UInt32(change.number), count: change.effects.created.count))
      for flips in change.effects.flips {
        for row in flips.rows { last[row.index] = UInt32(change.number) }
      }
    }
    return last
  }

  /// Live rows whose last permission change was made at a time that satisfies the test.
  package func rows(whereChanged test: TimeTest) throws(StoreProblem) -> RowSet {
    let last = try lastPermissionChange()
    let kept = (committed + pending).map { test.holds(for: $0.time) }
    return table.liveOnly(Bitmap(count: last.count) { kept[Int(last[$0]) - 1] })
  }

  /// Live rows whose last permission change was made by an actor who satisfies the test.
  package func rows(whereChangedBy test: TextTest) throws(StoreProblem) -> RowSet {
    let last = try lastPermissionChange()
    let kept = (committed + pending).map { test.holds(for: $0.actor.string.utf8.span) }
    return table.liveOnly(Bitmap(count: last.count) { kept[Int(last[$0]) - 1] })
  }

  package var facts: StoreFacts {
    StoreFacts(
      path: nil, uuid: nil, format: 1, isReadOnly: false, subaccounts: table.live.count,
      changes: committed.count, commits: 0, firstTime: committed.first?.time,
      lastTime: committed.last?.time, journalBytes: 0, journalFiles: 0)
  }

  /// What there is to tell since the last call.
  package func takeNotices() -> [StoreNotice] { [] }
}
