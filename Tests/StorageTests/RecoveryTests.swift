import CrashHarness
import Diagnostics
import Foundation
import Testing

@testable import Storage

@Suite("Damage and recovery")
struct RecoveryTests {
  private func made(_ path: Text) throws {
    for number in 0..<4 {
      let store = try Store.open(path)
      try store.begin(.test(time: 1_700_000_000_000 + Int64(number) * 1000))
      store.append(.creating(2, from: number * 2), statement: "create", line: 1)
      try store.commit()
    }
  }

  private func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  private func write(_ bytes: [UInt8], _ file: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
  }

  @Test("what is damaged anywhere is found or harmless, and always found by --verify")
  func sweep() throws {
    var sweep = try DamageSweep(every: 173)
    try sweep.run()
    #expect(sweep.cases > sweep.harmless)
  }

  @Test("a damaged store is read up to the damage, says what is lost, and is written on recovery")
  func recovery() throws {
    let directory = try TemporaryDirectory()
    let path = directory("s")
    try made(path)
    let file = "\(path)/log-0"
    var bytes = try bytes(file)
    bytes[bytes.count - 3 * 512 + 200] ^= 1
    try write(bytes, file)
    let reader = try Store.open(path, access: .readOnly)
    #expect(reader.lastChange == 1)
    let notice = try #require(reader.takeNotices().first)
    #expect(
      notice.message.hasSuffix(
        "changes 2 to 4 are lost, made after 2023-11-14T22:13:20Z and until 2023-11-14T22:13:23Z"))
    try reader.refresh()
    #expect(reader.takeNotices().isEmpty)
    #expect(throws: StoreProblem.self) { try Store.open(path).begin(.test()) }
    let done = try Store.recover(path, .test())
    #expect(done.count == 1)
    #expect(try Store.recover(path, .test()).isEmpty)
    try reader.refresh()
    #expect(reader.lastChange == 1)
    let writer = try Store.open(path)
    #expect(writer.takeNotices().isEmpty)
    try writer.begin(.test())
    writer.append(.creating(3, from: 50), statement: "create", line: 1)
    try writer.commit()
    #expect(try Store.verify(path).changes == 2)
    let kept = try FileManager.default.contentsOfDirectory(atPath: "\(path)/quarantine")
    #expect(kept.count == 2)
  }

  @Test("the head proves that an acknowledged change is missing")
  func evidence() throws {
    let directory = try TemporaryDirectory()
    let path = directory("s")
    try made(path)
    let whole = try bytes("\(path)/log-0")
    try write(Array(whole.dropLast(512)), "\(path)/log-0")
    let store = try Store.open(path)
    #expect(store.lastChange == 3)
    #expect(store.takeNotices().count == 1)
    #expect(throws: StoreProblem.self) { try store.begin(.test()) }
  }

  @Test("a head of another store, or of another history, is refused, and recovery sets it aside")
  func foreignHead() throws {
    let directory = try TemporaryDirectory()
    for name in ["a", "b"] { try made(directory(name)) }
    let ours = Text("\(directory("a"))/head")
    try write(try bytes("\(directory("b"))/head"), ours.string)
    #expect(
      throws: StoreProblem.foreignFile(path: ours, other: Text("\(directory("a"))/log-0"))
    ) {
      try Store.open(directory("a"))
    }
    #expect(try Store.recover(directory("a"), .test()).count == 1)
    #expect(try Store.open(directory("a")).lastChange == 4)
  }

  @Test("verification gives the head of the chain, and knows it again")
  func verification() throws {
    let directory = try TemporaryDirectory()
    try made(directory("s"))
    let found = try Store.verify(directory("s"))
    #expect(found.changes == 4 && found.commits == 4 && found.subaccounts == 8)
    let pinned = try #require(ChainValue(Text(found.chain.description)))
    #expect(pinned == found.chain)
    let store = try Store.open(directory("s"))
    try store.begin(.test())
    store.append(.creating(1, from: 90), statement: "create", line: 1)
    try store.commit()
    #expect(try Store.verify(directory("s"), expecting: pinned).changes == 5)
    let other = ChainValue(change: 4, bytes: pinned.bytes.reversed())
    #expect(
      throws: StoreProblem.otherChain(path: directory("s"), expected: other, found: pinned)
    ) {
      try Store.verify(directory("s"), expecting: other)
    }
    #expect(
      throws: StoreProblem.otherChain(
        path: directory("s"), expected: ChainValue(change: 9, bytes: pinned.bytes), found: nil)
    ) {
      try Store.verify(directory("s"), expecting: ChainValue(change: 9, bytes: pinned.bytes))
    }
    for text in ["", "4", "4:", "4:zz", "x:\(String(repeating: "0", count: 64))"] {
      #expect(ChainValue(Text(text)) == nil)
    }
  }

  @Test("a backup has what was committed, and nothing of an open transaction")
  func backup() throws {
    let directory = try TemporaryDirectory()
    try made(directory("s"))
    let store = try Store.open(directory("s"))
    try store.begin(.test())
    store.append(.creating(1, from: 90), statement: "create", line: 1)
    #expect(try Store.backup(directory("s"), to: directory("copy")) == 4)
    try store.commit()
    #expect(try Store.verify(directory("copy")).changes == 4)
    let copy = try Store.open(directory("copy"))
    try copy.begin(.test())
    copy.append(.creating(1, from: 90), statement: "create", line: 1)
    try copy.commit()
    #expect(copy.table.fingerprint == store.table.fingerprint)
    #expect(throws: StoreProblem.createdMeanwhile(path: directory("copy"))) {
      try Store.backup(directory("s"), to: directory("copy"))
    }
    #expect(throws: StoreProblem.notAStore(path: directory("none"))) {
      try Store.backup(directory("none"), to: directory("x"))
    }
  }
}
