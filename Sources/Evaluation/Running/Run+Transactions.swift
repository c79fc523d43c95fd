import Diagnostics
import Language
import Storage

// A transaction takes the writer's lock with the first statement that writes and holds it to its end:
// who only reads takes no lock, and nobody commits between what is evaluated and its commit. A script
// that writes takes it before it reads. Only between `begin` and `commit` at a prompt, where somebody
// may think for long, it is taken as late as the commit: see `settle`.

extension Run {
  /// Takes the writer's lock and catches up with what others have committed.
  ///
  /// Where that changes what the transaction has read before, it is refused: what it has told or
  /// decided may not be so any more.
  mutating func beginIfNeeded(at place: Place) throws(Stop) {
    guard !store.isInTransaction else { return }
    if isPrompt && isExplicit { return try beginUnlocked() }
    let known = store.lastChange
    do {
      try store.begin(commitContext)
    } catch {
      throw .failed(Diagnostic(error))
    }
    baseChange = store.lastChange
    if let firstRead, firstRead != baseChange {
      store.rollback()
      resolver.scope.follow(store.table)
      throw failure(
        RunProblem.changedSinceRead(
          first: firstRead + 1, last: baseChange,
          by: store.stamp(ofChange: baseChange)?.actor ?? ""), at: place)
    }
    hasNotedDefault = false
    if store.lastChange != known { resolver.scope.follow(store.table) }
  }

  private mutating func beginUnlocked() throws(Stop) {
    do {
      try store.beginUnlocked(commitContext)
    } catch {
      throw .failed(Diagnostic(error))
    }
    baseChange = store.lastChange
    baseExtent = TableExtent(store.table)
    hasNotedDefault = false
  }

  /// Opens a transaction that is never committed: it needs no lock, and a store that can only be read
  /// has it too.
  mutating func rehearseIfNeeded() {
    guard !store.isInTransaction else { return }
    store.beginRehearsal(commitContext)
    baseChange = store.lastChange
    hasNotedDefault = false
    if options.isDryRun {
      dryStart = store.savepoint
      dryBase = dryStart
    }
  }

  var commitContext: CommitContext {
    let name = resolver.source.name
    return CommitContext(
      actor: options.actor, user: options.user, host: options.host,
      script: name.utf8.first == UInt8(ascii: "<") ? nil : name, time: options.now())
  }

  mutating func begin(at place: Place) throws(Stop) {
    if isExplicit { throw failure(RunProblem.alreadyInTransaction, at: place) }
    if isRehearsing {
      isExplicit = true
      return
    }
    try commit()
    if willWrite && !options.isDryRun { try beginIfNeeded(at: place) }
    isExplicit = true
  }

  mutating func commitStatement(at place: Place) throws(Stop) {
    if autocommits && !isExplicit { throw failure(RunProblem.noTransaction, at: place) }
    if !isRehearsing { try settle(at: place) }
    isExplicit = false
    if !isRehearsing { try commit() }
  }

  mutating func rollbackStatement(at place: Place) throws(Stop) {
    if autocommits && !isExplicit { throw failure(RunProblem.noTransaction, at: place) }
    isExplicit = false
    if isRehearsing { return }
    keptStatements = []
    if let dryBase {
      store.rollback(to: dryBase)
      forget()
    } else {
      rollBack()
    }
  }

  /// Holds the changes to the policies, makes them durable, puts exported files into place.
  mutating func commit() throws(Stop) {
    firstRead = nil
    keptStatements = []
    if hasPendingChanges {
      try soundly { (run) throws(Stop) in try run.judgePolicies() }
      if options.isDryRun {
        dryBase = store.savepoint
        return
      }
      if options.isInterrupted() { throw .interrupted }
      do {
        try store.commit()
      } catch {
        rollBack()
        throw .failed(Diagnostic(error))
      }
      hasCommitted = true
      baseChange = store.lastChange
    } else if store.isInTransaction && !options.isDryRun {
      store.rollback()
    }
    try settleAll()
  }

  /// Takes back all that is not committed.
  mutating func rollBack() {
    discardFiles(from: 0)
    if store.isInTransaction { store.rollback() }
    isExplicit = false
    firstRead = nil
    keptStatements = []
    forget()
    // What could not be written when something else had failed already is not worth a word.
    try? sink.rolledBack()
  }

  /// Forgets what a rollback has taken away: names, and rows that others will get.
  mutating func forget() {
    resolver.scope.follow(store.table)
    let rows = RowSet(0..<UInt32(store.table.rowCount))
    those = those?.intersection(rows)
    for (name, variable) in resolver.scope.variables {
      if case .subaccounts(let frozen) = variable {
        resolver.scope.variables[name] = .subaccounts(frozen.intersection(rows))
      }
    }
    hasNotedDefault = false
  }

  /// Refuses the transaction where it leaves anybody who breaks a policy.
  private mutating func judgePolicies() throws(Stop) {
    let refusals = try refusals(in: context())
    try requireSoundness()
    for refusal in refusals.dropLast() { sink.report(Diagnostic(refusal, at: lastWrite)) }
    if let last = refusals.last { throw .failed(Diagnostic(last, at: lastWrite)) }
  }

  /// What each policy has against the state of a context.
  mutating func refusals(in context: EvaluationContext) throws(Stop) -> [RunProblem] {
    var refusals: [RunProblem] = []
    for definition in context.table.definitions where definition.kind == .policy {
      let place = Place(lastWrite?.range ?? SourceRange(0, 0))
      guard let policy = resolver.policy(definition, at: place) else {
        throw .failed(resolver.takeFindings()[0].foundWhileRunning)
      }
      let violators: RowSet
      do {
        violators = try context.violators(of: policy)
      } catch {
        throw .failed(error)
      }
      if violators.isEmpty { continue }
      refusals.append(
        .refused(
          policy: policy.name, reason: policy.reason,
          violators: violators.prefix(rows: RunProblem.namesShown).map {
            context.table.name(of: $0)
          }, count: violators.count))
    }
    return refusals
  }
}
