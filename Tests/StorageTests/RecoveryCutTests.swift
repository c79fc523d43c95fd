import CrashHarness
import Diagnostics
import Testing

@testable import Storage

/// The power goes while `--recover` is at work.
@Suite("Power cuts during recovery")
struct RecoveryCutTests {
  /// A store of four transactions in two segments, the second of which is bad.
  private func damaged(withHead: Bool) throws -> SimulatedDisk {
    // The first segment has room for the second transaction, and for no more.
    let ends = try ends(made(segmentSize: 1 << 20).files(in: "s"))
    var files = try made(segmentSize: ends[2]).files(in: "s")
    #expect(files.keys.contains("log-3"))
    files["log-0"]?[ends[1] + 130] ^= 1
    if !withHead { files["head"] = nil }
    return SimulatedDisk(holding: files, in: "s")
  }

  private func made(segmentSize: Int) throws -> SimulatedDisk {
    let disk = SimulatedDisk()
    var limits = StoreLimits()
    limits.segmentSize = segmentSize
    for number in 0..<4 {
      let store = try Store.open("s", limits: limits, on: disk)
      try store.begin(.test(time: Int64(number)))
      store.append(.creating(2, from: number * 2), statement: "create", line: 1)
      try store.commit()
    }
    return disk
  }

  /// Where the origin and the first two transactions end.
  private func ends(_ files: [String: [UInt8]]) throws -> [Int] {
    let log = try #require(files["log-0"])
    var ends: [Int] = []
    for _ in 0..<3 {
      let start = ends.last ?? SegmentHeader.size
      let header = RecordHeader(log.span, at: start)
      ends.append(start + (try #require(header).recordLength))
    }
    return ends
  }

  /// What can be read, and whether it is said to be damaged.
  private func state(_ disk: SimulatedDisk) throws -> (last: Int, isDamaged: Bool) {
    let store = try Store.open("s", access: .readOnly, on: disk)
    let isDamaged = store.takeNotices().contains { if case .damaged = $0 { true } else { false } }
    return (store.lastChange, isDamaged)
  }

  @Test(
    "leave the store damaged still, or recovered, and nothing is thrown away",
    arguments: [true, false])
  func cuts(withHead: Bool) throws {
    let whole = try damaged(withHead: withHead)
    #expect(try state(whole) == (1, true))
    _ = try Store.recover("s", .test(), on: whole)
    #expect(try state(whole) == (1, false))
    var random = Seeded(3)
    for cut in 1...whole.calls {
      for _ in 0..<8 {
        let disk = try damaged(withHead: withHead)
        disk.cutAt = cut
        _ = try? Store.recover("s", .test(), on: disk)
        let left = disk.afterPowerCut(&random)
        #expect(try state(left).last == 1, "cut \(cut)")
        // Whoever goes on finds it in order, or is told and recovers it.
        _ = try Store.recover("s", .test(), on: left)
        let store = try Store.open("s", on: left)
        try store.begin(.test(time: 9))
        store.append(.creating(1, from: 90), statement: "create", line: 1)
        try store.commit()
        #expect(try state(left) == (2, false), "cut \(cut)")
        #expect(try Store.verify("s", on: left).changes == 2)
        let kept = left.files(in: "s/quarantine")
        #expect(kept.keys.contains { $0.hasPrefix("log-0-at") }, "cut \(cut)")
      }
    }
  }
}
