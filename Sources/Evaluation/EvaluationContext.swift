package import Diagnostics
package import Storage

/// What a statement's meaning depends on besides its own words.
///
/// Evaluating selections and queries is a function of the resolved statement and of this: it changes
/// nothing. A context keeps a table alive, so it must be gone before the next change is appended:
/// otherwise the store would have to copy the columns that change.
package struct EvaluationContext {
  /// The agency at the moment that is asked about, pending changes of the transaction included.
  package let table: Table
  /// The change that the table is as of; nil for now.
  package let asOf: Int?
  /// For what the table does not hold: history and facts about the store.
  package let store: Store
  /// Milliseconds since 1970-01-01T00:00Z: when the run began, so that `now` is one moment.
  package let now: Int64
  /// The subaccounts of the last listing in this run; nil before the first.
  package let those: RowSet?
  /// What the places of the statement point into.
  package let source: SourceText
  /// A person at a prompt reads the answer.
  package let isInteractive: Bool
  /// What is named may be somebody who has been deleted: questions about history.
  package let findsDeleted: Bool
  /// Nobody reads what is noted, or why it failed: what is near is not looked for.
  package let isUnheard: Bool
  /// Takes notes and warnings as they are found.
  package let note: (Diagnostic) -> Void
  /// Whether the user wants to stop: to be asked in long loops.
  package let isInterrupted: @Sendable () -> Bool

  package init(
    table: Table, asOf: Int? = nil, store: Store, now: Int64, those: RowSet? = nil,
    source: SourceText = SourceText(""), isInteractive: Bool = false, findsDeleted: Bool = false,
    isUnheard: Bool = false, note: @escaping (Diagnostic) -> Void = { _ in },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.table = table
    self.asOf = asOf
    self.store = store
    self.now = now
    self.those = those
    self.source = source
    self.isInteractive = isInteractive
    self.findsDeleted = findsDeleted
    self.isUnheard = isUnheard
    self.note = note
    self.isInterrupted = isInterrupted
  }

  /// The same, for places in another text: a saved set's definition or a policy.
  package func reading(_ source: SourceText) -> EvaluationContext {
    EvaluationContext(
      table: table, asOf: asOf, store: store, now: now, those: those, source: source,
      isInteractive: isInteractive, findsDeleted: findsDeleted, isUnheard: isUnheard, note: note,
      isInterrupted: isInterrupted)
  }

  /// The same, for a question about history: what it names may be somebody who has been deleted.
  func findingDeleted() -> EvaluationContext {
    EvaluationContext(
      table: table, asOf: asOf, store: store, now: now, those: those, source: source,
      isInteractive: isInteractive, findsDeleted: true, isUnheard: isUnheard, note: note,
      isInterrupted: isInterrupted)
  }

  /// The same, at another moment of the agency.
  ///
  /// What statements name today, and was not there then, nobody had.
  package func looking(at moment: ResolvedMoment?) throws(Diagnostic) -> EvaluationContext {
    guard let moment else { return self }
    let change = try change(at: moment)
    if change == (asOf ?? store.lastChange) { return self }
    let past = try reading { () throws(StoreProblem) in try store.table(asOf: change) }
    return EvaluationContext(
      table: past.knowingNames(of: table), asOf: change, store: store, now: now, those: those,
      source: source, isInteractive: isInteractive, findsDeleted: findsDeleted,
      isUnheard: isUnheard, note: note, isInterrupted: isInterrupted)
  }

  /// The newest change at a moment; 0 is the empty agency.
  package func change(at moment: ResolvedMoment) throws(Diagnostic) -> Int {
    switch moment {
    case .time(let time): return store.lastChange(at: time)
    case .change(let number):
      guard number <= store.lastChange else {
        throw Diagnostic(StoreProblem.noSuchChange(number, last: store.lastChange))
      }
      return number
    }
  }

  /// The newest change that the context knows of.
  var lastChange: Int { asOf ?? store.lastChange }

  /// Asks the store something that may find its files damaged.
  func reading<Result>(
    _ body: () throws(StoreProblem) -> Result
  ) throws(Diagnostic) -> Result {
    do {
      return try body()
    } catch {
      throw Diagnostic(error)
    }
  }

  /// A problem at a place of the statement.
  package func diagnostic(
    _ problem: any Problem, severity: Diagnostic.Severity = .error, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(problem, severity: severity, at: (source, range))
  }
}
