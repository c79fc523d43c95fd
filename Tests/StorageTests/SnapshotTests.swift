import CrashHarness
import Diagnostics
import Foundation
import Permissions
import Testing

@testable import Storage

@Suite("Snapshots")
struct SnapshotTests {
  private let disk = SimulatedDisk()

  private func open(_ access: Store.Access = .readWrite) throws -> Store {
    try Store.open("s", access: access, lockTimeout: 0, on: disk)
  }

  /// One more transaction with a few random changes.
  private func commit(_ store: Store, _ random: inout Seeded, changes: Int = 3) throws {
    try store.begin(.test())
    for number in 0..<changes {
      store.append(.random(for: store.table, &random), statement: "do", line: number)
    }
    try store.commit()
  }

  private func files() -> [String] { disk.files(in: "s").keys.sorted() }

  /// All that can be asked of a store, as one text.
  private func answers(_ store: Store) throws -> String {
    var lines = [store.table.fingerprint, "\(store.lastChange)"]
    lines.append("\(try store.lastPermissionChange())")
    for number in stride(from: 1, through: store.lastChange, by: 7) {
      lines.append("\(try store.heading(ofChange: number)) \(store.extent(ofChange: number))")
      lines.append("\(store.rows(createdBy: number).map(\.number))")
      lines.append(try store.table(asOf: number).fingerprint)
    }
    for row in stride(from: UInt32(0), to: UInt32(store.table.rowCount), by: 11) {
      for permission in store.table.catalog.all {
        lines.append(
          "\(try store.flips(of: permission, in: Row(row), upTo: store.lastChange))")
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test("a store that begins with a snapshot answers as one that reads its whole journal")
  func answersAlike() throws {
    var random = Seeded(4)
    for round in 0..<12 {
      let store = try open()
      try commit(store, &random)
      if round % 4 == 1 {
        #expect(try store.takeSnapshot(.test()).bytes != nil)
        #expect(try store.takeSnapshot(.test()).bytes == nil)
      }
      let again = try open(.readOnly)
      #expect((again.snapshot != nil) == (round > 0))
      #expect(again.takeNotices().isEmpty)
      #expect(try answers(again) == answers(store))
    }
    #expect(files() == ["LOCK", "head", "log-0", "snap-18", "snap-30"])
    let short = try answers(try open(.readOnly))
    for name in ["snap-18", "snap-30"] { try disk.remove("s/\(name)", in: nil, isDirectory: false) }
    let whole = try open(.readOnly)
    #expect(whole.snapshot == nil)
    #expect(try answers(whole) == short)
  }

  @Test("a reader keeps its view while others write and take snapshots")
  func longReader() throws {
    var random = Seeded(5)
    let store = try open()
    try commit(store, &random)
    _ = try store.takeSnapshot(.test())
    let reader = try open(.readOnly)
    let before = try answers(reader)
    for _ in 0..<3 {
      try commit(store, &random)
      _ = try store.takeSnapshot(.test())
    }
    #expect(!files().contains("snap-3"))
    #expect(try answers(reader) == before)
    try reader.refresh()
    #expect(try answers(reader) == answers(store))
  }

  @Test("whatever block of a snapshot is damaged, no answer is wrong and nothing is lost")
  func damage() throws {
    var random = Seeded(6)
    let store = try open()
    for _ in 0..<3 { try commit(store, &random) }
    _ = try store.takeSnapshot(.test())
    try commit(store, &random)
    let right = try answers(store)
    let bytes = try #require(disk.files(in: "s")["snap-9"])
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
      var damaged = bytes
      damaged[place] ^= 0x10
      disk.put(damaged, in: "s", "snap-9")
      let reader = try open(.readOnly)
      var found = try? answers(reader)
      if reader.isSnapshotDamaged {
        try reader.rebuild(to: reader.savepoint)
        found = try answers(reader)
      }
      #expect(found == right, "byte \(place)")
      let isUsed = reader.snapshot != nil
      #expect(isUsed != reader.takeNotices().contains { $0.isOfSnapshot }, "byte \(place)")
    }
  }

  @Test("a writer sets a damaged snapshot aside, and what was pending stays")
  func setAside() throws {
    var random = Seeded(7)
    let store = try open()
    for _ in 0..<3 { try commit(store, &random) }
    _ = try store.takeSnapshot(.test())
    var bytes = try #require(disk.files(in: "s")["snap-9"])
    let writer = try open()
    try writer.begin(.test())
    writer.append(.creating(2, from: 900), statement: "create", line: 1)
    let savepoint = writer.savepoint
    // Touched only now.
    writer.append(.flipping(3, RowSet(0..<2)), statement: "grant", line: 2)
    writer.snapshot?.file.condemn()
    #expect(writer.isSnapshotDamaged)
    try writer.rebuild(to: savepoint)
    #expect(writer.snapshot == nil && writer.lastChange == 10)
    try writer.commit()
    #expect(files() == ["LOCK", "head", "log-0"])
    #expect(disk.files(in: "s/quarantine").count == 1)
    #expect(writer.takeNotices().contains { $0.isOfSnapshot })
    try store.refresh()
    #expect(try answers(store) == answers(writer))
    // A commit that was computed from a damaged snapshot is not made.
    _ = try writer.takeSnapshot(.test())
    let third = try open()
    try third.begin(.test())
    third.append(.flipping(3, RowSet(0..<2)), statement: "grant", line: 2)
    third.snapshot?.file.condemn()
    #expect(throws: StoreProblem.snapshotDamaged(path: "s")) { try third.commit() }
    #expect(third.lastChange == 10 && !third.isInTransaction)
    #expect(try answers(third) == answers(writer))
    // One whose beginning is damaged is seen at once.
    bytes[100] ^= 1
    #expect(try open().snapshot == nil)
  }

  @Test("a snapshot proves that an acknowledged change is missing, and recovery sets it aside")
  func evidence() throws {
    var random = Seeded(8)
    let store = try open()
    for _ in 0..<3 { try commit(store, &random) }
    _ = try store.takeSnapshot(.test())
    try disk.remove("s/head", in: nil, isDirectory: false)
    let log = try #require(disk.files(in: "s")["log-0"])
    disk.put(Array(log.dropLast(512)), in: "s", "log-0")
    let reader = try open(.readOnly)
    #expect(reader.lastChange == 6)
    #expect(reader.takeNotices().count == 1)
    #expect(throws: StoreProblem.self) { try open().begin(.test()) }
    #expect(try Store.recover("s", .test(), on: disk).count == 1)
    #expect(files() == ["LOCK", "head", "log-0"])
    let writer = try open()
    #expect(writer.takeNotices().isEmpty && writer.lastChange == 6)
    try commit(writer, &random)
  }

  @Test("a snapshot of another store, or of another history, is refused with both names")
  func foreign() throws {
    var random = Seeded(9)
    var short: [UInt8] = []
    for name in ["t", "s"] {
      let store = try Store.open(Text(name), lockTimeout: 0, on: disk)
      try commit(store, &random)
      short = try #require(disk.files(in: name)["log-0"])
      try commit(store, &random)
      _ = try store.takeSnapshot(.test())
    }
    let ours = try #require(disk.files(in: "s")["snap-6"])
    disk.put(try #require(disk.files(in: "t")["snap-6"]), in: "s", "snap-6")
    #expect(throws: StoreProblem.foreignFile(path: "s/snap-6", other: "s/log-0")) { try open() }
    #expect(try Store.recover("s", .test(), on: disk).count == 1)
    #expect(try open().lastChange == 6)
    // The same store, which has gone on otherwise since.
    disk.put(short, in: "s", "log-0")
    try disk.remove("s/head", in: nil, isDirectory: false)
    let other = try open()
    #expect(other.lastChange == 3)
    try commit(other, &random)
    try commit(other, &random)
    try disk.rename("t/snap-6", in: nil, to: "s/snap-6", in: nil)
    disk.put(ours, in: "s", "snap-6")
    #expect(throws: StoreProblem.foreignHistory(path: "s/snap-6", other: "s/log-0")) { try open() }
    #expect(try Store.recover("s", .test(), on: disk).count == 1)
    #expect(try open().lastChange == 9)
  }

  @Test("one is taken after the commit that makes the journal's end too long, and at the end")
  func due() throws {
    var limits = StoreLimits()
    limits.longestTail = 120_000
    limits.longestTailAtEnd = 10_000
    var random = Seeded(10)
    let store = try Store.open("s", limits: limits, on: disk)
    var taken: [Bool] = []
    for _ in 0..<12 {
      try commit(store, &random)
      taken.append(files().contains { $0 == "snap-\(store.lastChange)" })
    }
    #expect(taken.contains(true) && taken.filter { $0 }.count < 8)
    try commit(store, &random)
    try commit(store, &random)
    store.finish(.test())
    #expect(try open(.readOnly).snapshot?.name.change == store.lastChange)
    // Who has not written leaves the store as it is.
    try disk.remove("s/snap-\(store.lastChange)", in: nil, isDirectory: false)
    let reader = try Store.open("s", limits: limits, on: disk)
    reader.finish(.test())
    #expect(!files().contains("snap-\(store.lastChange)"))
  }

  @Test("no space for a snapshot is no failure of the commit")
  func noSpace() throws {
    var limits = StoreLimits()
    limits.longestTail = 0
    var random = Seeded(11)
    let store = try Store.open("s", limits: limits, on: disk)
    try commit(store, &random)
    for call in 6..<12 {
      disk.failures = [disk.calls + call: .noSpace]
      try commit(store, &random)
      disk.failures = [:]
    }
    #expect(
      store.takeNotices().contains { if case .snapshotFailed = $0 { true } else { false } })
    #expect(try answers(try open()) == answers(store))
    #expect(!files().contains { $0.hasPrefix("new") })
  }

  @Test("what a snapshot says is compared with the journal, and a backup has a snapshot too")
  func care() throws {
    var random = Seeded(13)
    let store = try open()
    for _ in 0..<4 {
      try commit(store, &random)
      _ = try store.takeSnapshot(.test())
    }
    // One that was written by a store that itself began with one.
    let second = try open()
    try commit(second, &random)
    _ = try second.takeSnapshot(.test())
    try commit(second, &random)
    #expect(try Store.verify("s", on: disk).snapshots == 2)
    #expect(try Store.backup("s", to: "copy", on: disk) == 18)
    #expect(disk.files(in: "copy").keys.sorted() == ["log-0", "snap-15"])
    #expect(disk.files(in: "copy")["snap-15"] == disk.files(in: "s")["snap-15"])
    #expect(try answers(Store.open("copy", on: disk)) == answers(second))
    #expect(try Store.verify("copy", on: disk).snapshots == 1)
    // A snapshot of other contents under right checksums.
    let other = try Store.open("other", on: disk)
    try commit(other, &random, changes: 15)
    let files = try #require(other.files)
    let directory = try #require(second.files).directory
    guard
      case .whole(let file) = try SnapshotFile.open(SnapshotName(change: 15), in: directory)
    else {
      Issue.record("there is no snapshot")
      return
    }
    let position = file.header.position
    try disk.remove("s/snap-15", in: nil, isDirectory: false)
    _ = try SnapshotFolder(directory: directory).take(
      store: file.header.store, at: position
    ) { writer in
      files.journal.writeSegments(before: position.segment, to: &writer)
      other.table.write(to: &writer)
      return (try? other.writeHistory(to: &writer)) != nil
    }
    #expect(throws: StoreProblem.self) { try Store.verify("s", on: disk) }
  }

  @Test("a segment's end and a snapshot's place are remembered together")
  func segments() throws {
    var limits = StoreLimits()
    limits.segmentSize = 2048
    var random = Seeded(12)
    let store = try Store.open("s", limits: limits, on: disk)
    for round in 0..<12 {
      try commit(store, &random)
      if round % 5 == 3 { _ = try store.takeSnapshot(.test()) }
      let again = try Store.open("s", limits: limits, on: disk)
      #expect(try answers(again) == answers(store))
    }
    #expect(files().filter { $0.hasPrefix("log") }.count > 3)
  }
}

extension StoreNotice {
  fileprivate var isOfSnapshot: Bool {
    if case .snapshotDamaged = self { true } else { false }
  }
}
