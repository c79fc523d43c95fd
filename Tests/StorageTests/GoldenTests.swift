import CrashHarness
import Diagnostics
import Foundation
import Testing

@testable import Storage

/// A store of format 1 as it was once written, with and without its snapshot: every later version must
/// read it, and read the same.
///
/// Where it has to be made for the first time, `PERMQL_RECORD=1` makes it, and fails.
@Suite("The golden store")
struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/format-1")
  private static let answersFile = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/format-1.expected")

  private func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: GoldenTests.folder.path) {
      files[name] = Array(try Data(contentsOf: GoldenTests.folder.appending(path: name)))
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

  @Test("is there", .enabled(if: ProcessInfo.processInfo.environment["PERMQL_RECORD"] != nil))
  func record() throws {
    guard !FileManager.default.fileExists(atPath: GoldenTests.folder.path) else { return }
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
    try FileManager.default.createDirectory(
      at: GoldenTests.folder, withIntermediateDirectories: true)
    for (name, bytes) in disk.files(in: "s") where name != "LOCK" {
      try Data(bytes).write(to: GoldenTests.folder.appending(path: name))
    }
    try Data(answers(store).utf8).write(to: GoldenTests.answersFile)
    Issue.record("recorded: look at it, and run again")
  }

  @Test("says what it has always said", arguments: [true, false])
  func read(withSnapshot: Bool) throws {
    let files = try files().filter { withSnapshot || !$0.key.hasPrefix("snap") }
    #expect(files.count == (withSnapshot ? 3 : 2))
    let disk = SimulatedDisk(holding: files, in: "s")
    let store = try Store.open("s", access: .readOnly, on: disk)
    #expect(store.usesSnapshot == withSnapshot)
    let expected = String(decoding: try Data(contentsOf: GoldenTests.answersFile), as: UTF8.self)
    #expect(try answers(store) == expected)
    #expect(store.takeNotices().isEmpty && !store.isSnapshotDamaged)
    #expect(try Store.verify("s", on: disk).snapshots == (withSnapshot ? 1 : 0))
    #expect(disk.files(in: "s") == files)
  }

  @Test("a later format, or a feature that is not known, is refused and nothing is touched")
  func laterFormat() throws {
    // The format number, and a bit of the features that must be known to read.
    for (offset, value) in [(8, UInt8(2)), (16, 1)] {
      var files = try files()
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
