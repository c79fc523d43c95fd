import Diagnostics

// Reading what others have written, and what was there before.
extension Store {
  /// Opens the files where they were not there yet.
  func openIfThere() throws(StoreProblem) {
    guard files == nil, case .disk(let disk, let path, _, _, _) = place,
      let directory = try StoreDirectory(path, on: disk)
    else { return }
    files = StoreFiles(directory, limits)
  }

  func catchUpToWrite(_ files: StoreFiles) throws(StoreProblem) {
    guard try files.directory.isInPlace() else { throw .replaced(path: files.directory.path) }
    try readOn(files)
    if let damage = files.journal.damage {
      leaveOutNotice(of: damage)
      throw damage
    }
    guard files.journal.isWritable else {
      throw .newerFormat(
        path: files.directory.path, version: SegmentHeader.currentFormat + 1)
    }
    if let notice = try files.journal.cutTail() { note(notice) }
    setUnusableAside(files)
  }

  func readOn(_ files: StoreFiles) throws(StoreProblem) {
    // What was damaged may have been put in order.
    var mustStartOver = files.journal.damage != nil
    while true {
      if mustStartOver { startOver(files) }
      if files.journal.isUnread { try beginWithSnapshot(files) }
      let progress: Journal.Progress
      do throws(StoreProblem) {
        var told = ReadingProgress(files.journal, limits.longRead, self.progress)
        progress = try files.journal.readOn { (record) throws(Damage) in
          try replay(record)
          told.note(record.header.recordLength, of: files.journal)
        }
      } catch {
        guard isSnapshotDamaged else { throw error }
        progress = .diverged
      }
      if let snapshot, snapshot.isDamaged || files.journal.hasUnfitRecord {
        giveUp(snapshot.name, snapshot.witness)
        mustStartOver = true
        continue
      }
      if case .done = progress { return }
      mustStartOver = true
    }
  }

  func startOver(_ files: StoreFiles) {
    files.startOver()
    forgetAll()
  }

  func replay(_ record: Journal.Record) throws(Damage) {
    var input = ByteReader(record.bytes, record.payload)
    if record.header.kind == .origin {
      table = try Origin(from: &input).table
      origin = table
      return
    }
    let context = try CommitContext(from: &input, time: record.header.time)
    let first = input.position
    var restarts: [Int] = []
    var weight = 0
    var changes = ChangeUnpacker(record.bytes, from: first, to: record.payload.upperBound)
    let rowCount = table.rowCount
    var count = 0
    do throws(Damage) {
      while !changes.isAtEnd {
        if count % ChangePacker.restartInterval == 0 {
          restarts.append(changes.position - record.payload.lowerBound)
        }
        weight += try replayNext(of: &changes)
        count += 1
      }
      guard count == record.header.count else { throw Damage("number of changes") }
    } catch {
      changes = ChangeUnpacker(record.bytes, from: first, to: record.payload.upperBound)
      try takeBack(count, of: &changes, rowCount)
      index.truncate(to: history.lastChange)
      throw error
    }
    history.append(
      count: count, time: record.header.time, actor: context.actor, place: record.place)
    history.noteLastPayload(
      record.bytes.span.extracting(record.payload), restarts: restarts)
    tail.note(changes: weight, bytes: record.payload.count)
  }

  /// Applies the next change, and says what that takes.
  private func replayNext(of changes: inout ChangeUnpacker) throws(Damage) -> Int {
    switch try changes.nextDeed(rowCount: table.rowCount) {
    case .flip(let flip):
      guard apply(flip) else { throw Damage("change") }
      return JournalTail.cellFlip
    case .effects(let effects):
      guard table.fits(effects) else { throw Damage("change") }
      index.note(effects, in: table)
      table.apply(effects)
      return JournalTail.weight(of: effects)
    }
  }

  /// Takes back the first changes of a transaction that can't be read to its end.
  private func takeBack(
    _ count: Int, of changes: inout ChangeUnpacker, _ rowCount: Int
  ) throws(Damage) {
    var rows = rowCount
    var applied: [Effects] = []
    for _ in 0..<count {
      let effects = try changes.next(rowCount: rows).effects
      rows += effects.created.count
      applied.append(effects)
    }
    for effects in applied.reversed() { table.revert(effects) }
  }
}

/// Tells how far a long part of the journal is read.
private struct ReadingProgress {
  /// Less is read in no time.
  private let least: Int
  private let report: ProgressReport
  private let start: Int
  private var done = 0
  /// Bytes to be read, once it is known that there are many.
  private var total: Int?

  init(_ journal: Journal, _ least: Int, _ report: @escaping ProgressReport) {
    self.least = least
    self.report = report
    start = journal.byteCount
  }

  mutating func note(_ bytes: Int, of journal: Journal) {
    done += bytes
    guard done > least else { return }
    let total = total ?? ((try? journal.sizeOnDisk()) ?? 0) - start
    self.total = total
    if total > 0 { report(.reading, done, total) }
  }
}
