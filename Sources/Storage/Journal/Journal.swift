import Diagnostics

/// The journal of one store: its segments, in order, and how far they have been read.
///
/// It reads forward only. What is after the last good record of the last segment is either being
/// written right now or was cut short; a writer, who is alone, knows which.
final class Journal {
  struct Segment {
    let name: SegmentName
    /// Nil as long as nothing in it was asked for.
    var file: DiskHandle?
    /// Where its good records end, as far as they were read.
    var end: Int
    /// Where the last record ends that was made durable here: none before it may ever be missing.
    var acknowledged = 0
  }

  /// A good record, and the bytes that hold its payload.
  struct Record {
    let header: RecordHeader
    let bytes: [UInt8]
    let payload: Range<Int>
    let place: History.Place
  }

  let directory: StoreDirectory
  /// How long its segments become, and what is written of a record at once.
  let limits: StoreLimits
  var segments: [Segment] = []
  private(set) var store: [UInt8] = []
  var head = Head()
  /// What snapshots say that was acknowledged.
  var witnesses: [SnapshotWitness] = []
  /// Why reading ended before the journal does, and what is lost by it; then nothing is written.
  var damage: StoreProblem?
  /// Whether a record that is as it was written does not fit what was known before it.
  private(set) var hasUnfitRecord = false
  /// Whether each chain value is computed again, and not only compared with the one before.
  let computesChain: Bool
  /// The change to stop at; nil to read all.
  var lastWanted: Int?
  private(set) var chain: [UInt8] = Array(repeating: 0, count: 32)
  private(set) var lastTime: Int64 = .min
  private(set) var nextChange = 0
  /// Where the last record begins that was read or written.
  private(set) var lastRecord: (segment: Int, offset: Int)?
  /// Features of the store that forbid writing to it.
  private(set) var isWritable = true
  /// A sync of the last segment has failed: nothing more may be written to it.
  var isAbandoned = false
  /// The last segment's name is known to outlive a power cut.
  var isNameDurable = false
  /// Bytes behind the last good record.
  var tail = 0
  private var window: (start: Int, bytes: [UInt8]) = (0, [])

  init(
    _ directory: StoreDirectory, limits: StoreLimits = StoreLimits(),
    computesChain: Bool = false
  ) {
    self.directory = directory
    self.limits = limits
    self.computesChain = computesChain
  }

  deinit {
    for segment in segments {
      if let file = segment.file { directory.disk.close(file) }
    }
  }

  /// Bytes of all segments, as far as they were read.
  var byteCount: Int { segments.reduce(0) { $0 + $1.end } }

  /// Bytes of all segments that are there now.
  func sizeOnDisk() throws(StoreProblem) -> Int {
    var size = 0
    for name in try segmentNames() {
      size += try directory.attempt(name.text) { (disk, handle) throws(DiskFailure) in
        try disk.facts(of: name.text, in: handle)?.size ?? 0
      }
    }
    return size
  }

  /// The last change that was read.
  var lastChange: Int { max(0, nextChange - 1) }

  func damaged(_ segment: Int, _ detail: String) -> StoreProblem {
    .damaged(
      path: directory.full(segments[segment].name.text), detail: detail, lastGood: lastChange,
      lost: nil)
  }
}

// MARK: - Reading

extension Journal {
  /// What reading forward came to.
  enum Progress {
    case done
    /// A writer abandoned a record that was read before it was known to be durable: read all again.
    case diverged
  }

  /// Reads all records that were not yet read.
  ///
  /// Damage behind the first record ends it: what is before can be read all the same.
  ///
  /// - Throws: where there is nothing to read, or files of two stores are mixed.
  func readOn(_ body: (Record) throws(Damage) -> Void) throws(StoreProblem) -> Progress {
    // Before the records: what it says is acknowledged is in them by now.
    try head.load(from: directory)
    do throws(StoreProblem) {
      let progress = try readForward(body)
      if case .done = progress { try compareWithEvidence() }
      return progress
    } catch {
      guard case .damaged(let path, let detail, _, _) = error, nextChange > 0 else { throw error }
      tail = 0
      damage = .damaged(
        path: path, detail: detail, lastGood: lastChange, lost: try lostChanges())
      return .done
    }
  }

