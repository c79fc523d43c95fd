import Diagnostics
import Storage

/// A script of transactions against one store, and what must be true of it afterwards.
struct Workload {
  static let path: Text = "agency.permdb"

  private let deeds: [Deed]
  /// Before which of them the store is opened again.
  private let reopens: [Bool]
  /// After which of them a snapshot is taken.
  private let snapshots: [Bool]
  private let limits: StoreLimits
  private let longestWrite: Int
  private let failures: [Int: DiskFailure.Reason]

  /// What the store may hold, as far as the script came.
  struct Result {
    /// The last state that was acknowledged, then each that a commit tried for since.
    var possible = [Agency()]
    var isAcknowledged = false
    /// Whether there must be a snapshot that the store begins with: nothing that is done later, and
    /// no power cut, may leave it without one.
    var hasSnapshot = false
  }

  init(_ random: inout Seeded) {
    deeds = (0..<Int.random(in: 1...5, using: &random)).map { _ in Deed(&random) }
    reopens = deeds.map { _ in Int.random(in: 0..<3, using: &random) == 0 }
    snapshots = deeds.map { _ in Int.random(in: 0..<4, using: &random) == 0 }
    var limits = StoreLimits()
    // Segments of few records, records in two pieces, and snapshots that a commit takes by itself.
    limits.segmentSize = [64 << 20, 4096, 2048].randomElement(using: &random) ?? 4096
    limits.longestRecordAtOnce = [1 << 20, 0, 100].randomElement(using: &random) ?? 0
    limits.longestTail = [8_000_000, 8_000_000, 10_000].randomElement(using: &random) ?? 10_000
    self.limits = limits
    longestWrite = [Int.max, Int.max, 700, 100].randomElement(using: &random) ?? 700
    var failures: [Int: DiskFailure.Reason] = [:]
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      failures[Int.random(in: 1...90, using: &random)] =
        [DiskFailure.Reason.noSpace, .other(5)].randomElement(using: &random)
    }
    self.failures = failures
  }

  /// Runs the script as far as the disk lets it.
  func run(on disk: SimulatedDisk) -> Result {
    disk.longestWrite = longestWrite
    disk.failures = failures
    var result = Result()
    var agency = Agency()
    var store = try? Workload.open(disk, limits)
    for (place, deed) in deeds.enumerated() where !disk.isCut {
      if reopens[place] || store == nil { store = try? Workload.open(disk, limits) }
      guard let store else { continue }
      do throws(StoreProblem) {
        try store.begin(Workload.context)
        // What failed may yet have been saved, where the power was not cut.
        agency = Agency(store)
        var after = agency
        deed.apply(to: &after)
        deed.append(to: store)
        result.possible.append(after)
        try store.commit()
        result.possible = [after]
        result.isAcknowledged = true
        if snapshots[place] {
          _ = try store.takeSnapshot(Workload.context)
          result.hasSnapshot = true
        }
      } catch {
        continue
      }
    }
    return result
  }

  static func open(
    _ disk: SimulatedDisk, _ limits: StoreLimits = StoreLimits()
  ) throws(StoreProblem) -> Store {
    try Store.open(path, lockTimeout: 0, limits: limits, on: disk)
  }

  static var context: CommitContext {
    CommitContext(actor: "ada", user: "tester", host: "here", time: 1_700_000_000_000)
  }
}
