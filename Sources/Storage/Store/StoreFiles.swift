import Diagnostics

/// A store's open files: its directory, the writer's lock and the journal.
final class StoreFiles {
  let directory: StoreDirectory
  let lock: WriterLock
  private(set) var journal: Journal
  private var reportedTail: (segment: Int, offset: Int)?

  init(_ directory: StoreDirectory, held lock: DiskHandle? = nil) {
    self.directory = directory
    self.lock = lock.map { WriterLock(directory, held: $0) } ?? WriterLock(directory)
    journal = Journal(directory)
  }

  /// Begins to read the journal from its start.
  func startOver() {
    journal = Journal(directory)
  }

  /// For a reader: what to say of bytes behind the last good record that no writer is writing.
  func unfinishedTail() throws(StoreProblem) -> StoreNotice? {
    guard journal.tail > 0, let segment = journal.segments.last else { return nil }
    let place = (journal.segments.count - 1, segment.end)
    if let reportedTail, reportedTail == place { return nil }
    guard !lock.isHeldElsewhere() else { return nil }
    reportedTail = place
    let bytes = try directory.read(
      segment.file, segment.name.text, at: segment.end, count: journal.tail)
    if Journal.isBlank(bytes) { return nil }
    return .tornTail(file: directory.full(segment.name.text), bytes: journal.tail)
  }
}