  private func readForward(
    _ body: (Record) throws(Damage) -> Void
  ) throws(StoreProblem) -> Progress {
    if segments.isEmpty { try openFirst() }
    while true {
      let successor: Opened?
      do throws(StoreProblem) {
        successor = try openSuccessor()
      } catch {
        // What is before it can still be read.
        if case .damaged = error { try readSegment(upTo: nil, body) }
        throw error
      }
      let size = try size(of: segments.count - 1)
      let end = successor?.header.previousEnd ?? size
      guard end >= segments[segments.count - 1].end else {
        if let successor { directory.disk.close(successor.file) }
        guard end >= segments[segments.count - 1].acknowledged else {
          throw damaged(segments.count - 1, "changes that were saved are missing from it")
        }
        return .diverged
      }
      do throws(StoreProblem) {
        try readSegment(upTo: successor?.header.previousEnd, body)
        guard let successor else { return .done }
        if hasAllWanted {
          directory.disk.close(successor.file)
          return .done
        }
        try check(successor.header)
      } catch {
        if let successor { directory.disk.close(successor.file) }
        throw error
      }
      if let successor { add(successor) }
    }
  }

  /// Whether a segment follows the records that were read from the one before.
  private func check(_ next: SegmentHeader) throws(StoreProblem) {
    guard next.previousChain == chain else {
      throw .foreignHistory(
        path: directory.full(next.name.text),
        other: directory.full(segments[segments.count - 1].name.text))
    }
    guard next.previousTime == lastTime, next.name.firstChange == nextChange else {
      throw damaged(segments.count - 1, "'\(next.name.text)' does not follow what it holds")
    }
  }

  private func compareWithEvidence() throws(StoreProblem) {
    guard lastWanted == nil else { return }
    try compareWithWitnesses()
    guard let slot = head.newest, let last = segments.last else { return }
    let path = directory.full(Head.fileName)
    guard slot.store == store else {
      throw .foreignFile(path: path, other: directory.full(last.name.text))
    }
    guard slot.lastChange <= lastChange else {
      throw damaged(
        segments.count - 1, "it ends with change \(lastChange), but \(slot.lastChange) was saved")
    }
    guard slot.lastChange < lastChange || slot.chain == chain else {
      throw .foreignHistory(path: path, other: directory.full(last.name.text))
    }
  }

  private var hasAllWanted: Bool {
    if let lastWanted { nextChange > 0 && lastChange >= lastWanted } else { false }
  }

  typealias Opened = (header: SegmentHeader, file: DiskHandle)

  func add(_ opened: Opened) {
    segments.append(
      Segment(name: opened.header.name, file: opened.file, end: SegmentHeader.size))
    isWritable = isWritable && opened.header.readOnlyCompatible == 0
    isAbandoned = false
    isNameDurable = false
    window = (0, [])
  }

  /// Begins behind a record, as if all up to it had been read.
  func begin(at position: JournalPosition, _ opened: Opened, behind earlier: [Segment]) {
    store = opened.header.store
    segments = earlier
    add(opened)
    segments[segments.count - 1].end = position.end
    segments[segments.count - 1].acknowledged = position.end
    lastRecord = (segments.count - 1, position.lastRecord)
    chain = position.chain
    lastTime = position.time
    nextChange = position.change + 1
  }

  func openFirst() throws(StoreProblem) {
    guard let first = try segmentNames().first else { throw .notAStore(path: directory.path) }
    let opened = try open(first)
    guard opened.header.previous == nil, first.firstChange == 0 else {
      directory.disk.close(opened.file)
      throw .damaged(
        path: directory.full(first.text), detail: "it is not the journal's beginning", lastGood: 0,
        lost: nil)
    }
    store = opened.header.store
    add(opened)
  }

  /// Opens the segment that says it follows the last one; nil where there is none yet.
  private func openSuccessor() throws(StoreProblem) -> Opened? {
    guard let last = segments.last,
      let name = try segmentNames().first(where: { $0 > last.name })
    else { return nil }
    let opened = try open(name)
    guard opened.header.previous == last.name else {
      directory.disk.close(opened.file)
      throw damaged(segments.count - 1, "'\(name.text)' does not follow it")
    }
    guard opened.header.store == store else {
      directory.disk.close(opened.file)
      throw .foreignFile(path: directory.full(name.text), other: directory.full(last.name.text))
    }
    return opened
  }

  func segmentNames() throws(StoreProblem) -> [SegmentName] {
    try directory.names().compactMap { SegmentName($0) }.sorted()
  }

  func open(_ name: SegmentName) throws(StoreProblem) -> Opened {
    let file = try directory.open(name.text, as: .read)
    do throws(StoreProblem) {
      let bytes = try directory.read(file, name.text, at: 0, count: SegmentHeader.size)
      return (try header(bytes, name), file)
    } catch {
      directory.disk.close(file)
      throw error
    }
  }

