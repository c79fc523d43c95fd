import Diagnostics
import Foundation
import Permissions
import Testing

@testable import Storage

@Suite("Sharing a store")
struct SharingTests {
  private func made(_ path: Text, unlocked: Bool = false) throws -> Store {
    if unlocked {
      // Made in a directory that nobody has locked, then brought here.
      let directory = try TemporaryDirectory()
      let store = try made(directory("s"))
      try FileManager.default.moveItem(atPath: directory("s").string, toPath: path.string)
      return store
    }
    let store = try Store.open(path)
    try store.begin(.test())
    store.append(.creating(5), statement: "create", line: 1)
    try store.commit()
    return store
  }

  @Test("a second writer waits, then is told who holds the lock")
  func busy() throws {
    let directory = try TemporaryDirectory()
    let first = try made(directory("s"))
    let second = try Store.open(directory("s"), lockTimeout: 50)
    try first.begin(.test(time: 42))
    let start = ContinuousClock.now
    let holder = LockHolder(process: Int(getpid()), user: "tester", since: 42)
    #expect(throws: StoreProblem.locked(path: directory("s"), holder: holder)) {
      try second.begin(.test())
    }
    #expect(ContinuousClock.now - start >= .milliseconds(50))
    #expect(!second.isInTransaction)
    first.rollback()
    try second.begin(.test())
    second.rollback()
  }

  @Test("writers in turn see what the others committed, and readers at refresh")
  func turns() throws {
    let directory = try TemporaryDirectory()
    let first = try made(directory("s"))
    let second = try Store.open(directory("s"))
    let reader = try Store.open(directory("s"), access: .readOnly)
    for number in 0..<6 {
      let writer = number % 2 == 0 ? first : second
      try writer.begin(.test())
      writer.append(.creating(1, from: 100 + number), statement: "create", line: 1)
      #expect(reader.table.rowCount == 5 + number)
      try reader.refresh()
      #expect(reader.table.rowCount == 5 + number)
      #expect(reader.takeNotices().isEmpty)
      try writer.commit()
      try reader.refresh()
      #expect(reader.table.fingerprint == writer.table.fingerprint)
    }
    #expect(throws: StoreProblem.readOnly) { try reader.begin(.test()) }
  }

  @Test("of two that create the same store, the second waits and goes on")
  func creationRace() throws {
    let directory = try TemporaryDirectory()
    let first = try Store.open(directory("s"))
    let second = try Store.open(directory("s"), lockTimeout: 20)
    try first.begin(.test())
    first.append(.creating(2), statement: "create", line: 1)
    #expect(throws: StoreProblem.locked(path: directory("s"), holder: LockHolder())) {
      try second.begin(.test())
    }
    try first.commit()
    try second.begin(.test())
    #expect(second.table.rowCount == 2)
    second.append(.creating(2, from: 2), statement: "create", line: 1)
    try second.commit()
    try first.refresh()
    #expect(second.table.fingerprint == first.table.fingerprint)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["s"])
  }

  @Test("a store that appears all the same while it is created is not replaced")
  func appeared() throws {
    let directory = try TemporaryDirectory()
    let store = try Store.open(directory("s"))
    try store.begin(.test())
    store.append(.creating(2), statement: "create", line: 1)
    _ = try made(directory("other"), unlocked: true)
    try FileManager.default.moveItem(
      atPath: directory("other").string, toPath: directory("s").string)
    #expect(throws: StoreProblem.createdMeanwhile(path: directory("s"))) { try store.commit() }
    #expect(store.table.rowCount == 0)
    try store.refresh()
    #expect(store.table.rowCount == 5)
  }

  @Test("what killed creators left behind is removed, and nothing else")
  func leftovers() throws {
    let directory = try TemporaryDirectory()
    let files = FileManager.default
    for (name, content) in [
      ("s.new-12-34", "log-0"), ("s.new-12-35", "LOCK"), ("s.new-12-36", "mine.txt"),
      ("s.new-twelve", "log-0"), ("t.new-12-34", "log-0"),
    ] {
      try files.createDirectory(
        atPath: directory(name).string, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      try Data([1]).write(to: URL(fileURLWithPath: "\(directory(name))/\(content)"))
    }
    _ = try made(directory("s"))
    #expect(
      try files.contentsOfDirectory(atPath: directory.path).sorted() == [
        "s", "s.new-12-36", "s.new-twelve", "t.new-12-34",
      ])
  }

  @Test("a store on a network file system is written to only by those who insist")
  func network() throws {
    let directory = try TemporaryDirectory()
    let disk = FaultyDisk()
    disk.claimsNetwork = true
    for _ in 0..<2 {
      let store = try Store.open(directory("s"), on: disk)
      #expect(throws: StoreProblem.onNetwork(path: directory("s"))) { try store.begin(.test()) }
      let insisting = try Store.open(directory("s"), lockTimeout: 0, allowsNetwork: true, on: disk)
      try insisting.begin(.test())
      insisting.append(.flipping(3, RowSet()), statement: "grant", line: 1)
      try insisting.commit()
    }
  }

  @Test("a LOCK that was removed and made again is noticed")
  func lockRemoved() throws {
    let directory = try TemporaryDirectory()
    let first = try made(directory("s"))
    try FileManager.default.removeItem(atPath: "\(directory("s"))/LOCK")
    let second = try Store.open(directory("s"), lockTimeout: 0)
    try second.begin(.test())
    #expect(throws: StoreProblem.self) {
      let third = try Store.open(directory("s"), lockTimeout: 0)
      try third.begin(.test())
    }
    second.rollback()
    try first.begin(.test())
    first.rollback()
  }

  @Test("a store that was replaced while it was open is not written to")
  func replaced() throws {
    let directory = try TemporaryDirectory()
    let store = try made(directory("s"))
    try FileManager.default.moveItem(atPath: directory("s").string, toPath: directory("t").string)
    #expect(throws: StoreProblem.replaced(path: directory("s"))) { try store.begin(.test()) }
  }

  @Test(
    "a path that somebody else could have prepared is refused with the reason",
    arguments: [
      "link", "fifo", "file", "writable", "lock link", "lock fifo", "log link", "log hard link",
      "log fifo", "log writable",
    ])
  func hostilePaths(trap: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory("s")
    let files = FileManager.default
    var expected: StoreProblem.Refusal
    if trap.contains(" ") || trap == "writable" { _ = try made(path) }
    let target = trap.hasPrefix("lock") ? "\(path)/LOCK" : "\(path)/log-0"
    switch trap {
    case "link":
      _ = try made(directory("real"))
      try files.createSymbolicLink(
        atPath: path.string, withDestinationPath: directory("real").string)
      expected = .symbolicLink
    case "fifo":
      let result = unsafe mkfifo(path.string, 0o600)
      #expect(result == 0)
      expected = .notADirectory
    case "file":
      try Data("hello".utf8).write(to: URL(fileURLWithPath: path.string))
      expected = .notADirectory
    case "writable":
      let result = unsafe chmod(path.string, 0o770)
      #expect(result == 0)
      expected = .writableByOthers
    case "lock link", "log link":
      try files.moveItem(atPath: target, toPath: directory("moved").string)
      try files.createSymbolicLink(atPath: target, withDestinationPath: directory("moved").string)
      expected = .symbolicLink
    case "lock fifo", "log fifo":
      try files.removeItem(atPath: target)
      let result = unsafe mkfifo(target, 0o600)
      #expect(result == 0)
      expected = .notAFile
    case "log hard link":
      try files.linkItem(atPath: target, toPath: directory("second").string)
      expected = .hardLink
    default:
      let result = unsafe chmod(target, 0o662)
      #expect(result == 0)
      expected = .writableByOthers
    }
    let refused = trap.contains(" ") ? Text(target) : path
    #expect(throws: StoreProblem.refused(path: refused, expected)) {
      try Store.open(path).begin(.test())
    }
  }

  @Test("directories that are no stores, and paths that lead nowhere, are told apart")
  func noStores() throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: directory("empty").string, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    #expect(throws: StoreProblem.notAStore(path: directory("empty"))) {
      try Store.open(directory("empty"))
    }
    #expect(throws: StoreProblem.notAStore(path: "")) { try Store.open("") }
    #expect(throws: StoreProblem.notAStore(path: "a\u{0}b")) { try Store.open("a\u{0}b") }
    let store = try Store.open(directory("missing/s"))
    try store.begin(.test())
    store.append(.creating(1), statement: "create", line: 1)
    #expect(throws: StoreProblem.self) { try store.commit() }
    #expect(store.table.rowCount == 0)
  }

  @Test(
    "what LOCK says of its holder is read with care",
    arguments: [
      ("", LockHolder()), ("process x\nuser\nsince 12\n", LockHolder(since: 12)),
      ("process 5\nsince 6\nuser a b\n", LockHolder(process: 5, user: "a b", since: 6)),
    ])
  func lockText(text: String, holder: LockHolder) {
    #expect(WriterLock.holder(from: Array(text.utf8)) == holder)
  }

  @Test("a holder is described in words")
  func words() {
    let holder = LockHolder(process: 12, user: "ada", since: 1_793_525_400_000)
    #expect(
      StoreProblem.locked(path: "s", holder: holder).message
        == "store 's' is locked by process 12 of user 'ada' since 2026-11-01T09:30:00Z")
  }
}
