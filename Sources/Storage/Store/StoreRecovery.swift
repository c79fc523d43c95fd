package import Diagnostics

// Writing on after damage, which nobody does unless told to.
extension Store {
  /// Keeps the last good state of a store, and sets aside in `quarantine/` what is damaged.
  ///
  /// Nothing is thrown away. A power cut in between leaves the store damaged still, or recovered.
  ///
  /// - Parameters:
  ///   - path: where the store is.
  ///   - context: who does it, for those who wait for the lock.
  ///   - lockTimeout: how long to wait for a writer, in milliseconds.
  ///   - allowsNetwork: whether to write to a network file system.
  /// - Returns: what was done and what is lost by it; empty where the store was not damaged.
  /// - Throws: where nothing can be read at all, or the store can't be written.
  package static func recover(
    _ path: Text, _ context: CommitContext, lockTimeout: Int = 5_000, allowsNetwork: Bool = false
  ) throws(StoreProblem) -> [StoreNotice] {
    try recover(path, context, lockTimeout, allowsNetwork, on: SystemDisk())
  }

  /// Recovers a store on any disk: for tests.
  package static func recover(
    _ path: Text, _ context: CommitContext, _ lockTimeout: Int = 5_000,
    _ allowsNetwork: Bool = false, on disk: any Disk
  ) throws(StoreProblem) -> [StoreNotice] {
    let store = unread(path, .readWrite, lockTimeout, allowsNetwork, on: disk)
    try store.openIfThere()
    guard let files = store.files else { throw .notAStore(path: path) }
    if !allowsNetwork { try store.refuseNetwork(disk, path) }
    try files.lock.take(
      timeout: lockTimeout, process: disk.process, user: context.user, time: context.time)
    defer { files.lock.giveBack() }
    guard try files.directory.isInPlace() else { throw .replaced(path: path) }
    if let lost = try store.lostByDamage(files) {
      guard files.journal.isWritable else {
        throw .newerFormat(path: path, version: SegmentHeader.currentFormat + 1)
      }
      try files.journal.setDamageAside()
      let again = try open(path, on: disk)
      if let damage = again.files?.journal.damage { throw damage }
      again.files?.journal.writeHead()
      store.note(.recovered(path: path, lastGood: again.lastChange, lost: lost))
    }
    return store.takeNotices()
  }

  private func lostByDamage(_ files: StoreFiles) throws(StoreProblem) -> LostChanges? {
    do throws(StoreProblem) {
      try readOn(files)
      if let damage = files.journal.damage { throw damage }
      if let notice = try files.journal.cutTail() { note(notice) }
      return nil
    } catch {
      switch error {
      case .damaged(_, _, _, let lost?): return lost
      case .foreignHistory: return try files.journal.lostChanges()
      case .foreignFile(let path, _) where isEvidence(path, files):
        return try files.journal.lostChanges()
      default: throw error
      }
    }
  }
}

extension Store {
  /// Whether a file says what was acknowledged, and holds nothing that is not in the journal.
  private func isEvidence(_ path: Text, _ files: StoreFiles) -> Bool {
    path == files.directory.full(Head.fileName)
      || files.journal.witnesses.contains { path == files.directory.full($0.name.text) }
  }
}

extension Journal {
  /// Moves away all that is behind the last good record, evidence last.
  fileprivate func setDamageAside() throws(StoreProblem) {
    guard let last = segments.last else { return }
    let quarantine = try Quarantine(directory)
    for name in try segmentNames().reversed() where name > last.name {
      try quarantine.move(name.text)
    }
    let file = try file(of: segments.count - 1)
    if try directory.facts(of: file, last.name.text).size > last.end {
      try quarantine.keep(file, last.name.text, from: last.end)
    }
    for name in try strangeSnapshots() { try quarantine.move(name.text) }
    let hasHead = try directory.attempt(Head.fileName) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: Head.fileName, in: handle) != nil
    }
    if hasHead { try quarantine.move(Head.fileName) }
    try cutLastSegment()
  }
}
