import Diagnostics
import Foundation
import Permissions
import Testing

@testable import Storage

@Suite("Failing disks")
struct FailureTests {
  private func grant(_ store: Store, _ permission: Int) throws {
    try store.begin(.test())
    store.append(.flipping(permission, RowSet(0..<3)), statement: "grant", line: 1)
    try store.commit()
  }

  private func made(_ path: Text, on disk: FaultyDisk) throws -> Store {
    let store = try Store.open(path, on: disk)
    try store.begin(.test())
    store.append(.creating(3), statement: "create", line: 1)
    try store.commit()
    return store
  }

  @Test("after a failed sync the segment is given up, and the change is nowhere")
  func failedSync() throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    let store = try made(directory("s"), on: disk)
    let reader = try Store.open(directory("s"), access: .readOnly)
    let before = store.table.fingerprint
    disk.remaining[.sync] = 0
    #expect(
      throws: StoreProblem.notSaved(
        path: Text("\(directory("s"))/log-0"), reason: "made to fail")
    ) {
      try grant(store, 4)
    }
    #expect(store.table.fingerprint == before)
    #expect(store.lastChange == 1 && !store.isInTransaction)
    try reader.refresh()
    #expect(reader.table.fingerprint == before)
    try grant(store, 5)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory("s").string)
    #expect(names.sorted() == ["LOCK", "head", "log-0", "log-2"])
    try reader.refresh()
    #expect(reader.table.fingerprint == store.table.fingerprint)
    #expect(try Store.open(directory("s")).table.fingerprint == store.table.fingerprint)
  }

  @Test("where no new segment can be made either, the next transaction makes it")
  func failedTwice() throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    let store = try made(directory("s"), on: disk)
    disk.remaining = [.sync: 0, .rename: 0]
    #expect(throws: StoreProblem.self) { try grant(store, 4) }
    try grant(store, 5)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory("s").string)
    #expect(names.sorted() == ["LOCK", "head", "log-0", "log-2"])
    #expect(try Store.open(directory("s")).table.fingerprint == store.table.fingerprint)
  }

  @Test("a reader that saw a change which was then given up forgets it")
  func divergedReader() throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    let store = try made(directory("s"), on: disk)
    let before = store.table.fingerprint
    let opened = try StoreDirectory(directory("s"), on: SystemDisk())
    let journal = Journal(try #require(opened))
    _ = try journal.readOn { _ in }
    try grant(store, 4)
    let reader = try Store.open(directory("s"), access: .readOnly)
    #expect(reader.lastChange == 2)
    try FileManager.default.removeItem(atPath: "\(directory("s"))/head")
    // A writer that never saw this record durable fixes the end before it.
    try journal.startSegment()
    try reader.refresh()
    #expect(reader.lastChange == 1)
    #expect(reader.table.fingerprint == before)
    // The one who had it saved is told, instead.
    #expect(throws: StoreProblem.self) { try grant(store, 6) }
    let writer = try Store.open(directory("s"))
    try grant(writer, 6)
    try reader.refresh()
    #expect(reader.table.fingerprint == writer.table.fingerprint)
  }

  @Test(
    "a full disk is noticed before anything is written",
    arguments: [FaultyDisk.Call.allocate, .write])
  func noSpace(call: FaultyDisk.Call) throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    let store = try made(directory("s"), on: disk)
    let before = store.table.fingerprint
    let file = "\(directory("s"))/log-0"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    disk.reason = .noSpace
    disk.longestWrite = 100
    // The first write says who holds the lock; the record's second part does not fit.
    disk.remaining[call] = call == .write ? 2 : 0
    #expect(throws: StoreProblem.noSpace(path: Text(file))) { try grant(store, 4) }
    #expect(store.table.fingerprint == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
    disk.remaining = [:]
    try grant(store, 5)
    #expect(try Store.open(directory("s")).table.fingerprint == store.table.fingerprint)
  }

  @Test("a disk that writes a few bytes at a time is as good")
  func shortWrites() throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    disk.longestWrite = 7
    let store = try made(directory("s"), on: disk)
    try grant(store, 4)
    #expect(try Store.open(directory("s")).table.fingerprint == store.table.fingerprint)
  }

  @Test("whatever fails while a store is created, it is there whole or not at all")
  func creation() throws {
    for call in [FaultyDisk.Call.makeDirectory, .allocate, .write, .sync, .rename] {
      for success in 0..<4 {
        let directory = try TemporaryDirectory()
        let disk = FaultyDisk()
        disk.remaining[call] = success
        do {
          let store = try made(directory("s"), on: disk)
          // The fourth write is the head's, which may fail: the transaction is durable by then.
          #expect(disk.counts[call, default: 0] <= success || call == .write && success == 3)
          #expect(try Store.open(directory("s")).table.fingerprint == store.table.fingerprint)
        } catch {
          let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
          #expect(left.isEmpty, "\(call) \(success)")
        }
      }
    }
  }
}
