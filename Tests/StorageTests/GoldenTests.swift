import CrashHarness
import Diagnostics
import Foundation
import Testing

@testable import Storage

/// Stores of format 1 as they were once written, with and without their snapshots: every later version
/// must read them, and read the same.
///
/// `format-1` is the first; the snapshot of `format-1-frugal` has numbers in bits and numbered texts, and
/// that of `format-1-pages` the quicker checksum besides.
/// Where one has to be made for the first time, `PERMQL_RECORD=1` makes it, and fails.
@Suite("The golden store")
struct GoldenTests {
  private static let names = ["format-1", "format-1-frugal", "format-1-pages"]

  private static func place(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  }

  private func files(_ golden: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let folder = GoldenTests.place(golden)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      files[name] = Array(try Data(contentsOf: folder.appending(path: name)))
    }
    return files
  }

  /// All that the store says, as one text.
  private func answers(_ store: Store) throws -> String {
    var lines = ["\(store.facts.uuid?.string ?? "")", store.table.fingerprint]
    for number in 1...store.lastChange {
      let change = try store.change(number)
      lines.append(
        "\(number) \(change.context) \(change.line) \(change.statement) \(change.reason ?? "")")
      lines.append("\(store.extent(ofChange: number)) \(store.rows(createdBy: number).count)")
      lines.append("\(Checksum.of(try store.table(asOf: number).fingerprint.utf8))")
    }
    lines.append("\(try store.lastPermissionChange())")
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(
    "is there", .enabled(if: ProcessInfo.processInfo.environment["PERMQL_RECORD"] != nil),
    arguments: names)
  func record(golden: String) throws {
    let folder = GoldenTests.place(golden)
    guard !FileManager.default.fileExists(atPath: folder.path) else { return }
    let disk = SimulatedDisk()
    var random = Seeded(1)
    let store = try Store.open("s", on: disk)
    for round in 0..<4 {
      try store.begin(.test(time: 1_700_000_000_000 + Int64(round)))
      for line in 1...3 {
        store.append(
          .random(for: store.table, &random), statement: Text("do \(line)"), line: line,
          reason: line == 2 ? "ticket 4711" : nil)
      }
      try store.commit()
      if round == 2 { _ = try store.takeSnapshot(.test()) }
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in disk.files(in: "s") where name != "LOCK" {
      try Data(bytes).write(to: folder.appending(path: name))
    }
    try Data(answers(store).utf8).write(to: GoldenTests.place("\(golden).expected"))
    Issue.record("recorded: look at it, and run again")
  }

  @Test("says what it has always said", arguments: names, [true, false])
  func read(golden: String, withSnapshot: Bool) throws {
    let files = try files(golden).filter { withSnapshot || !$0.key.hasPrefix("snap") }
    #expect(files.count == (withSnapshot ? 3 : 2))
    let disk = SimulatedDisk(holding: files, in: "s")
    let store = try Store.open("s", access: .readOnly, on: disk)
    #expect(store.usesSnapshot == withSnapshot)
    let answersFile = GoldenTests.place("\(golden).expected")
    let expected = String(decoding: try Data(contentsOf: answersFile), as: UTF8.self)
    #expect(try answers(store) == expected)
    #expect(store.takeNotices().isEmpty && !store.isSnapshotDamaged)
    #expect(try Store.verify("s", on: disk).snapshots == (withSnapshot ? 1 : 0))
    #expect(disk.files(in: "s") == files)
  }

  @Test("a later format, or a feature that is not known, is refused and nothing is touched")
  func laterFormat() throws {
    // The format number, and a bit of the features that must be known to read.
    for (offset, value) in [(8, UInt8(2)), (16, 0x80)] {
      var files = try files("format-1-frugal")
      for (name, bytes) in files {
        var bytes = bytes
        bytes[offset] = value
        if name == "log-0" {
          let sum = Checksum.of(bytes[..<504])
          for index in 0..<8 { bytes[504 + index] = UInt8(truncatingIfNeeded: sum >> (8 * index)) }
        }
        files[name] = name == "log-0" || name.hasPrefix("snap") ? bytes : files[name]
      }
      let disk = SimulatedDisk(holding: files, in: "s")
      #expect(throws: StoreProblem.newerFormat(path: "s", version: 2)) {
        try Store.open("s", on: disk)
      }
      #expect(disk.files(in: "s") == files)
    }
  }
}
