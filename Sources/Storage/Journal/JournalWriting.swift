import Diagnostics

// What only the holder of the writer's lock does.
extension Journal {
  /// Makes one record durable.
  ///
  /// - Throws: where it is not; then readers will not see it either.
  func append(count: Int, time: Int64, payload: Payload) throws(StoreProblem) -> Saved {
    if isAbandoned || isFull(adding: RecordHeader.recordLength(payload: payload.count)) {
      try startSegment()
    }
    let record = NewRecord(
      firstChange: nextChange, count: count, time: time, previousChain: chain, payload: payload)
    let segment = segments.count - 1
    let offset = segments[segment].end
    let file = try directory.open(segments[segment].name.text, as: .readWrite)
    defer { directory.disk.close(file) }
    if offset == SegmentHeader.size { try makeNameDurable() }
    let written = try write(record, to: file, at: offset)
    do throws(DiskFailure) {
      try directory.disk.sync(file, dataOnly: true)
    } catch {
      abandon(file, at: offset)
      throw .notSaved(
        path: directory.full(segments[segment].name.text), reason: error.words)
    }
    accept(written.header)
    segments[segment].acknowledged = segments[segment].end
    writeHead()
    return saved(written, in: segment, at: offset)
  }

  /// Where a record's payload is, and the checksums of its blocks.
  typealias Saved = (place: History.Place, blocks: [UInt64])

  private func saved(_ record: WrittenRecord, in segment: Int, at offset: Int) -> Saved {
    let place = History.Place.journal(
      segment: segment, offset: offset + RecordHeader.size,
      length: Int(record.header.payloadLength), checksum: record.header.payloadChecksum)
    return (place, record.blocks)
  }

  /// Begins behind the two records of a store that was just made here, and that is not read again.
  func begin(
    behind origin: RecordHeader, _ first: WrittenRecord
  ) throws(StoreProblem) -> Saved {
    try openFirst()
    accept(origin)
    let offset = segments[0].end
    let bytes = try directory.read(
      file(of: 0), segments[0].name.text, at: offset, count: RecordHeader.size)
    guard bytes.count == RecordHeader.size, RecordHeader(bytes.span, at: 0) == first.header else {
      throw damaged(0, "the record at byte \(offset) is not valid")
    }
    accept(first.header)
    segments[0].acknowledged = segments[0].end
    return saved(first, in: 0, at: offset)
  }

  /// Syncs the directory for the first record of a segment.
  ///
  /// Whoever made the segment may have been killed just before that, or been told that it failed.
  private func makeNameDurable() throws(StoreProblem) {
    if isNameDurable { return }
    do throws(DiskFailure) {
      try directory.disk.sync(directory.handle, dataOnly: false)
    } catch {
      throw .notSaved(path: directory.path, reason: error.words)
    }
    isNameDurable = true
  }

  /// Puts down that all that was read or written so far is acknowledged.
  func writeHead() {
    guard let segment = segments.last else { return }
    head.write(
      HeadSlot(
        store: store, sequence: 0, lastChange: lastChange, segment: segment.name,
        end: segment.end, time: lastTime, chain: chain),
      in: directory)
  }

  private func isFull(adding count: Int) -> Bool {
    guard let end = segments.last?.end else { return false }
    return end > SegmentHeader.size && end + count > limits.segmentSize
  }

  /// Reserves the space first, so that a full disk is noticed before anything is written.
  private func write(
    _ record: NewRecord, to file: DiskHandle, at offset: Int
  ) throws(StoreProblem) -> WrittenRecord {
    let path = directory.full(segments[segments.count - 1].name.text)
    do throws(DiskFailure) {
      do throws(DiskFailure) {
        try directory.disk.allocate(file, at: offset, count: record.length)
      } catch  where error.reason == .unsupported {
        // Such a file system tells when it is written to.
      }
      return try record.write(
        to: file, at: offset, on: directory.disk, atOnce: limits.longestRecordAtOnce)
    } catch {
      do throws(DiskFailure) {
        try directory.disk.truncate(file, to: offset)
      } catch {
        isAbandoned = true
      }
      throw StoreProblem(error, path)
    }
  }

