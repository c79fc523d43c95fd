import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

/// What becomes of transactions and notices when a snapshot turns out damaged, and of snapshots that
/// tell less than those of today.
@Suite("Stores built anew")
struct SnapshotRebuildTests {
  private let disk = SimulatedDisk()

  private func open(_ access: Store.Access = .readWrite) throws -> Store {
    try Store.open("s", access: access, lockTimeout: 0, on: disk)
  }

  private func commit(_ store: Store, _ effects: Effects) throws {
    try store.begin(.test())
    store.append(effects, statement: "do", line: 1)
    try store.commit()
  }

  /// A store with a snapshot of its first change.
  private func made() throws -> Store {
    let store = try open()
    try commit(store, .creating(200))
    _ = try store.takeSnapshot(.test())
    return store
  }

  @Test(
    "what is only tried out stands on what it began with, though others have committed",
    arguments: [false, true])
  func triedOut(isToBeCommitted: Bool) throws {
    let store = try made()
    let reader = try open()
    if isToBeCommitted {
      try reader.beginUnlocked(.test())
    } else {
      reader.beginRehearsal(.test())
    }
    reader.append(.creating(2, from: 900), statement: "create", line: 1)
    let savepoint = reader.savepoint
    let before = reader.table.fingerprint
    try commit(store, .flipping(5, RowSet(0..<9)))
    _ = try store.takeSnapshot(.test())
    try commit(store, .flipping(6, RowSet(0..<9)))
    reader.append(.flipping(3, RowSet(0..<2)), statement: "grant", line: 2)
    reader.snapshot?.file.condemn()
    try reader.rebuild(to: savepoint)
    #expect(reader.table.fingerprint == before && reader.lastChange == 2)
    if isToBeCommitted {
      // Who commits is told that others came in between, as without the damage.
      #expect(try reader.lockToCommit(.test())?.count == 1)
      #expect(reader.lastChange == 3)
    }
    reader.rollback()
    try reader.refresh()
    #expect(reader.table.fingerprint == store.table.fingerprint && reader.lastChange == 3)
  }

  @Test(
    "a damaged snapshot is told of once, by a writer with the place that it was moved to",
    arguments: [true, false])
  func toldOnce(mayWrite: Bool) throws {
    let store = try made()
    var damaged = try #require(disk.files(in: "s")["snap-1"])
    damaged[100] ^= 1
    disk.put(damaged, in: "s", "snap-1")
    let found = StoreNotice.snapshotDamaged(file: "s/snap-1", quarantine: nil)
    let reader = try open(.readOnly)
    #expect(reader.takeNotices() == [found])
    try reader.refresh()
    #expect(reader.takeNotices().isEmpty)
    let writer = try open()
    #expect(writer.takeNotices(mayWrite: mayWrite) == (mayWrite ? [] : [found]))
    try commit(writer, .flipping(5, RowSet(0..<9)))
    let told = writer.takeNotices()
    #expect(told.count == (mayWrite ? 1 : 0))
    if mayWrite, case .snapshotDamaged(let file, let quarantine) = told.first {
      #expect(file == "s/snap-1" && quarantine?.string.hasPrefix("s/quarantine/") == true)
    }
    #expect(disk.files(in: "s/quarantine").count == 1)
    try store.refresh()
    #expect(store.table.fingerprint == writer.table.fingerprint)
  }

  @Test("a commit that was cut short is told of once", arguments: [false, true])
  func tornOnce(writes: Bool) throws {
    _ = try made()
    let log = try #require(disk.files(in: "s")["log-0"])
    disk.put(log + Array(repeating: 7, count: 100), in: "s", "log-0")
    let store = try open()
    #expect(store.takeNotices(mayWrite: true).isEmpty)
    try store.refresh()
    if writes { try commit(store, .flipping(5, RowSet(0..<9))) }
    try store.refresh()
    let told = store.takeNotices()
    #expect(told.count == 1)
    if case .tailCut = told.first { #expect(writes) } else { #expect(!writes) }
  }

  /// Writes a snapshot of a store whose history has something else in it.
  private func putSnapshot(of store: Store, _ change: (inout MemorySections) -> Void) throws {
    let files = try #require(store.files)
    let position = try #require(files.journal.position)
    try store.bringLastChangesUpToDate()
    var history = MemorySections()
    try store.writeHistory(to: &history)
    change(&history)
    let size = try SnapshotFolder(directory: files.directory).take(
      store: files.journal.store, at: position
    ) { writer in
      files.journal.writeSegments(before: position.segment, to: &writer)
      let payload =
        Origin(catalog: store.origin.catalog, attributes: store.origin.attributes).payload
      writer.write(SectionName(.origin), payload.span)
      store.table.write(to: &writer)
      for name in history.names {
        let bytes = history.sections[name, default: []]
        writer.write(name, bytes.span)
      }
      return true
    }
    #expect(size != nil)
  }

  /// A payload that is long enough to be read in parts.
  private func longEffects(_ first: Int) -> Effects {
    .creating(800, prefix: String(repeating: "Subaccount ", count: 10), from: first)
  }

  @Test("a snapshot from before payloads were read in parts is good, and so are those after it")
  func withoutPayloadMaps() throws {
    let store = try open()
    try commit(store, longEffects(0))
    let kinds: [SectionName.Kind] = [.longPayloads, .payloadBlocks, .payloadRestarts]
    try putSnapshot(of: store) { sections in
      for kind in kinds { sections.replace(SectionName(kind), by: []) }
    }
    let second = try open()
    #expect(second.snapshot?.name.change == 1 && second.history.map(of: 0) == nil)
    try commit(second, longEffects(800))
    _ = try second.takeSnapshot(.test())
    #expect(second.history.map(of: 1) != nil)
    #expect(try Store.verify("s", on: disk).snapshots == 2)
    #expect(try open().change(1).effects.created.count == 800)
    #expect(try Store.verify("s", on: disk).changes == 2)
  }

  @Test(
    "a snapshot that tells otherwise of a payload's parts than the journal is found by a check",
    arguments: [SectionName.Kind.payloadBlocks, .payloadRestarts])
  func wrongPayloadMaps(kind: SectionName.Kind) throws {
    let store = try open()
    try commit(store, longEffects(0))
    try putSnapshot(of: store) { sections in
      var bytes = sections.sections[SectionName(kind), default: []]
      bytes[0] ^= 1
      sections.replace(SectionName(kind), by: bytes)
    }
    #expect { try Store.verify("s", on: disk) } throws: { error in
      if case StoreProblem.badSnapshot = error { true } else { false }
    }
  }
}
