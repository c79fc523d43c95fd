import Diagnostics

// Writing on after damage, which nobody does unless told to.
extension Store {
  /// Keeps the last good state of a store, and sets aside in `quarantine/` what is damaged.
  ///
  /// Nothing is thrown away. A power cut in between leaves the store damaged still, or recovered.
  ///
  /// - Returns: what was done and what is lost by it; nil where the store was not damaged.
  package func recover(_ context: CommitContext) throws(StoreProblem) -> StoreNotice? {
    precondition(!isInTransaction)
    if isReadOnly { throw .readOnly }
    guard let files, let path else { throw .notAStore(path: path ?? "memory") }
    try files.lock.take(
      timeout: lockTimeout, process: files.directory.disk.process, user: context.user,
      time: context.time)
    defer { files.lock.giveBack() }
    guard try files.directory.isInPlace() else { throw .replaced(path: path) }
    guard let lost = try lostByDamage(files) else { return nil }
    guard files.journal.isWritable else {
      throw .newerFormat(path: path, version: SegmentHeader.currentFormat + 1)
    }
    try files.journal.setDamageAside()
    try readOn(files)
    if let damage = files.journal.damage { throw damage }
    return .recovered(path: path, lastGood: history.lastChange, lost: lost)
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
      case .foreignFile(files.directory.full(Head.fileName), _):
        return try files.journal.lostChanges()
      default: throw error
      }
    }
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
    if try directory.facts(of: last.file, last.name.text).size > last.end {
      try quarantine.keep(last.file, last.name.text, from: last.end)
    }
    let hasHead = try directory.attempt(Head.fileName) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: Head.fileName, in: handle) != nil
    }
    if hasHead { try quarantine.move(Head.fileName) }
    try cutLastSegment()
    // What follows is to be read as what it is now.
    damage = StoreProblem.damaged(
      path: directory.full(last.name.text), detail: "it was recovered", lastGood: lastChange,
      lost: nil)
  }
}
