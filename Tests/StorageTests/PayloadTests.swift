import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

/// A store whose transactions are long, and what was said of each change.
private struct LongStore {
  let directory: TemporaryDirectory
  let store: Store
  var random: Seeded
  private(set) var told: [(statement: Text, line: Int, reason: Text?, flips: RowSet)] = []

  init(seed: UInt64) throws {
    directory = try TemporaryDirectory()
    store = try Store.open(directory("s"))
    random = Seeded(seed)
    try store.begin(.test())
    append(.creating(6_000), "import \"agency.csv\"")
    try store.commit()
    for actor in ["bob", "eve"] as [Text] {
      try store.begin(.test(actor: actor))
      for number in 0..<1_500 { append(flips(number), "grant \(number) to \"\(actor)\"") }
      try store.commit()
    }
  }

  /// Mostly of one row; now and then of so many that a group of sixteen is longer than a block.
  private mutating func flips(_ number: Int) -> Effects {
    let row = UInt32.random(in: 0..<6_000, using: &random)
    guard number % 40 == 7 else { return .flipping(3, RowSet(Row(row))) }
    return .flipping(
      5, RowSet((0..<6_000).filter { ($0 &* 2_654_435_761 + row) % 7 < 3 }.map { Row($0) }))
  }

  private mutating func append(_ effects: Effects, _ statement: Text) {
    let reason: Text? = Bool.random(using: &random) ? "ticket \(told.count)" : nil
    store.append(effects, statement: statement, line: told.count * 3, reason: reason)
    told.append((statement, told.count * 3, reason, effects.flips.first?.rows ?? RowSet()))
  }

  /// Whether a store says of a change what was said when it was made.
  func agrees(_ heading: ChangeHeading) -> Bool {
    let expected = told[heading.number - 1]
    let actor: Text = heading.number == 1 ? "ada" : heading.number <= 1_501 ? "bob" : "eve"
    return heading.statement == expected.statement && heading.line == expected.line
      && heading.reason == expected.reason && heading.context.actor == actor
  }
}

@Suite("parts of payloads")
struct PayloadTests {
  @Test("a change of a long transaction is found without the rest", arguments: 0..<2)
  func found(seed: UInt64) throws {
    var world = try LongStore(seed: seed)
    var sections = MemorySections()
    try world.store.writeHistory(to: &sections)
    let again = try Store.open(world.directory("s"), access: .readOnly)
    try again.takeHistory(from: MappedSections(sections))
    for store in [world.store, again] {
      for _ in 0..<150 {
        let number = Int.random(in: 1...store.lastChange, using: &world.random)
        let heading = try store.heading(ofChange: number)
        #expect(world.agrees(heading), "change \(number): \(heading)")
        #expect(store.recent.bytes.count <= 4 * PayloadMaps.blockSize)
        let change = try store.change(number)
        #expect(change.effects.flips.first?.rows ?? RowSet() == world.told[number - 1].flips)
      }
      #expect(try store.change(1).effects.created.count == 6_000)
    }
  }

  @Test("what a block no longer says is never told", arguments: 10..<12)
  func damagedBlocks(seed: UInt64) throws {
    var world = try LongStore(seed: seed)
    let place = world.store.history[1].place
    guard case .journal(_, let offset, let length, _) = place else { return }
    let path = world.directory("s/log-0").string
    let file = try SystemDisk().open(Text(path), in: nil, as: .readWrite)
    defer { SystemDisk().close(file) }
    // Not where it says who committed it: all changes need that.
    let damaged = Int.random(in: PayloadMaps.blockSize..<length, using: &world.random)
    let byte = try SystemDisk().read(file, at: offset + damaged, count: 1)
    try SystemDisk().writeAll([byte[0] ^ 0x20], to: file, at: offset + damaged)
    var missing = 0
    for number in stride(from: 2, through: 1_501, by: 3) {
      do {
        let heading = try world.store.heading(ofChange: number)
        #expect(world.agrees(heading))
      } catch {
        missing += 1
        guard case .damaged = error else { throw error }
      }
    }
    #expect(missing > 0 && missing < 500)
  }

  @Test("a snapshot that tells nonsense of payloads is found out, or right", arguments: 20..<22)
  func absurd(seed: UInt64) throws {
    var world = try LongStore(seed: seed)
    var sections = MemorySections()
    try world.store.writeHistory(to: &sections)
    let store = try Store.open(world.directory("s"), access: .readOnly)
    var refused = 0
    for round in 0..<60 {
      var damaged = sections
      let kinds: [SectionName.Kind] = [.longPayloads, .payloadBlocks, .payloadRestarts]
      let name = SectionName(kinds[round % 3])
      var bytes = try #require(sections.sections[name])
      for _ in 0...Int.random(in: 0..<3, using: &world.random) {
        let place = Int.random(in: 0..<bytes.count, using: &world.random)
        bytes[place] = round % 2 == 0 ? 0xFF : UInt8.random(in: 0...0xFF, using: &world.random)
      }
      damaged.replace(name, by: bytes)
      let mapped = MappedSections(damaged)
      guard (try? store.takeHistory(from: mapped)) != nil else {
        refused += 1
        continue
      }
      for number in [1, 2, 700, 1_501, 1_502, 3_001] + (0..<20).map({ $0 * 150 + 1 }) {
        guard let heading = try? store.heading(ofChange: number) else {
          #expect(mapped.file.isDamaged)
          continue
        }
        // An offset that is shifted by whole changes can only be told by who compares it all.
        #expect(name.kind == .payloadRestarts || world.agrees(heading) || mapped.file.isDamaged)
      }
    }
    #expect(refused < 60)
  }
}
