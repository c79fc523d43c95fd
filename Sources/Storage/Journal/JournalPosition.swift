import Diagnostics

/// A place between two records of the journal, and what is known of it without reading them.
struct JournalPosition: Equatable, Sendable {
  /// The last change before it.
  var change: Int
  /// When that was made.
  var time: Int64
  /// The chain value of the record before.
  var chain: [UInt8]
  var segment: SegmentName
  /// The place itself, as an offset in its segment.
  var end: Int
  /// Where the record before begins.
  var lastRecord: Int
}

/// What a snapshot's header says of the history: evidence, whatever becomes of the rest of the file.
struct SnapshotWitness {
  let name: SnapshotName
  let store: [UInt8]
  let position: JournalPosition
  /// Whether the journal has another record there.
  var isForeign = false
}

// Beginning in the middle.
extension Journal {
  /// Whether nothing has been read yet.
  var isUnread: Bool { segments.isEmpty }

  /// Behind the last record; nil where there is none.
  var position: JournalPosition? {
    guard let lastRecord, lastChange > 0 else { return nil }
    let segment = segments[lastRecord.segment]
    return JournalPosition(
      change: lastChange, time: lastTime, chain: chain, segment: segment.name, end: segment.end,
      lastRecord: lastRecord.offset)
  }

  /// Begins at a position without reading what is before it.
  ///
  /// The record before the position is looked at, so that what is read on is the history that the
  /// position is of.
  ///
  /// - Parameters:
  ///   - witness: whose position it is.
  ///   - earlier: the segments before, with their ends.
  /// - Returns: false where the journal has no such place; then nothing has happened.
  /// - Throws: where the segment there is of a later format, or can't be read.
  func begin(
    at witness: SnapshotWitness, behind earlier: [Segment]
  ) throws(StoreProblem) -> Bool {
    let position = witness.position
    guard try segmentNames().contains(position.segment) else { return false }
    let opened: Opened
    do throws(StoreProblem) {
      opened = try open(position.segment)
    } catch {
      if case .damaged = error { return false }
      throw error
    }
    do throws(StoreProblem) {
      guard opened.header.store == witness.store, try holdsRecord(before: position, opened) else {
        directory.disk.close(opened.file)
        return false
      }
    } catch {
      directory.disk.close(opened.file)
      throw error
    }
    begin(at: position, opened, behind: earlier)
    return true
  }

  /// Whether the record before a position is the one that it says.
  private func holdsRecord(
    before position: JournalPosition, _ opened: Opened
  ) throws(StoreProblem) -> Bool {
    let name = position.segment.text
    let record = try directory.read(
      opened.file, name, at: position.lastRecord, count: RecordHeader.size)
    let size = try directory.facts(of: opened.file, name).size
    guard let header = RecordHeader(record.span, at: 0) else { return false }
    return header.chain == position.chain && header.time == position.time
      && header.recordLength == position.end - position.lastRecord
      && max(header.firstChange, header.count) < UInt64(Int.max / 4)
      && Int(header.firstChange + header.count) == position.change + 1
      && size >= position.end
  }

  /// The open file of a segment.
  ///
  /// - Throws: where it is not what it was when it was first read.
  func file(of segment: Int) throws(StoreProblem) -> DiskHandle {
    if let file = segments[segment].file { return file }
    let opened = try open(segments[segment].name)
    guard opened.header.store == store else {
      directory.disk.close(opened.file)
      throw .foreignFile(
        path: directory.full(opened.header.name.text),
        other: directory.full(segments[segments.count - 1].name.text))
    }
    segments[segment].file = opened.file
    return opened.file
  }
}

// What snapshots prove.
extension Journal {
  /// Compares the record just read with snapshots that were taken after it.
  ///
  /// What does not fit is told at the end, since the journal goes on.
  func compareWithWitnesses(of change: Int) {
    for index in witnesses.indices
    where witnesses[index].position.change == change && witnesses[index].store == store {
      witnesses[index].isForeign = witnesses[index].position.chain != chain
    }
  }

  /// Compares the end of what was read with all snapshots.
  func compareWithWitnesses() throws(StoreProblem) {
    guard let last = segments.last else { return }
    for witness in witnesses {
      let path = directory.full(witness.name.text)
      guard witness.store == store else {
        throw .foreignFile(path: path, other: directory.full(last.name.text))
      }
      guard witness.position.change <= lastChange else {
        throw damaged(
          segments.count - 1,
          "it ends with change \(lastChange), but \(witness.position.change) was saved")
      }
      guard !witness.isForeign else {
        throw .foreignHistory(path: path, other: directory.full(last.name.text))
      }
    }
  }

  /// Snapshots that are not of the journal as far as it was read.
  func strangeSnapshots() throws(StoreProblem) -> [SnapshotName] {
    let foreign = witnesses.filter { $0.isForeign || $0.store != store }.map(\.name)
    return try SnapshotFolder(directory: directory).names().filter {
      $0.change > lastChange || foreign.contains($0)
    }
  }
}

// MARK: - In a snapshot

extension Journal.Segment {
  /// The segments before the one that a snapshot's position is in.
  static func read(from input: some SectionReader) throws(Damage) -> [Journal.Segment] {
    let numbers = try input.values(SectionName(.journal), as: UInt64.self).array
    guard numbers.count % 3 == 0, numbers.allSatisfy({ $0 <= UInt64(Int.max / 64) }) else {
      throw Damage("segments")
    }
    return stride(from: 0, to: numbers.count, by: 3).map { place in
      let name = SegmentName(
        firstChange: Int(numbers[place]), attempt: Int(numbers[place + 1]))
      let end = Int(numbers[place + 2])
      return Journal.Segment(name: name, file: nil, end: end, acknowledged: end)
    }
  }
}

extension Journal {
  /// Writes which segments there are before one, and where each ends.
  func writeSegments(before name: SegmentName, to output: inout some SectionWriter) {
    var numbers: [UInt64] = []
    for segment in segments where segment.name < name {
      numbers.append(UInt64(segment.name.firstChange))
      numbers.append(UInt64(segment.name.attempt))
      numbers.append(UInt64(segment.end))
    }
    output.write(SectionName(.journal), numbers.span)
  }
}
