import Diagnostics
import Language
import Storage

// A snapshot is verified as it is read, so that opening costs nothing. What was read from one that
// turns out damaged is never told: the store is built anew without it, and the statement run again.
extension Run {
  /// Runs something that asks the store, and again where a snapshot turned out damaged meanwhile.
  ///
  /// What it has given away by then must have been checked by `requireSoundness` before.
  mutating func soundly(_ body: (inout Run) throws(Stop) -> Void) throws(Stop) {
    // A preview compares what was before its statements: it is run again whole.
    if isRehearsing {
      try body(&self)
      return try requireSoundness()
    }
    while true {
      let savepoint = store.savepoint
      let wasInTransaction = store.isInTransaction
      if store.isSnapshotDamaged { try rebuild(to: savepoint) }
      let before = self
      var stop: Stop?
      do {
        try body(&self)
      } catch {
        stop = error
      }
      guard store.isSnapshotDamaged else {
        if let stop { throw stop }
        return
      }
      for waiting in pendingFiles.dropFirst(before.pendingFiles.count) { waiting.file.discard() }
      self = before
      try rebuild(to: savepoint)
      if store.isInTransaction && !wasInTransaction { store.rollback() }
    }
  }

  /// Stops what was computed from a damaged snapshot.
  func requireSoundness() throws(Stop) {
    guard store.isSnapshotDamaged else { return }
    throw .failed(Diagnostic(StoreProblem.snapshotDamaged(path: store.facts.path ?? "memory")))
  }

  /// The same, where an answer is about to be written that reads from the table as it is written.
  func requireSoundness(of outcome: Outcome) throws(Stop) {
    guard store.usesSnapshot else { return }
    if case .table(let table) = outcome {
      if table.rowCount * table.columns.count <= ResultTable.fewCells {
        table.readThrough()
      } else if !table.verifyTexts() {
        store.verifySnapshot()
      }
    }
    try requireSoundness()
  }

  private mutating func rebuild(to savepoint: Savepoint) throws(Stop) {
    do {
      try store.rebuild(to: savepoint)
    } catch {
      throw .failed(Diagnostic(error))
    }
    resolver.scope.follow(store.table)
  }
}

extension ResultTable {
  /// So many cells are rather read twice than the whole snapshot verified.
  fileprivate static let fewCells = 5_000

  /// Reads every cell, so that whatever it is read from is verified.
  fileprivate func readThrough() {
    for row in 0..<rowCount {
      for column in columns.indices { _ = value(row: row, column: column) }
    }
  }

  /// Verifies what the cells are read from where they are all names and ids: a fifth of a snapshot.
  ///
  /// - Returns: false where others are among them; nothing is done then.
  fileprivate func verifyTexts() -> Bool {
    var texts: [Table.OwnText] = []
    for column in columns {
      switch column.cells {
      case .ids: texts.append(.id)
      case .names: texts.append(.name)
      case .values: continue
      default: return false
      }
    }
    for text in texts { table.verify(text) }
    return true
  }
}
