import Diagnostics
import Storage

/// Damages a small store in every way there is, one at a time: each must be found, or be harmless.
package struct DamageSweep {
  /// One in so many places is tried.
  private let step: Int
  private let disk = SimulatedDisk()
  private let folder = Workload.path.string
  /// What the store held after each of its changes that ended a transaction.
  private var states: Set<Agency> = []
  private var whole = Agency()
  package private(set) var cases = 0
  package private(set) var harmless = 0

  package init(every step: Int = 1) throws {
    self.step = step
    var random = Seeded(11)
    for round in 0..<3 {
      let store = try Workload.open(disk)
      states.insert(Agency(store))
      try store.begin(Workload.context)
      Deed(&random).append(to: store)
      try store.commit()
      whole = Agency(store)
      states.insert(whole)
      if round == 1 { _ = try store.takeSnapshot(Workload.context) }
    }
  }

  package mutating func run() throws {
    for (name, bytes) in disk.files(in: folder).sorted(by: { $0.key < $1.key }) {
      let mustBeVerified = name.hasPrefix("log") || name.hasPrefix("snap")
      for bit in stride(from: 0, to: bytes.count * 8, by: step) {
        var damaged = bytes
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        try check(damaged, name, "bit \(bit)", mustBeVerified: mustBeVerified)
        if name.hasPrefix("log") { try checkAbsurd(damaged, name, bit, unless: bytes) }
        if name.hasPrefix("snap") { try checkAbsurdSnapshot(damaged, name, bit) }
      }
      for length in stride(from: 0, to: bytes.count, by: step) {
        try check(
          Array(bytes[..<length]), name, "cut at \(length)", mustBeVerified: mustBeVerified)
      }
      var random = Seeded(5)
      for length in stride(from: 1, to: 1200, by: step) {
        try check(bytes + Array(repeating: 0, count: length), name, "\(length) zeros")
        let garbage = (0..<length).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
        try check(bytes + garbage, name, "\(length) bytes of garbage")
      }
      disk.put(bytes, in: folder, name)
    }
  }

  private mutating func check(
    _ bytes: [UInt8], _ name: String, _ what: String, mustBeVerified: Bool = false
  ) throws {
    cases += 1
    disk.put(bytes, in: folder, name)
    var isFound = false
    if let store = try? Store.open(Workload.path, access: .readOnly, on: disk) {
      let seen = soundly(store)
      guard states.contains(seen) else { throw Wrong("\(name), \(what): \(seen)") }
      isFound = !store.takeNotices().isEmpty
      guard seen == whole || isFound else { throw Wrong("\(name), \(what): changes are missing") }
    } else {
      isFound = true
    }
    if !isFound { harmless += 1 }
    guard mustBeVerified else { return }
    if (try? Store.verify(Workload.path, on: disk)) != nil {
      throw Wrong("\(name), \(what): verified")
    }
  }

  /// The same with checksums that are right: whatever it means now, the chain must tell.
  private mutating func checkAbsurd(
    _ bytes: [UInt8], _ name: String, _ bit: Int, unless original: [UInt8]
  ) throws {
    let absurd = PayloadChecksums.made(right: bytes, alsoOfHeaders: true)
    guard absurd != bytes, absurd != original else { return }
    cases += 1
    disk.put(absurd, in: folder, name)
    _ = try? Store.open(Workload.path, on: disk).begin(Workload.context)
    if (try? Store.verify(Workload.path, on: disk)) != nil {
      throw Wrong("\(name), bit \(bit) under right checksums: verified")
    }
  }
}

extension DamageSweep {
  /// What a store says, asked again where its snapshot turned out damaged.
  private func soundly(_ store: Store) -> Agency {
    while true {
      let seen = Agency(store)
      guard store.isSnapshotDamaged, (try? store.rebuild(to: store.savepoint)) != nil else {
        return seen
      }
    }
  }

  /// A snapshot of other contents with checksums that are right: whatever it means now, nothing may
  /// trap, and it is told by who compares it with the journal, or makes no difference.
  private mutating func checkAbsurdSnapshot(
    _ bytes: [UInt8], _ name: String, _ bit: Int
  ) throws {
    cases += 1
    disk.put(SnapshotChecksums.made(right: bytes), in: folder, name)
    let store = try? Store.open(Workload.path, access: .readOnly, on: disk)
    if let store { AllQuestions.ask(store) }
    guard (try? Store.verify(Workload.path, on: disk)) != nil else { return }
    guard let store, soundly(store) == whole else {
      throw Wrong("\(name), bit \(bit) under right checksums: verified")
    }
  }
}

/// What a damaged store must never do.
struct Wrong: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
