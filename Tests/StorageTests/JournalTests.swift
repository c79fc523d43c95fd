import CrashHarness
import Diagnostics
import Foundation
import Permissions
import Testing

@testable import Storage

@Suite("Journal")
struct JournalTests {
  /// A store with a few small transactions; the table after each, by its last change.
  private static func sample(_ path: Text) throws -> [Int: String] {
    let store = try Store.open(path)
    var states = [0: store.table.fingerprint]
    for number in 0..<3 {
      try store.begin(.test(time: 1000 + Int64(number)))
      store.append(.creating(2, from: number * 2), statement: "create", line: 1)
      store.append(.flipping(number, RowSet(0..<2)), statement: "grant", line: 2, reason: "why")
      try store.commit()
      states[store.lastChange] = store.table.fingerprint
    }
    return states
  }

  private static func segment(_ path: Text) -> String { "\(path)/log-0" }

  private static func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  private static func write(_ bytes: [UInt8], _ file: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
  }

  @Test("replay gives the table that was committed", arguments: 0..<4 as Range<UInt64>)
  func replay(seed: UInt64) throws {
    var random = Seeded(seed)
    let directory = try TemporaryDirectory()
    let store = try Store.open(directory("s"))
    let memory = Store.inMemory()
    for commit in 0..<6 {
      for store in [store, memory] { try store.begin(.test(time: Int64(commit))) }
      let savepoint = store.savepoint
      for step in 0..<Int.random(in: 1...20, using: &random) {
        let effects = Effects.random(for: store.table, &random)
        for store in [store, memory] {
          store.append(
            effects, statement: "step \(step)", line: step, reason: step % 3 == 0 ? "r" : nil)
        }
        if step == 10 {
          let kept = store.savepoint
          let before = store.table.fingerprint
          for store in [store, memory] {
            store.append(.creating(2, from: 5000), statement: "to be taken back", line: 99)
            #expect(store.pendingEffects(since: kept).count == 1)
            store.rollback(to: kept)
          }
          #expect(store.table.fingerprint == before)
        }
      }
      if commit == 3 {
        for store in [store, memory] { store.rollback(to: savepoint) }
      }
      for store in [store, memory] { try store.commit() }
    }
    let again = try Store.open(directory("s"), access: .readOnly)
    #expect(again.table.fingerprint == store.table.fingerprint)
    #expect(memory.table.fingerprint == store.table.fingerprint)
    #expect(again.lastChange == memory.lastChange)
    for number in stride(from: 1, through: again.lastChange, by: 3) {
      let read = try again.change(number)
      let other = try memory.change(number)
      #expect(read.statement == other.statement && read.line == other.line)
      #expect(read.reason == other.reason && read.context == other.context)
    }
    #expect(try again.lastPermissionChange() == memory.lastPermissionChange())
  }

  @Test("a record cut at any length is a torn tail: the writer cuts it, readers leave it")
  func tornTail() throws {
    let directory = try TemporaryDirectory()
    let states = try JournalTests.sample(directory("s"))
    let file = JournalTests.segment(directory("s"))
    let whole = try JournalTests.bytes(file)
    let head = try JournalTests.bytes("\(directory("s"))/head")
    let start = whole.count - RecordHeader.alignment
    for length in stride(from: start, to: whole.count, by: 1) {
      let isWhole = whole[length...].allSatisfy { $0 == 0 }
      try JournalTests.write(Array(whole[..<length]), file)
      // The older slot says only that the transaction before was saved.
      try JournalTests.write(
        Array(head[..<512]) + Array(repeating: 0, count: 512), "\(directory("s"))/head")
      let reader = try Store.open(directory("s"), access: .readOnly)
      #expect(try JournalTests.bytes(file).count == length)
      if isWhole { continue }
      #expect(reader.lastChange == 4)
      #expect(reader.table.fingerprint == states[4])
      #expect(reader.takeNotices().count == (length > start ? 1 : 0))
      guard length % 37 == 0 || length == start + 1 else { continue }
      let writer = try Store.open(directory("s"))
      #expect(writer.takeNotices(mayWrite: true).isEmpty)
      try writer.begin(.test(time: 2000))
      #expect(writer.takeNotices().count == (length > start ? 1 : 0))
      #expect(try JournalTests.bytes(file).count == start)
      writer.append(.flipping(7, RowSet(0..<3)), statement: "grant", line: 1)
      try writer.commit()
      #expect(try Store.open(directory("s")).table.fingerprint == writer.table.fingerprint)
    }
  }