  private func header(_ bytes: [UInt8], _ name: SegmentName) throws(StoreProblem) -> SegmentHeader {
    do throws(SegmentHeader.Fault) {
      let header = try SegmentHeader(bytes)
      if header.name == name { return header }
    } catch {
      switch error {
      case .newerFormat(let version): throw .newerFormat(path: directory.path, version: version)
      case .notASegment, .damaged: break
      }
    }
    throw .damaged(
      path: directory.full(name.text), detail: "its header is not valid", lastGood: lastChange,
      lost: nil)
  }

  /// Reads the last segment's records up to its fixed end, or as far as they are good.
  private func readSegment(
    upTo fixedEnd: Int?, _ body: (Record) throws(Damage) -> Void
  ) throws(StoreProblem) {
    let index = segments.count - 1
    let segment = segments[index]
    let size = try size(of: index)
    let limit = min(fixedEnd ?? size, size)
    guard segment.end <= size else { throw damaged(index, "it is too short") }
    tail = 0
    // What was read ahead may have been written since.
    window = (0, [])
    while segments[index].end < limit {
      if hasAllWanted { return }
      guard let record = try record(at: segments[index].end, limit: limit) else {
        guard fixedEnd == nil else {
          throw damaged(index, "the record at byte \(segments[index].end) is not valid")
        }
        tail = size - segments[index].end
        return
      }
      do throws(Damage) {
        try body(record)
      } catch {
        hasUnfitRecord = true
        throw damaged(
          index, "the \(error.part) in the record at byte \(segments[index].end) is not valid")
      }
      accept(record.header)
      compareWithWitnesses(of: lastChange)
    }
    if let fixedEnd, segments[index].end != fixedEnd { throw damaged(index, "it is too short") }
  }

  func accept(_ header: RecordHeader) {
    lastRecord = (segments.count - 1, segments[segments.count - 1].end)
    segments[segments.count - 1].end += header.recordLength
    chain = header.chain
    lastTime = header.time
    nextChange = max(1, Int(header.firstChange) + Int(header.count))
  }

  func size(of segment: Int) throws(StoreProblem) -> Int {
    try directory.facts(of: file(of: segment), segments[segment].name.text).size
  }

  /// The record at an offset of the last segment; nil where its bytes are not those of a record.
  private func record(at offset: Int, limit: Int) throws(StoreProblem) -> Record? {
    let index = segments.count - 1
    try load(offset, count: RecordHeader.size, limit: limit)
    guard let header = RecordHeader(window.bytes.span, at: offset - window.start),
      header.payloadLength <= UInt64(limit - offset - RecordHeader.size)
    else { return nil }
    let length = Int(header.payloadLength)
    try load(offset, count: RecordHeader.size + length, limit: limit)
    let start = offset - window.start + RecordHeader.size
    guard start + length <= window.bytes.count,
      XXH64.hash(window.bytes.span.extracting(start..<start + length)) == header.payloadChecksum
    else { return nil }
    let isOrigin = header.kind == .origin
    guard header.previousChain == chain, header.firstChange == UInt64(nextChange),
      header.time >= lastTime, isOrigin == (nextChange == 0),
      isOrigin ? header.count == 0 : header.count >= 1 && header.count <= header.payloadLength
    else {
      throw damaged(index, "the record at byte \(offset) does not follow the one before")
    }
    if computesChain { try checkChain(header, at: offset) }
    return Record(
      header: header, bytes: window.bytes, payload: start..<start + length,
      place: .journal(
        segment: index, offset: offset + RecordHeader.size, length: length,
        checksum: header.payloadChecksum))
  }

  /// Computes again what covers a record's payload, and looks at the zeros that fill it up.
  private func checkChain(_ header: RecordHeader, at offset: Int) throws(StoreProblem) {
    let index = segments.count - 1
    let start = offset - window.start + RecordHeader.size
    let end = start + Int(header.payloadLength)
    guard
      header.chainValue(payload: window.bytes.span.extracting(start..<end)) == header.chain
    else {
      throw damaged(index, "the chain value at byte \(offset) is not that of the record")
    }
    let length = RecordHeader.size + Int(header.payloadLength)
    let padding = try directory.read(
      file(of: index), segments[index].name.text, at: offset + length,
      count: header.recordLength - length)
    guard padding.count == header.recordLength - length, Journal.isBlank(padding) else {
      throw damaged(index, "what fills up the record at byte \(offset) is not zeros")
    }
  }

  /// Sees to it that the window holds some bytes, as far as there are.
  private func load(_ offset: Int, count: Int, limit: Int) throws(StoreProblem) {
    if offset >= window.start && offset + count <= window.start + window.bytes.count { return }
    let wanted = min(max(count, 1 << 18), limit - offset)
    let name = segments[segments.count - 1].name.text
    let file = try file(of: segments.count - 1)
    window = (offset, try directory.read(file, name, at: offset, count: wanted))
  }
}
