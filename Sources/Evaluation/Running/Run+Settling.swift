import Diagnostics
import Language
import Permissions
import Storage

// Between `begin` and `commit` at a prompt, somebody thinks: no lock is held meanwhile. What was told
// was computed on the state at `begin`. If others have committed by the time of the commit, the
// statements are run again on what is there now, and the commit is refused where one of them would
// do anything else than was told.

extension Run {
  /// What a statement's meaning depends on, besides the table.
  struct Surroundings {
    var resolver: Resolver
    var those: RowSet?
    let ids: SubaccountIDs
    let lines: LineCounter
  }

  /// A statement since `begin` that is run again where others have committed.
  struct KeptStatement {
    let statement: Statement
    let before: Surroundings
    /// How many pending changes it made.
    let changes: Int
  }

  var surroundings: Surroundings {
    Surroundings(resolver: resolver, those: those, ids: ids, lines: lines)
  }

  /// Changes that are not yet committed.
  var pendingCount: Int { store.isInTransaction ? store.lastChange - baseChange : 0 }

  /// Whether changes were pending that are no more, though nobody took them back.
  var hasLostTransaction: Bool { keptStatements.reduce(0) { $0 + $1.changes } > pendingCount }

  /// Keeps a statement that was run between `begin` and `commit`.
  mutating func keep(_ statement: Statement, _ before: Surroundings, pendingBefore: Int) {
    guard statement.kind.isRunAgain else { return }
    keptStatements.append(
      KeptStatement(
        statement: statement, before: before, changes: max(0, pendingCount - pendingBefore)))
  }

  /// Takes the writer's lock for what was computed without it.
  ///
  /// Where it is not to be had, the transaction stays open. Where what was told is not so any more, the
  /// transaction ends.
  mutating func settle(at place: Place) throws(Stop) {
    if hasLostTransaction {
      isExplicit = false
      try requireSoundness()
      throw failure(RunProblem.transactionLost, at: place)
    }
    guard store.isUnlocked else { return }
    let told: [Effects]?
    do {
      told = try store.lockToCommit(commitContext)
    } catch {
      if !store.isInTransaction { isExplicit = false }
      throw .failed(Diagnostic(error))
    }
    guard let told else { return }
    do throws(Stop) {
      let others = Interference.Others(
        first: baseChange + 1, last: store.lastChange,
        by: store.stamp(ofChange: store.lastChange)?.actor ?? "")
      baseChange = store.lastChange
      try runAgain(told, others)
      try requireSoundness()
      if hasPendingChanges {
        noteOfWrite(RunProblem.cameBetween(others, changes: pendingCount), at: place)
      }
    } catch {
      // What is pending by now was told to nobody.
      if store.isInTransaction { store.rollback() }
      isExplicit = false
      throw error
    }
  }

  private mutating func runAgain(
    _ told: [Effects], _ others: Interference.Others
  ) throws(Stop) {
    var outer = surroundings
    let (sink, files) = (self.sink, pendingFiles)
    let numbering = Renumbering(from: baseExtent, to: TableExtent(store.table))
    self.sink = SilentSink()
    defer {
      for waiting in pendingFiles.dropFirst(files.count) { waiting.file.discard() }
      (self.sink, pendingFiles) = (sink, files)
      outer.renumber(numbering)
      (resolver, those, ids, lines) = (outer.resolver, outer.those, outer.ids, outer.lines)
      resolver.scope.follow(store.table)
    }
    var done = 0
    for kept in keptStatements {
      let expected = told[done..<min(done + kept.changes, told.count)].map { numbering.effects($0) }
      done += kept.changes
      var surroundings = kept.before
      surroundings.renumber(numbering)
      try runAgain(kept, surroundings, expected, others)
    }
  }

  /// Runs one statement again, and refuses it where it does not do what is expected.
  private mutating func runAgain(
    _ kept: KeptStatement, _ before: Surroundings, _ expected: [Effects],
    _ others: Interference.Others
  ) throws(Stop) {
    (resolver, those, ids, lines) = (before.resolver, before.those, before.ids, before.lines)
    resolver.scope.follow(store.table)
    let savepoint = store.savepoint
    let rowCount = store.table.rowCount
    var problem: Interference?
    do throws(Stop) {
      try execute(kept.statement)
      let effects = store.pendingEffects(since: savepoint)
      if !effects.elementsEqual(expected, by: { $0.doTheSame(as: $1) }) {
        problem = Interference(
          others, told: expected, now: effects, rowCount: rowCount, in: store.table)
      }
    } catch {
      guard case .failed(let diagnostic) = error, !store.isSnapshotDamaged else { throw error }
      problem = Interference(others: others, outcome: .fails(diagnostic.message))
    }
    guard let problem else { return }
    throw .failed(
      Diagnostic(
        RunProblem.interfered(problem), at: (before.resolver.source, kept.statement.place.range)))
  }
}

extension Run.Surroundings {
  /// Follows rows and permissions that the transaction has made to their new numbers.
  fileprivate mutating func renumber(_ numbering: Renumbering) {
    those = those.map { numbering.rows($0) }
    for (name, variable) in resolver.scope.variables {
      switch variable {
      case .subaccounts(let rows):
        resolver.scope.variables[name] = .subaccounts(numbering.rows(rows))
      case .permissions(let set):
        resolver.scope.variables[name] = .permissions(
          PermissionSet(set.map { numbering.permission($0) }))
      case .value: break
      }
    }
  }
}

extension Statement.Kind {
  /// Whether a commit after somebody else's runs it again.
  ///
  /// That is what writes, and what decides whether something is written; not what was only looked at.
  fileprivate var isRunAgain: Bool {
    switch self {
    case .write, .conditional, .assert, .run: true
    default: false
    }
  }
}
