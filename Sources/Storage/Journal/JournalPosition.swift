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
  /// - Throws: where the segment there is another store's, or of a later format.
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
      guard opened.header.store == witness.store else {
        throw .foreignFile(
          path: directory.full(witness.name.text), other: directory.full(position.segment.text))
      }
      let record = try directory.read(
        opened.file, position.segment.text, at: position.lastRecord, count: RecordHeader.size)
      let size = try directory.facts(of: opened.file, position.segment.text).size
      guard let header = RecordHeader(record.span, at: 0), header.chain == position.chain,
        header.recordLength == position.end - position.lastRecord, size >= position.end,
        header.time == position.time, max(header.firstChange, header.count) < UInt64(Int.max / 4),
        Int(header.firstChange + header.count) == position.change + 1
      else {
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
  func compareWithWitnesses(of change: Int) throws(StoreProblem) {
    for witness in witnesses where witness.position.change == change {
      guard witness.position.chain == chain else { throw foreignHistory(witness) }
    }
  }

  /// Compares the end of what was read with all snapshots.
  func compareWithWitnesses() throws(StoreProblem) {
    guard let last = segments.last else { return }
    for witness in witnesses {
      guard witness.store == store else {
        throw .foreignFile(
          path: directory.full(witness.name.text), other: directory.full(last.name.text))
      }
      guard witness.position.change <= lastChange else {
        throw damaged(
          segments.count - 1,
          "it ends with change \(lastChange), but \(witness.position.change) was saved")
      }
    }
  }

  private func foreignHistory(_ witness: SnapshotWitness) -> StoreProblem {
    .foreignHistory(
      path: directory.full(witness.name.text),
      other: directory.full(segments[segments.count - 1].name.text))
  }
}
