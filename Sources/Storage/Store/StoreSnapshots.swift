import Diagnostics

// Beginning with a snapshot.
extension Store {
  /// Whether something was read that is not as it was written: then no answer may be given away, and
  /// nothing committed, before `rebuild`.
  package var isSnapshotDamaged: Bool { snapshot?.isDamaged ?? false }

  /// Whether answers may be read from a snapshot, whose blocks are verified when they are read.
  package var usesSnapshot: Bool { snapshot != nil }

  /// What it takes to read what is behind the newest snapshot, and what is pending; in nanoseconds about.
  package var tailWeight: Int { tail.weight + (transaction?.weights.last ?? 0) }

  /// Verifies all of the snapshot that was not read yet.
  package func verifySnapshot() { snapshot?.file.touchAll() }

  /// Takes the newest snapshot that is whole and of this journal, so that only what is behind it has
  /// to be read; where there is none, the journal is read from its beginning.
  ///
  /// Those that are passed over are evidence of what was acknowledged.
  func beginWithSnapshot(_ files: StoreFiles) throws(StoreProblem) {
    let folder = SnapshotFolder(directory: files.directory)
    // Two at once may be removed by a writer who has taken newer ones meanwhile.
    for _ in 0..<3 {
      files.journal.witnesses = unusable.values.compactMap { $0 }
      var isOvertaken = false
      let last = files.journal.lastWanted ?? .max
      for name in try folder.names() where unusable[name] == nil && name.change <= last {
        switch try SnapshotFile.open(name, in: files.directory) {
        case .whole(let file):
          if try take(file, files) { return }
          files.journal.witnesses.append(file.witness)
        case .damaged(let header):
          giveUp(name, header?.witness)
          if let header { files.journal.witnesses.append(header.witness) }
        case .absent: isOvertaken = true
        case .ofLaterFormat: break
        }
      }
      if !isOvertaken { return }
    }
  }

  /// Takes everything from a snapshot; false where it is of no use, and then nothing is taken.
  private func take(_ file: SnapshotFile, _ files: StoreFiles) throws(StoreProblem) -> Bool {
    let earlier: [Journal.Segment]
    do throws(Damage) {
      earlier = try read(file)
    } catch {
      forgetAll()
      giveUp(file.name, file.witness)
      return false
    }
    do throws(StoreProblem) {
      if try files.journal.begin(at: file.witness, behind: earlier) { return true }
    } catch {
      forgetAll()
      throw error
    }
    forgetAll()
    return false
  }

  /// Takes the table and the history from a snapshot.
  ///
  /// - Returns: the journal's segments before the one that goes on.
  private func read(_ file: SnapshotFile) throws(Damage) -> [Journal.Segment] {
    let segments = try Journal.Segment.read(from: file)
    var input = ByteReader(try file.values(SectionName(.origin), as: UInt8.self).array)
    let origin = try Origin(from: &input).table
    let table = try Table(from: file)
    try takeHistory(from: file)
    guard history.lastChange == file.header.position.change,
      history.lastTime == file.header.position.time, !file.isDamaged
    else { throw Damage("history") }
    self.origin = origin
    self.table = table
    snapshot = file
    return segments
  }

  func forgetAll() {
    origin = Origin.standard.table
    table = origin
    history = History()
    index = ChangeIndex()
    lastChanges = LastChanges()
    snapshot = nil
    tail = JournalTail()
    recent = RecentPayload()
  }

  /// Never uses a snapshot again, and says so.
  func giveUp(_ name: SnapshotName, _ witness: SnapshotWitness?) {
    guard let files, unusable.updateValue(witness, forKey: name) == nil else { return }
    if !files.lock.isHeld {
      note(.snapshotDamaged(file: files.directory.full(name.text), quarantine: nil))
    }
  }

  /// Moves snapshots that are of no use out of the way: for the holder of the writer's lock.
  func setUnusableAside(_ files: StoreFiles) {
    let folder = SnapshotFolder(directory: files.directory)
    for name in unusable.keys.sorted() {
      guard let place = try? folder.setAside(name) else { continue }
      unusable[name] = nil
      note(.snapshotDamaged(file: files.directory.full(name.text), quarantine: place))
    }
  }
}

// MARK: - A snapshot that turns out damaged

