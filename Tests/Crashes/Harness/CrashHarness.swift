import Diagnostics
import Storage

/// Cuts the power at every call of many workloads, and looks at what each possible disk comes to.
package struct CrashHarness {
  /// What was found wrong, with what repeats it.
  package struct Failure: Error, CustomStringConvertible {
    package let seed: UInt64
    package let cut: Int
    package let words: String

    package var description: String { "seed \(seed), cut at call \(cut): \(words)" }
  }

  private let mutation: Mutation?
  /// Disks looked at for each cut.
  private let disksForEachCut = 8
  package private(set) var cases = 0
  package private(set) var cuts = 0

  package init(_ mutation: Mutation? = nil) {
    self.mutation = mutation
  }

  /// Runs workloads of different seeds, `step` apart, until so many cases were looked at.
  package mutating func run(
    cases wanted: Int, from first: UInt64 = 0, by step: UInt64 = 1
  ) throws(Failure) {
    var seed = first
    while cases < wanted {
      try run(seed: seed)
      seed += step
    }
  }

  /// Runs one workload, once for each of its calls.
  package mutating func run(seed: UInt64) throws(Failure) {
    var random = Seeded(seed)
    let workload = Workload(&random)
    let whole = disk()
    let result = workload.run(on: whole)
    for cut in 1...whole.calls + 1 {
      let disk = disk()
      disk.cutAt = cut
      let result = cut > whole.calls ? result : workload.run(on: disk)
      let left = cut > whole.calls ? whole : disk
      cuts += 1
      for _ in 0..<disksForEachCut {
        cases += 1
        do throws(Violation) {
          var check = RecoveryCheck(result: result, random: random)
          try check.run(on: left.afterPowerCut(&check.random))
          random = check.random
        } catch {
          throw Failure(seed: seed, cut: cut, words: error.words)
        }
      }
    }
  }

  private func disk() -> SimulatedDisk {
    let disk = SimulatedDisk()
    disk.mutation = mutation
    return disk
  }
}

/// A promise that was not kept.
struct Violation: Error {
  let words: String
}

/// Looks at one disk after a power cut.
struct RecoveryCheck {
  let result: Workload.Result
  var random: Seeded

  mutating func run(on disk: SimulatedDisk) throws(Violation) {
    var disk = disk
    let seen = try read(disk, "after the cut")
    guard result.possible.contains(seen) else {
      throw Violation(words: "\(seen) is none of \(result.possible)")
    }
    if Bool.random(using: &random) {
      // The power goes again while a writer puts things in order.
      disk.cutAt = Int.random(in: 1...12, using: &random)
      if let store = try? Workload.open(disk), (try? store.begin(Workload.context)) != nil {
        store.rollback()
      }
      disk = disk.afterPowerCut(&random)
      guard try read(disk, "after a cut recovery") == seen else {
        throw Violation(words: "a cut recovery has changed what is there")
      }
    }
    try write(disk, after: seen)
  }

  private func read(_ disk: SimulatedDisk, _ moment: String) throws(Violation) -> Agency {
    do throws(StoreProblem) {
      let store = try Store.open(Workload.path, access: .readOnly, on: disk)
      for case .damaged(let problem) in store.takeNotices() { throw problem }
      let agency = Agency(store)
      guard !store.isSnapshotDamaged else { throw .snapshotDamaged(path: Workload.path) }
      guard store.usesSnapshot || !result.hasSnapshot else {
        throw .system(path: Workload.path, operation: "begin with", reason: "no snapshot is left")
      }
      return agency
    } catch {
      throw Violation(words: "\(moment): \(error.message)")
    }
  }

  /// Recovery is over with the first write: it must do, and add to what was there.
  private mutating func write(_ disk: SimulatedDisk, after seen: Agency) throws(Violation) {
    let deed = Deed(&random)
    var expected = seen
    deed.apply(to: &expected)
    do throws(StoreProblem) {
      let store = try Workload.open(disk)
      try store.begin(Workload.context)
      deed.append(to: store)
      try store.commit()
      if Bool.random(using: &random) { _ = try store.takeSnapshot(Workload.context) }
      guard Agency(store) == expected else {
        throw .system(path: Workload.path, operation: "go on with", reason: "it differs")
      }
      _ = try Store.verify(Workload.path, on: disk)
    } catch {
      throw Violation(words: "writing after the cut: \(error.message)")
    }
    guard try read(disk, "after writing") == expected else {
      throw Violation(words: "what was written after the cut is not there")
    }
    // Whoever creates a store removes what creators before left behind.
    guard seen.changes > 0 || disk.rootNames == [Workload.path.string] else {
      throw Violation(words: "left behind: \(disk.rootNames)")
    }
  }
}

extension SimulatedDisk {
  var rootNames: [String] { root.names.keys.sorted() }
}
