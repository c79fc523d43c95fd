import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

/// A store, and what it must remember of its past, kept in the most naive way.
struct RememberedStore {
  let store: Store
  var random: Seeded
  /// The state after each change; shared columns make copies cheap.
  private(set) var states: [Table] = []
  private(set) var effects: [Effects] = []

  init(_ path: Text, seed: UInt64) throws {
    store = try Store.open(path)
    random = Seeded(seed)
    states = [store.table]
  }

  mutating func append(_ effects: Effects) {
    store.append(effects, statement: "change", line: self.effects.count)
    self.effects.append(effects)
    states.append(store.table)
  }

  /// Commits some random changes as one transaction.
  mutating func commit(_ changes: Int, _ effects: (Table, inout Seeded) -> Effects) throws {
    try store.begin(.test(actor: Bool.random(using: &random) ? "ada" : "bob"))
    for _ in 0..<changes { append(effects(store.table, &random)) }
    try store.commit()
  }

  /// Writes what is known of the past, and goes on with what is read again.
  func snapshotHistory() throws {
    var sections = MemorySections()
    try store.writeHistory(to: &sections)
    try store.takeHistory(from: sections)
  }

  /// The number of the change that last touched each row's permissions, found one by one.
  func lastPermissionChanges(asOf change: Int) -> [UInt32] {
    var numbers: [UInt32] = []
    for number in 0..<change {
      let effects = effects[number]
      numbers += Array(repeating: UInt32(number + 1), count: effects.created.count)
      for flips in effects.flips {
        for row in flips.rows { numbers[row.index] = UInt32(number + 1) }
      }
    }
    return numbers
  }

  /// The changes that flipped a cell since its row was made, found one by one.
  func flips(of permission: PermissionNumber, in row: Row, upTo change: Int) -> [Int] {
    (0..<change).reversed().filter { number in
      row.index < states[number].rowCount
        && effects[number].flips.contains { $0.permission == permission && $0.rows.contains(row) }
    }.map { $0 + 1 }
  }

  /// Compares all that the store tells of its past with what was remembered.
  mutating func check(_ samples: Int) throws {
    let last = store.lastChange
    #expect(last == effects.count)
    for _ in 0..<samples {
      let change = Int.random(in: 0...last, using: &random)
      let table = try store.table(asOf: change)
      #expect(table.fingerprint == states[change].fingerprint, "as of \(change) of \(last)")
      #expect(
        try store.lastPermissionChange(asOf: change) == lastPermissionChanges(asOf: change))
      guard store.table.rowCount > 0 else { continue }
      let row = Row(UInt32.random(in: 0..<UInt32(store.table.rowCount), using: &random))
      let permission = PermissionNumber(
        Int.random(in: 0..<store.table.catalog.count, using: &random))
      #expect(
        try store.flips(of: permission, in: row, upTo: change)
          == flips(of: permission, in: row, upTo: change))
    }
    #expect(try store.lastPermissionChange() == lastPermissionChanges(asOf: last))
  }
}

@Suite("history")
struct HistoryTests {
  @Test("what is told of the past is what happened, in changes of every kind", arguments: 0..<6)
  func everyKind(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var world = try RememberedStore(directory("s"), seed: seed)
    for commit in 0..<12 {
      try world.commit(commit % 4 + 1) { Effects.random(for: $0, &$1) }
      if Int.random(in: 0..<3, using: &world.random) == 0 { try world.snapshotHistory() }
      try world.check(4)
    }
  }

  @Test("what a snapshot tells and what the journal tells is the same", arguments: 20..<23)
  func reopened(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var world = try RememberedStore(directory("s"), seed: seed)
    for _ in 0..<8 { try world.commit(3) { Effects.random(for: $0, &$1) } }
    var early = MemorySections()
    try world.store.writeHistory(to: &early)
    for _ in 0..<8 { try world.commit(3) { Effects.random(for: $0, &$1) } }
    var late = MemorySections()
    try world.store.writeHistory(to: &late)
    var again = MemorySections()
    try Store.open(directory("s"), access: .readOnly).writeHistory(to: &again)
    #expect(late.sections == again.sections)
    // Written from a part that was read and a part that was made since.
    let store = try Store.open(directory("s"))
    try store.takeHistory(from: late)
    var copy = MemorySections()
    try store.writeHistory(to: &copy)
    #expect(copy.sections == late.sections)
  }
}