extension Store {
  /// Builds everything anew from an older snapshot or the journal, as it was at a savepoint.
  ///
  /// What was appended up to the savepoint was computed before the damage was touched: it stays.
  /// What came after is forgotten. A transaction without the lock still stands on what it began with,
  /// though others have committed since.
  ///
  /// - Throws: where the journal can't be read either; then no transaction is open any more.
  package func rebuild(to savepoint: Savepoint) throws(StoreProblem) {
    guard let files, let snapshot else { return }
    let count = min(savepoint.pending, transaction?.changes.count ?? 0)
    let kept = (0..<count).map { pendingChange($0).effects }
    let known = history.lastChange
    do throws(Damage) {
      try transaction?.changes.truncate(to: count)
    } catch {
      preconditionFailure("a pending change can't be read: \(error.part)")
    }
    transaction?.rowCounts.removeSubrange(count...)
    transaction?.weights.removeSubrange(count...)
    let open = transaction
    transaction = nil
    giveUp(snapshot.name, snapshot.witness)
    if let open, open.standing != .locked { files.journal.lastWanted = known }
    defer { files.journal.lastWanted = nil }
    do throws(StoreProblem) {
      startOver(files)
      try readOn(files)
      if let damage = files.journal.damage, open != nil { throw damage }
      // Where a writer has given up a record that was read, what is pending was not made for that.
      guard open == nil || history.lastChange == known else {
        throw .snapshotDamaged(path: files.directory.path)
      }
    } catch {
      end()
      throw error
    }
    if files.lock.isHeld { setUnusableAside(files) }
    transaction = open
    for effects in kept { apply(effects) }
  }
}

// MARK: - Taking one

extension Store {
  /// Takes a snapshot of what is committed.
  ///
  /// - Returns: the change that it is of and its size in bytes; a size of nil where there was one
  ///   already.
  /// - Throws: where the store is read-only, locked or damaged, or the snapshot can't be written.
  package func takeSnapshot(
    _ context: CommitContext
  ) throws(StoreProblem) -> (change: Int, bytes: Int?) {
    try begin(context)
    defer { end() }
    transaction = nil
    return (history.lastChange, try writeSnapshot())
  }

  /// Takes a snapshot where this process has written and the next one would have much to read.
  ///
  /// For a process that ends. Nobody is waited for: who writes now takes one when it is time.
  package func finish(_ context: CommitContext) {
    guard hasCommitted, !isInTransaction, tail.weight > longestTailAtEnd, let files else { return }
    do throws(StoreProblem) {
      try files.lock.take(
        timeout: 0, process: files.directory.disk.process, user: context.user, time: context.time)
      defer { end() }
      try catchUpToWrite(files)
      if tail.weight > longestTailAtEnd { _ = try writeSnapshot() }
    } catch {
      if case .locked = error { return }
      note(.snapshotFailed(error))
    }
  }

  /// A snapshot is worth its while where it saves the next process a fortieth of what it takes, which
  /// is about 5 ns for a byte.
  private var longestTailAtEnd: Int {
    max(limits.longestTailAtEnd, min(table.likelySize * 5 / 40, limits.longestTail))
  }

  /// Takes a snapshot after a commit; that it fails is no failure of the commit.
  func takeSnapshotIfPossible() {
    do throws(StoreProblem) {
      _ = try writeSnapshot()
    } catch {
      // Not at each commit again.
      tail = JournalTail()
      note(.snapshotFailed(error))
    }
    // Writing one reads all that the one before has.
    if isSnapshotDamaged { try? rebuild(to: savepoint) }
  }

  /// Writes a snapshot of the state now: for the holder of the writer's lock.
  private func writeSnapshot() throws(StoreProblem) -> Int? {
    guard let files, let position = files.journal.position,
      position.change == history.lastChange
    else { return nil }
    try bringLastChangesUpToDate()
    let folder = SnapshotFolder(directory: files.directory)
    let (report, likelySize) = (progress, table.likelySize)
    report(.takingSnapshot, 0, likelySize)
    let size = try folder.take(
      store: files.journal.store, at: position,
      progress: { report(.takingSnapshot, min($0, likelySize), likelySize) }
    ) { writer in
      files.journal.writeSegments(before: position.segment, to: &writer)
      let origin = Origin(catalog: origin.catalog, attributes: origin.attributes).payload
      writer.write(SectionName(.origin), origin.span)
      table.write(to: &writer)
      do throws(StoreProblem) {
        try writeHistory(to: &writer)
      } catch {
        return false
      }
      return !isSnapshotDamaged
    }
    tail = JournalTail()
    return size
  }
}

extension Table {
  /// About how many bytes a snapshot of it has: enough to say how far it is.
  fileprivate var likelySize: Int {
    let texts = [ids.base, names.base] + columns.map(\.dictionary)
    // A text has its place in the order, and where it ends.
    let textBytes = texts.reduce(0) { $0 + $1.byteCount + 6 * $1.count }
    return 1 + rowCount * (bits.count + 2) / 8 + rowCount * 4 * (columns.count + 1) + textBytes
  }
}
