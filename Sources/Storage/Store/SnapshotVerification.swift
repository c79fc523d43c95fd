import Diagnostics
import Permissions

/// Compares snapshots with what the journal says, while it is read from the beginning.
struct SnapshotVerification {
  private let directory: StoreDirectory
  /// Those whose change was not yet read.
  private var waiting: [SnapshotFile] = []
  /// What all of them say that was acknowledged.
  private(set) var witnesses: [SnapshotWitness] = []
  /// What the first one is found to do wrong.
  private(set) var problem: StoreProblem?
  /// How many were found right.
  private(set) var count = 0

  /// Opens the snapshots that there are: before the journal is read, so that it has their changes.
  init(_ directory: StoreDirectory) throws(StoreProblem) {
    self.directory = directory
    for name in try SnapshotFolder(directory: directory).names() {
      switch try SnapshotFile.open(name, in: directory) {
      case .whole(let file):
        waiting.append(file)
        witnesses.append(file.witness)
      case .damaged(let header):
        if let header { witnesses.append(header.witness) }
        blame(name, "it is not as it was written")
      case .absent, .ofLaterFormat: break
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

  /// Compares the snapshots that were taken after the change that a store has read last.
  mutating func compare(with store: Store) {
    for file in waiting where file.header.position.change == store.history.lastChange {
      do throws(Damage) {
        try compare(file, with: store)
        count += 1
      } catch {
        blame(file.name, "its \(error.part) is not what the journal says")
      }
    }
    waiting.removeAll { $0.header.position.change <= store.history.lastChange }
  }

  private mutating func blame(_ name: SnapshotName, _ detail: String) {
    if problem == nil {
      problem = .badSnapshot(path: directory.full(name.text), detail: detail)
    }
  }

  private func compare(_ file: SnapshotFile, with store: Store) throws(Damage) {
    file.file.touchAll()
    guard !file.isDamaged else { throw Damage("data") }
    let table = try Table(from: file)
    if let part = table.difference(from: store.table) { throw Damage(part) }
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
    for (name, bytes) in written.sections {
      guard try file.values(name, as: UInt8.self).array == bytes else { throw Damage("history") }
    }
    guard !file.isDamaged else { throw Damage("contents") }
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
  fileprivate func difference(from other: Table) -> String? {
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