  @Test("each flipped bit is found, or harmless")
  func flippedBits() throws {
    let directory = try TemporaryDirectory()
    let states = try JournalTests.sample(directory("s"))
    let file = JournalTests.segment(directory("s"))
    let whole = try JournalTests.bytes(file)
    var random = Seeded(3)
    // A bit of every byte but of those that only fill up, of which some will do.
    for position in whole.indices {
      var changed = whole
      changed[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      guard whole[position] != 0 || position % 29 == 0 else { continue }
      try JournalTests.write(changed, file)
      do throws(StoreProblem) {
        let store = try Store.open(directory("s"), access: .readOnly)
        let expected = states[store.lastChange]
        #expect(store.table.fingerprint == expected, "byte \(position)")
        if store.lastChange < 6 {
          #expect(!store.takeNotices().isEmpty, "byte \(position)")
          let writer = try Store.open(directory("s"))
          if store.lastChange < 4 {
            #expect(throws: StoreProblem.self) { try writer.begin(.test()) }
          }
        }
      } catch {
        #expect(error.status == .storeUnavailable)
      }
    }
  }

  @Test("a damaged record before a good one is no torn tail")
  func damageInTheMiddle() throws {
    let directory = try TemporaryDirectory()
    _ = try JournalTests.sample(directory("s"))
    let file = JournalTests.segment(directory("s"))
    var bytes = try JournalTests.bytes(file)
    bytes[bytes.count - 2 * RecordHeader.alignment + 140] ^= 4
    try JournalTests.write(bytes, file)
    let store = try Store.open(directory("s"))
    #expect(store.lastChange == 2)
    #expect(throws: StoreProblem.self) { try store.begin(.test()) }
    #expect(try JournalTests.bytes(file) == bytes)
  }

  @Test("a store of a later format is refused, naming it, and not touched")
  func laterFormat() throws {
    let directory = try TemporaryDirectory()
    _ = try JournalTests.sample(directory("s"))
    let file = JournalTests.segment(directory("s"))
    var bytes = try JournalTests.bytes(file)
    bytes[8] = 9
    try JournalTests.write(bytes, file)
    #expect(throws: StoreProblem.newerFormat(path: directory("s"), version: 9)) {
      try Store.open(directory("s"))
    }
    #expect(try JournalTests.bytes(file) == bytes)
  }

  @Test("a new segment says where the one before ends, and is followed")
  func segments() throws {
    let directory = try TemporaryDirectory()
    _ = try JournalTests.sample(directory("s"))
    let opened = try StoreDirectory(directory("s"), on: SystemDisk())
    let journal = Journal(try #require(opened))
    _ = try journal.readOn { _ in }
    // What follows the fixed end was never acknowledged.
    var bytes = try JournalTests.bytes(JournalTests.segment(directory("s")))
    bytes += Array(repeating: 0xAA, count: 700)
    try JournalTests.write(bytes, JournalTests.segment(directory("s")))
    try journal.startSegment()
    try journal.startSegment()
    let store = try Store.open(directory("s"))
    #expect(store.takeNotices().isEmpty)
    try store.begin(.test())
    store.append(.flipping(9, RowSet(0..<4)), statement: "grant", line: 1)
    try store.commit()
    let names = try FileManager.default.contentsOfDirectory(atPath: directory("s").string)
    #expect(names.sorted() == ["LOCK", "head", "log-0", "log-7", "log-7.1"])
    let again = try Store.open(directory("s"))
    #expect(again.table.fingerprint == store.table.fingerprint)
    #expect(again.facts.journalFiles == 3)
    try FileManager.default.removeItem(atPath: "\(directory("s"))/log-7")
    let damaged = try Store.open(directory("s"))
    #expect(damaged.lastChange == 6)
    #expect(throws: StoreProblem.self) { try damaged.begin(.test()) }
  }

  @Test("segments of two stores are not mixed")
  func foreignSegment() throws {
    let directory = try TemporaryDirectory()
    for name in ["a", "b"] {
      _ = try JournalTests.sample(directory(name))
      let opened = try StoreDirectory(directory(name), on: SystemDisk())
      let journal = Journal(try #require(opened))
      _ = try journal.readOn { _ in }
      try journal.startSegment()
    }
    try JournalTests.write(
      try JournalTests.bytes("\(directory("b"))/log-7"), "\(directory("a"))/log-7")
    #expect(
      throws: StoreProblem.foreignFile(
        path: Text("\(directory("a"))/log-7"), other: Text("\(directory("a"))/log-0"))
    ) {
      try Store.open(directory("a"))
    }
  }

  @Test("small changes take tens of bytes each, statements and all")
  func density() throws {
    let store = Store.inMemory()
    try store.begin(.test())
    store.append(.creating(1000), statement: "import", line: 1)
    try store.commit()
    try store.begin(.test())
    for number in 0..<1000 {
      store.append(
        .flipping(11, RowSet(Row(UInt32(number)))),
        statement: Text("grant outbound to \"Subaccount \(number)\""), line: number + 1,
        reason: "ticket 4711")
    }
    try store.commit()
    #expect(store.history[1].place.length < 25 * 1000)
  }
}
