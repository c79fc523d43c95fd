import Diagnostics
import Permissions

/// Compares snapshots with what the journal says, while it is read from the beginning.
struct SnapshotVerification {
  private let directory: StoreDirectory
  /// Those whose change was not yet read.
  private var waiting: [SnapshotFile] = []
  private var compared: [SnapshotFile] = []
  /// What all of them say that was acknowledged.
  private(set) var witnesses: [SnapshotWitness] = []
  /// What the first one is found to do wrong.
  private(set) var problem: StoreProblem?
  /// How many were found right.
  private(set) var count = 0
  /// Bytes of all snapshots, and of those that were compared.
  private(set) var byteCount = 0
  private(set) var comparedBytes = 0

  /// Opens the snapshots that there are: before the journal is read, so that it has their changes.
  init(_ directory: StoreDirectory) throws(StoreProblem) {
    self.directory = directory
    for name in try SnapshotFolder(directory: directory).names() {
      switch try SnapshotFile.open(name, in: directory) {
      case .whole(let file):
        waiting.append(file)
        byteCount += file.header.fileSize
        witnesses.append(file.witness)
      case .damaged(let header):
        if let header { witnesses.append(header.witness) }
        blame(name, "it is not as it was written")
      case .ofLaterFormat: blame(name, "it is of a later format, which this version can't check")
      case .absent: break
      }
    }
  }

  /// The newest that is whole and of no later change than one.
  func newest(upTo change: Int) -> SnapshotFile? {
    for file in waiting where file.header.position.change <= change {
      file.file.touchAll()
      if !file.isDamaged { return file }
    }
    return nil
  }

  /// The change after which the next one was taken; nil where none is left.
  var nextChange: Int? { waiting.map(\.header.position.change).min() }

  /// Compares the snapshots that were taken after the change that a store has read last.
  ///
  /// - Parameters:
  ///   - store: has read the journal up to a snapshot's change.
  ///   - progress: told of how many bytes of all snapshots the comparison is done.
  mutating func compare(with store: Store, progress: (Int) -> Void) {
    guard let next = nextChange else { return }
    for file in waiting where file.header.position.change == next {
      let (before, size) = (comparedBytes, file.header.fileSize)
      defer { comparedBytes = before + size }
      progress(before)
      file.file.touchAll()
      guard !file.isDamaged else {
        blame(file.name, "it is not as it was written")
        continue
      }
      do throws(Damage) {
        try compare(file, with: store) { progress(before + Int($0 * Double(size))) }
        compared.append(file)
      } catch {
        blame(file.name, "its \(error.part) is not what the journal says")
      }
    }
    waiting.removeAll { $0.header.position.change == next }
  }

  /// Looks whether a store can begin with each, now that the journal is known.
  mutating func finish(_ journal: Journal) throws(StoreProblem) {
    for file in compared {
      let place = journal.segments.firstIndex { $0.name == file.header.position.segment }
      let earlier = journal.segments[..<(place ?? 0)].map { [$0.name.text.string, "\($0.end)"] }
      let told = (try? Journal.Segment.read(from: file)) ?? []
      guard try Journal(directory).begin(at: file.witness, behind: []),
        told.map({ [$0.name.text.string, "\($0.end)"] }) == earlier
      else {
        blame(file.name, "its place in the journal is not right")
        continue
      }
      count += 1
    }
  }

  private mutating func blame(_ name: SnapshotName, _ detail: String) {
    if problem == nil {
      problem = .badSnapshot(path: directory.full(name.text), detail: detail)
    }
  }

  private func compare(
    _ file: SnapshotFile, with store: Store, progress: (Double) -> Void
  ) throws(Damage) {
    let table = try Table(from: file)
    guard file.header.position.time == store.history.lastTime else { throw Damage("time") }
    if let part = table.difference(from: store.table, progress: progress) { throw Damage(part) }
    let origin = Origin(catalog: store.origin.catalog, attributes: store.origin.attributes)
    guard try file.values(SectionName(.origin), as: UInt8.self).array == origin.payload else {
      throw Damage("origin")
    }
    var written = CollectedSections()
    do throws(StoreProblem) {
      try store.writeHistory(to: &written)
    } catch {
      throw Damage("history")
    }
    // When a column is copied depends on what was rolled back, too.
    let copies: Set<SectionName.Kind> = [.columnCopies, .columnWords, .flipHistories]
    // The parts of payloads from before there were such sections are not known.
    let parts: Set<SectionName.Kind> = [.longPayloads, .payloadBlocks, .payloadRestarts]
    guard try History(from: file).agreesOnPayloads(with: store.history) else {
      throw Damage("history of payloads")
    }
    for (name, bytes) in written.sections where !copies.union(parts).contains(name.kind) {
      guard try file.values(name, as: UInt8.self).array == bytes else {
        throw Damage("history of \(name.kind)")
      }
    }
    try compareFlips(ChangeIndex(from: file), with: store)
    guard !file.isDamaged else { throw Damage("contents") }
  }

