import Diagnostics
import Permissions
import Testing

@testable import Storage

/// Changes that are kept as they are until they are written, and records that are written in pieces.
@Suite("Long records")
struct LongRecordTests {
  /// Enough to be kept as they are, with names so long that they are written in pieces.
  private static let count = 11_000
  private static let prefix = String(repeating: "Subaccount ", count: 10)

  private func flip(_ store: Store, _ permission: Int) {
    store.append(.flipping(permission, RowSet(0..<3)), statement: "grant", line: permission)
  }

  private func create(_ store: Store, from first: Int = 0) {
    store.append(
      .creating(Self.count, prefix: Self.prefix, from: first), statement: "import", line: 1,
      reason: "FIN-\(first)")
  }

  /// The first record creates the store, the second is appended; both are longer than what is written
  /// at once, and hold short changes before and after the long one.
  private func made(_ path: Text, on disk: any Disk = SystemDisk()) throws -> Store {
    let store = try Store.open(path, on: disk)
    try store.begin(.test())
    create(store)
    for permission in 0..<20 { flip(store, permission) }
    try store.commit()
    try store.begin(.test())
    flip(store, 3)
    create(store, from: Self.count)
    flip(store, 4)
    try store.commit()
    return store
  }

  @Test("what is written in pieces is read back whole, change by change", arguments: [false, true])
  func readBack(takesSnapshot: Bool) throws {
    let directory = try TemporaryDirectory()
    let store = try made(directory("s"))
    if takesSnapshot { _ = try store.takeSnapshot(.test()) }
    #expect(store.facts.journalBytes > 2 * StoreLimits().longestRecordAtOnce)
    let again = try Store.open(directory("s"))
    #expect(again.table.fingerprint == store.table.fingerprint)
    #expect(try Store.verify(directory("s")).changes == 24)
    for number in [1, 2, 17, 21, 22, 23, 24] {
      let change = try again.change(number)
      let isLong = number == 1 || number == 23
      #expect(change.effects.created.count == (isLong ? Self.count : 0))
      #expect(change.statement == (isLong ? "import" : "grant"))
      #expect(change.reason == (number == 1 ? "FIN-0" : number == 23 ? "FIN-11000" : nil))
    }
    #expect(try again.change(23).effects.created.names.first == Text("\(Self.prefix) 11000"))
  }

  @Test("a long change is taken back, and what stands around it stays")
  func takenBack() throws {
    let store = Store.inMemory()
    try store.begin(.test())
    store.append(.creating(3), statement: "create", line: 1)
    flip(store, 1)
    let before = store.table.fingerprint
    let savepoint = store.savepoint
    create(store, from: 3)
    flip(store, 2)
    #expect(store.pendingEffects(since: savepoint).map(\.created.count) == [Self.count, 0])
    store.rollback(to: savepoint)
    #expect(store.table.fingerprint == before)
    flip(store, 5)
    #expect(store.pendingEffects(since: savepoint).count == 1)
    try store.commit()
    #expect(try store.change(3).statement == "grant")
  }

  @Test(
    "where a piece can't be written nothing is saved, and the next one is",
    arguments: [(FaultyDisk.Call.write, 0), (.write, 1), (.write, 2), (.allocate, 0)])
  func failing(call: FaultyDisk.Call, after: Int) throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    let store = try made(directory("s"), on: disk)
    let before = store.table.fingerprint
    try store.begin(.test())
    create(store, from: 2 * Self.count)
    disk.remaining[call] = after
    #expect(throws: StoreProblem.self) { try store.commit() }
    #expect(store.table.fingerprint == before)
    #expect(try Store.open(directory("s")).table.fingerprint == before)
    disk.longestWrite = 300_001
    try store.begin(.test())
    create(store, from: 2 * Self.count)
    try store.commit()
    #expect(try Store.open(directory("s")).table.rowCount == 3 * Self.count)
    #expect(try Store.verify(directory("s")).changes == 25)
  }
}
