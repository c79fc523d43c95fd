import Diagnostics

/// A store's open files: its directory, the writer's lock and the journal.
final class StoreFiles {
  let directory: StoreDirectory
  let lock: WriterLock
  private(set) var journal: Journal
  private var reportedDamage: StoreProblem?
  private var reportedTail: (segment: Int, offset: Int)?

  init(
    _ directory: StoreDirectory, held lock: DiskHandle? = nil,
    _ limits: StoreLimits = StoreLimits(), computesChain: Bool = false
  ) {
    self.directory = directory
    self.lock = lock.map { WriterLock(directory, held: $0) } ?? WriterLock(directory)
    journal = Journal(directory, limits: limits, computesChain: computesChain)
  }

  /// Begins to read the journal from its start, as far as it was wanted.
  func startOver() {
    let lastWanted = journal.lastWanted
    journal = Journal(
      directory, limits: journal.limits, computesChain: journal.computesChain)
    journal.lastWanted = lastWanted
  }

  /// For a reader: what to say of damage, or of bytes behind the last good record that no writer is
  /// writing.
  func notice() throws(StoreProblem) -> StoreNotice? {
    if let damage = journal.damage {
      if reportedDamage == damage { return nil }
      reportedDamage = damage
      return .damaged(damage)
    }
    guard journal.tail > 0, let segment = journal.segments.last else { return nil }
    let place = (journal.segments.count - 1, segment.end)
    if let reportedTail, reportedTail == place { return nil }
    guard !lock.isHeldElsewhere() else { return nil }
    reportedTail = place
    let name = segment.name.text
    let file = try journal.file(of: journal.segments.count - 1)
    let bytes = try directory.read(file, name, at: segment.end, count: journal.tail)
    if Journal.isBlank(bytes) { return nil }
    if Journal.hasLaterRecord(bytes) {
      // Two writers in turn may have come between: then what is there now begins with a record.
      let again = try directory.read(file, name, at: segment.end, count: journal.tail)
      guard again == bytes, !lock.isHeldElsewhere() else { return nil }
      let damage = StoreProblem.damaged(
        path: directory.full(name), detail: Journal.laterRecordDetail(segment.end),
        lastGood: journal.lastChange, lost: try journal.lostChanges())
      reportedDamage = damage
      return .damaged(damage)
    }
    return .tornTail(file: directory.full(name), bytes: journal.tail)
  }
}
