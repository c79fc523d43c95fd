import Diagnostics
import Language
import Permissions
import Storage

extension Run {
  /// `preview WRITE`: computed, and not appended; needs no lock.
  mutating func preview(_ write: ResolvedWrite) throws(Stop) {
    let computed = try compute(write)
    try require(write.modifiers.expectation, computed)
    var after = store.table
    after.apply(computed.effects)
    try warnOfRefusals(after, at: write.place)
    let differences = Differences(of: [computed.effects], in: after)
    if let others = Differences.others([computed.effects], in: after) {
      note(RunProblem.previewedBesides(others), at: write.place)
    }
    try deliver(.table(differences.table(in: after)))
  }

  /// `preview { … }`: runs the statements, shows what they come to, and takes them back.
  mutating func preview(_ block: [Statement]) throws(Stop) {
    let outer = (variables: resolver.scope.variables, those: those, isExplicit: isExplicit)
    let wasRehearsing = isRehearsing
    let hadChanges = hasPendingChanges
    let savepoint = store.savepoint
    isRehearsing = true
    defer { isRehearsing = wasRehearsing }
    var stop: Stop?
    do {
      try execute(block)
    } catch {
      stop = error
    }
    let after = store.table
    let effects = store.pendingEffects(since: savepoint)
    store.rollback(to: savepoint)
    if !hadChanges && !options.isDryRun && !wasRehearsing { store.rollback() }
    forget()
    resolver.scope.variables = outer.variables
    (those, isExplicit) = (outer.those, outer.isExplicit)
    if let stop { throw stop }
    isRehearsing = wasRehearsing
    let place = block.first.map { Place($0.place.range) } ?? Place(0, 0)
    try warnOfRefusals(after, at: place)
    if let others = Differences.others(effects, in: after) {
      note(RunProblem.previewedBesides(others), at: place)
    }
    if isRehearsing { return }
    try deliver(.table(Differences(of: effects, in: after).table(in: after)))
  }

  /// What a dry run has come to.
  func rehearsedDifferences() -> ResultTable {
    let table = store.table
    guard store.isInTransaction, let start = dryStart else {
      return Differences(of: [], in: table).table(in: table)
    }
    let effects = store.pendingEffects(since: start)
    if let others = Differences.others(effects, in: table) {
      sink.report(Diagnostic(RunProblem.previewedBesides(others), severity: .note))
    }
    return Differences(of: effects, in: table).table(in: table)
  }

  private mutating func warnOfRefusals(_ after: Table, at place: Place) throws(Stop) {
    guard after.definitions.contains(where: { $0.kind == .policy }) else { return }
    let context = EvaluationContext(
      table: after, store: store, now: now, source: resolver.source,
      isInterrupted: options.isInterrupted)
    for case .refused(let policy, _, _, let count) in try refusals(in: context) {
      sink.report(
        Diagnostic(
          RunProblem.wouldBeRefused(policy: policy, count: count), severity: .warning,
          at: (resolver.source, place.range)))
    }
  }
}