  /// Gives up a segment whose sync has failed, at its last durable record.
  ///
  /// Linux forgets which pages it could not write, so that a second sync would succeed and mean
  /// nothing. The next record goes to a new segment, which says where this one ends; where even
  /// that can't be made now, the next transaction tries again.
  private func abandon(_ file: DiskHandle, at end: Int) {
    isAbandoned = true
    try? directory.disk.truncate(file, to: end)
    try? startSegment()
  }

  /// Begins a segment that fixes where the last one ends.
  func startSegment() throws(StoreProblem) {
    guard let last = segments.last else { return }
    let isFirstName = last.name.firstChange != nextChange
    let header = SegmentHeader(
      store: store,
      name: SegmentName(
        firstChange: nextChange, attempt: isFirstName ? 0 : last.name.attempt + 1),
      previous: last.name, previousEnd: last.end, previousChain: chain, previousTime: lastTime)
    let name = header.name.text
    let temporary = Text("new-\(name)")
    let bytes = header.bytes
    let file = try directory.attempt(temporary) { (disk, handle) throws(DiskFailure) in
      if try disk.facts(of: temporary, in: handle) != nil {
        try disk.remove(temporary, in: handle, isDirectory: false)
      }
      return try disk.open(temporary, in: handle, as: .create)
    }
    do throws(StoreProblem) {
      try directory.attempt(name) { (disk, handle) throws(DiskFailure) in
        try disk.writeAll(bytes, to: file, at: 0)
        try disk.sync(file, dataOnly: false)
        try disk.rename(temporary, in: handle, to: name, in: handle)
        try disk.sync(handle, dataOnly: false)
      }
    } catch {
      directory.disk.close(file)
      throw error
    }
    add((header, file))
    isNameDurable = true
  }

  /// Cuts off what a commit that did not finish has left behind the last good record.
  ///
  /// The bytes are kept in `quarantine/`, unless they are all zeros.
  ///
  /// - Throws: where a good record follows, so that what is before it is damage and no torn tail.
  func cutTail() throws(StoreProblem) -> StoreNotice? {
    guard tail > 0, let segment = segments.last else { return nil }
    let name = segment.name.text
    let bytes = try directory.read(
      file(of: segments.count - 1), name, at: segment.end, count: tail)
    if Journal.hasLaterRecord(bytes) {
      throw .damaged(
        path: directory.full(name), detail: Journal.laterRecordDetail(segment.end),
        lastGood: lastChange, lost: try lostChanges())
    }
    let isBlank = Journal.isBlank(bytes)
    let kept = Quarantine.name(for: name, at: segment.end)
    if !isBlank { try Quarantine(directory).keep(bytes, as: kept) }
    try cutLastSegment()
    return isBlank
      ? nil
      : .tailCut(
        file: directory.full(name), bytes: bytes.count,
        quarantine: directory.full("quarantine/\(kept)"))
  }

  /// Whether behind a record that is not valid one begins that is: then the first was saved too.
  static func hasLaterRecord(_ bytes: [UInt8]) -> Bool {
    stride(from: RecordHeader.alignment, to: bytes.count, by: RecordHeader.alignment).contains {
      RecordHeader(bytes.span, at: $0) != nil
    }
  }

  static func laterRecordDetail(_ offset: Int) -> String {
    "the record at byte \(offset) is not valid, but a later one is"
  }

  static func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 == 0 } }

  /// Cuts the last segment after its last good record.
  func cutLastSegment() throws(StoreProblem) {
    guard let segment = segments.last else { return }
    let file = try directory.open(segment.name.text, as: .readWrite)
    defer { directory.disk.close(file) }
    try directory.attempt(segment.name.text) { (disk, _) throws(DiskFailure) in
      try disk.truncate(file, to: segment.end)
      try disk.sync(file, dataOnly: false)
    }
    tail = 0
  }
}
