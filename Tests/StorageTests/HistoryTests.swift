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

  /// The changes that touched a row, found one by one.
  func changes(touching row: Row, flipping permission: PermissionNumber?, upTo change: Int) -> [Int]
  {
    (0..<change).filter { number in
      guard let permission else {
        return effects[number].touchedRows(rowCount: states[number].rowCount).contains(row)
      }
      return effects[number].flips.contains {
        $0.permission == permission && $0.rows.contains(row)
      }
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
      for filter in [nil, permission] {
        #expect(
          try store.changes(
            touching: row, flipping: filter.map { [$0] }, after: change / 3, upTo: change)
            == changes(touching: row, flipping: filter, upTo: change).filter { $0 > change / 3 })
      }
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

  /// Flips of a few permissions, of one row, of a range or of scattered ones, in turn.
  private static func flips(_ table: Table, _ random: inout Seeded) -> Effects {
    guard table.rowCount > 0, Int.random(in: 0..<250, using: &random) > 0 else {
      return .creating(200, from: table.rowCount)
    }
    var effects = Effects()
    for permission in [3, 7, 20] where Bool.random(using: &random) {
      let row = UInt32.random(in: 0..<UInt32(table.rowCount), using: &random)
      let rows: RowSet =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: RowSet(Row(row))
        case 1: RowSet(row..<min(row + 30, UInt32(table.rowCount)))
        case 2: RowSet((0..<8).map { Row(row * $0 / 8) })
        default: table.live.subtracting(RowSet((0..<70).map { Row(row * $0 / 70) }))
        }
      if !rows.isEmpty {
        effects.flips.append(
          PermissionFlips(permission: PermissionNumber(permission), rows: rows))
      }
    }
    return effects
  }

  @Test("columns are kept now and then, and the past is found from them", arguments: 40..<42)
  func keptColumns(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var world = try RememberedStore(directory("s"), seed: seed)
    for _ in 0..<6 {
      try world.commit(400, HistoryTests.flips)
      if Bool.random(using: &world.random) { try world.snapshotHistory() }
      try world.check(3)
    }
    #expect(world.store.index.flips[3].copies.count > 2)
    #expect(world.store.index.flips[20].copies.count > 2)
    #expect(world.store.index.flips[5].copies.isEmpty)
  }

  @Test("a flip of one cell is remembered as effects that flip it are", arguments: 50..<52)
  func cellFlips(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var random = Seeded(seed)
    let store = try Store.open(directory("s"))
    var table = Table()
    var index = ChangeIndex()
    try store.begin(.test())
    for number in 0..<2_000 {
      let row = Row(UInt32.random(in: 0..<200, using: &random))
      let effects =
        number == 0 ? Effects.creating(200) : .flipping([3, 7][number % 2], RowSet(row))
      #expect((effects.cellFlip == nil) == (number == 0))
      store.append(
        effects, statement: "grant \(row.number % 5)", line: number,
        reason: number % 7 == 0 ? "because" : nil)
      index.note(effects, in: table)
      table.apply(effects)
    }
    try store.commit()
    var naive = MemorySections()
    index.write(to: &naive)
    for store in [store, try Store.open(directory("s"))] {
      var sections = MemorySections()
      store.index.write(to: &sections)
      #expect(sections.sections == naive.sections)
      #expect(store.table.fingerprint == table.fingerprint)
      #expect(store.tailWeight < 2_000 * 400)
    }
  }

  @Test("what is taken back leaves no trace in what is known of the past", arguments: 60..<62)
  func takenBack(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var world = try RememberedStore(directory("s"), seed: seed)
    try world.commit(500, HistoryTests.flips)
    try world.snapshotHistory()
    var before = MemorySections()
    try world.store.writeHistory(to: &before)
    try world.store.begin(.test())
    for _ in 0..<300 {
      world.store.append(
        HistoryTests.flips(world.store.table, &world.random), statement: "taken back", line: 1)
    }
    #expect(try world.store.table(asOf: 450).fingerprint == world.states[450].fingerprint)
    world.store.rollback()
    var after = MemorySections()
    try world.store.writeHistory(to: &after)
    for (name, bytes) in before.sections {
      #expect(after.sections[name] == bytes, "\(name)")
    }
    try world.commit(100, HistoryTests.flips)
    try world.check(3)
  }

  @Test("a history that makes no sense is never a trap", arguments: 80..<83)
  func absurd(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var world = try RememberedStore(directory("s"), seed: seed)
    for _ in 0..<5 { try world.commit(4) { Effects.random(for: $0, &$1) } }
    try world.commit(400, HistoryTests.flips)
    var sections = MemorySections()
    try world.store.writeHistory(to: &sections)
    let names = sections.sections.keys.sorted {
      ($0.kind.rawValue, $0.number) < ($1.kind.rawValue, $1.number)
    }
    let rows = UInt32(world.store.table.rowCount)
    let store = try Store.open(directory("s"), access: .readOnly)
    var asked = 0
    for _ in 0..<80 {
      var damaged = sections
      let name = try #require(names.randomElement(using: &world.random))
      var bytes = try #require(sections.sections[name])
      guard !bytes.isEmpty else { continue }
      for _ in 0..<Int.random(in: 1...8, using: &world.random) {
        let place = bytes.indices.randomElement(using: &world.random) ?? 0
        bytes[place] =
          Bool.random(using: &world.random)
          ? 0xFF : UInt8.random(in: 0...0xFF, using: &world.random)
      }
      if Int.random(in: 0..<6, using: &world.random) == 0 { bytes = Array(bytes.prefix(24)) }
      damaged.replace(name, by: bytes)
      do {
        try store.takeHistory(from: damaged)
      } catch {
        continue
      }
      asked += 1
      for _ in 0..<4 {
        let change = Int.random(in: 1...store.lastChange, using: &world.random)
        _ = try? store.table(asOf: min(change, 420))
        _ = try? store.change(change)
        _ = try? store.heading(ofChange: change)
        _ = store.stamp(ofChange: change)
        let extent = store.extent(ofChange: min(change, 420))
        #expect(extent.first <= extent.end || extent == ChangeIndex.Extent())
        _ = store.rows(createdBy: change)
        _ = store.lastChange(at: Int64(change) << 30)
        for permission in 0..<20 {
          let row = Row(UInt32.random(in: 0..<rows, using: &world.random))
          _ = try? store.flips(of: PermissionNumber(permission), in: row, upTo: change)
        }
        _ = store.changes(flipping: [PermissionNumber(3)], after: 0, upTo: change)
        _ = try? store.changes(touching: Row(rows / 2), after: 0, upTo: change)
        _ = try? store.forEachTouch(after: change) { _, _ in }
      }
      _ = try? store.lastPermissionChange()
      _ = try? store.rows(whereChanged: .between(0, .max))
    }
    #expect(asked > 10)
  }
}