  /// Compares which changes flipped each permission, and the columns that were kept on the way.
  private func compareFlips(_ index: ChangeIndex, with store: Store) throws(Damage) {
    for number in 0..<max(index.flips.count, store.index.flips.count) {
      let permission = PermissionNumber(number)
      let mine = index.flips(of: permission)
      let theirs = store.index.flips(of: permission).postings
      guard mine.postings.count == theirs.count else { throw Damage("history of flips") }
      for place in 0..<theirs.count {
        let (one, other) = (mine.postings[place], theirs[place])
        guard one.change == other.change, one.first == other.first, one.last == other.last,
          one.place == other.place
        else { throw Damage("history of flips") }
      }
      for copy in mine.copies {
        guard let table = try? store.table(asOf: Int(copy.change)),
          copy.postings == mine.count(upTo: Int(copy.change)),
          number >= table.bits.count || copy.words == table.bits[number].trimmedWords
        else { throw Damage("history of columns") }
      }
    }
  }
}

extension FlipHistory.Copy {
  fileprivate var words: [UInt64] {
    switch column {
    case .kept(let bitmap): return bitmap.trimmedWords
    case .stored(let stored):
      var words: [UInt64] = []
      stored.append(to: &words)
      while words.last == 0 { words.removeLast() }
      return words
    }
  }
}

extension Bitmap {
  fileprivate var trimmedWords: [UInt64] {
    var words = words.array
    while words.last == 0 { words.removeLast() }
    return words
  }
}

/// Sections in memory, to be compared.
private struct CollectedSections: SectionWriter {
  private(set) var sections: [SectionName: [UInt8]] = [:]

  mutating func write<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, _ values: Span<Element>
  ) {
    sections[name] = values.copiedBytes
  }
}

extension Table {
  /// Which part first says something else than in another table; nil where both say the same.
  ///
  /// Nearly all of the time goes into the rows; `progress` is told what part of them is done.
  fileprivate func difference(from other: Table, progress: (Double) -> Void) -> String? {
    if rowCount != other.rowCount { return "number of rows" }
    if catalog.permissions != other.catalog.permissions || attributes != other.attributes {
      return "catalogue"
    }
    if definitions != other.definitions { return "definitions" }
    if live != other.live
      || RowSet(form: .bitmap(protectedRows))
        != RowSet(form: .bitmap(other.protectedRows))
    {
      return "rows"
    }
    for (mine, theirs) in zip(bits, other.bits)
    where RowSet(form: .bitmap(mine)) != RowSet(form: .bitmap(theirs)) { return "permissions" }
    var names: Set<Text> = []
    for number in 0..<UInt32(rowCount) {
      if number & 4095 == 0 { progress(Double(number) / Double(rowCount)) }
      let row = Row(number)
      if let part = difference(from: other, in: row) { return part }
      // What finds rows by their names is written too.
      let name = name(of: row)
      if names.insert(name).inserted && rows(named: name) != other.rows(named: name) {
        return "order of names"
      }
    }
    return nil
  }

  private func difference(from other: Table, in row: Row) -> String? {
    let id = id(of: row)
    let name = name(of: row)
    if id != other.id(of: row) || name != other.name(of: row) { return "names" }
    if created(of: row) != other.created(of: row) { return "times" }
    if inheritedFrom(row) != other.inheritedFrom(row) { return "inheritance" }
    for number in attributes.indices {
      let attribute = AttributeNumber(number)
      if value(of: attribute, in: row) != other.value(of: attribute, in: row) { return "values" }
    }
    return isLive(row) && self.row(id: id) != row ? "order of ids" : nil
  }
}
