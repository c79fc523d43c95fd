package import Diagnostics

extension Store {
  /// Copies a store as it is at one moment, while others may write to it.
  ///
  /// What is copied was acknowledged; a commit that is under way is left out. The copy appears whole
  /// or not at all, and never over something.
  ///
  /// - Returns: the last change in the copy.
  package static func backup(_ path: Text, to newPath: Text) throws(StoreProblem) -> Int {
    try backup(path, to: newPath, on: SystemDisk())
  }

  static func backup(_ path: Text, to newPath: Text, on disk: any Disk) throws(StoreProblem) -> Int
  {
    guard let directory = try StoreDirectory(path, on: disk) else { throw .notAStore(path: path) }
    let wasHeld = WriterLock(directory).isHeldElsewhere()
    let files = StoreFiles(directory)
    // Before the journal is read, so that it has their changes.
    let snapshots = try SnapshotVerification(directory)
    files.journal.witnesses = snapshots.witnesses
    // The first pass finds where to stop: what is being committed may still be given up.
    try files.journal.readThrough()
    let journal = files.journal
    var last = journal.lastChange
    if wasHeld || files.lock.isHeldElsewhere(), let slot = journal.head.newest {
      last = min(last, slot.lastChange)
    }
    let copied = Journal(directory)
    copied.lastWanted = last
    try copied.readThrough()
    try StoreCopy(copied, snapshots.newest(upTo: last), to: newPath).run()
    return copied.lastChange
  }
}

extension Journal {
  /// Reads all records, and nothing of what they hold.
  fileprivate func readThrough() throws(StoreProblem) {
    let progress = try readOn { _ in }
    if let damage { throw damage }
    if case .diverged = progress {
      throw .system(
        path: directory.path, operation: "copy", reason: "a commit failed meanwhile; run again")
    }
  }
}

/// Writes a copy of a journal, as far as it was read, as a new store.
private struct StoreCopy {
  let journal: Journal
  /// What lets the copy open as fast.
  let snapshot: SnapshotFile?
  let placement: Placement

  init(_ journal: Journal, _ snapshot: SnapshotFile?, to path: Text) {
    self.journal = journal
    self.snapshot = snapshot
    placement = Placement(disk: journal.directory.disk, path: path)
  }

  func run() throws(StoreProblem) {
    var files: [DiskHandle] = []
    for index in journal.segments.indices { files.append(try journal.file(of: index)) }
    try placement.place { (disk, folder) throws(DiskFailure) in
      for (segment, original) in zip(journal.segments, files) {
        let file = try disk.open(segment.name.text, in: folder, as: .create)
        defer { disk.close(file) }
        var offset = 0
        while offset < segment.end {
          let bytes = try disk.read(
            original, at: offset, count: min(1 << 20, segment.end - offset))
          guard !bytes.isEmpty else {
            throw DiskFailure(reason: .other(0), operation: "copy", words: "it became shorter")
          }
          try disk.writeAll(bytes, to: file, at: offset)
          offset += bytes.count
        }
        try disk.sync(file, dataOnly: false)
      }
      guard let snapshot else { return }
      let copy = try disk.open(snapshot.name.text, in: folder, as: .createImmutable)
      defer { disk.close(copy) }
      try snapshot.write(to: copy, on: disk)
      try disk.sync(copy, dataOnly: false)
    }
  }
}
