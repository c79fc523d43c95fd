import Diagnostics
import Language
import Permissions
import Storage

/// Statements being run, one after another, and what they have come to so far.
///
/// One for a script; a prompt keeps one for all its inputs.
struct Run {
  /// Why a statement, and with it the run, stops.
  enum Stop: Error {
    case failed(Diagnostic)
    case output(OutputFailure)
    case interrupted
    /// Somebody was asked, and said no.
    case declined
  }

  /// How many scripts may run one inside the other.
  static let deepest = 16

  let store: Store
  let files: any FileExchange
  let options: SessionOptions
  var sink: any OutcomeSink
  var resolver: Resolver
  /// The subaccounts of the last listing.
  var those: RowSet?
  var ids = SubaccountIDs()
  /// How many scripts run one inside the other.
  var depth = 0
  /// Inside a preview: writes say nothing.
  var isRehearsing = false
  /// Where the statements stand that are being run.
  var lines = LineCounter()

  /// Each statement outside `begin` and `commit` is a transaction of its own.
  var autocommits = false
  /// Its statements come one by one, from somebody who reads the answers.
  var isPrompt = false
  /// Some statement of the script writes.
  var willWrite = false
  /// Between `begin` and `commit`.
  var isExplicit = false
  /// What was run since `begin` at a prompt, where it matters to the commit.
  var keptStatements: [KeptStatement] = []
  /// Something failed after `begin`: what follows is passed over until the transaction's end.
  var isAborted = false
  /// The newest change when the transaction began.
  var baseChange = 0
  /// What there was then.
  var baseExtent: TableExtent
  /// The newest change when the transaction first read the agency, where it read before it wrote.
  var firstRead: Int?
  /// Where a dry run began, and where it goes back to on `rollback`.
  var dryStart: Savepoint?
  var dryBase: Savepoint?
  /// Changes were committed in this run: a lost output does not undo them.
  var hasCommitted = false
  /// The note about new subaccounts' permissions is given once in a transaction.
  var hasNotedDefault = false
  /// The last statement that changed something: where a policy's refusal is reported.
  var lastWrite: (source: SourceText, range: SourceRange)?
  /// Exported files that wait for the commit.
  var pendingFiles: [WaitingExport] = []

  init(
    store: Store, files: any FileExchange, options: SessionOptions, sink: any OutcomeSink,
    resolver: Resolver
  ) {
    self.store = store
    self.files = files
    self.options = options
    self.sink = sink
    self.resolver = resolver
    baseChange = store.lastChange
    baseExtent = TableExtent(store.table)
  }

  var now: Int64 { resolver.now }

  /// Whether the transaction has changed anything that is not yet durable.
  var hasPendingChanges: Bool { store.isInTransaction && store.lastChange > baseChange }

  /// What statements depend on, at this moment.
  ///
  /// It must be gone before the next change is appended.
  ///
  /// What is noted `ofWrite` is true only once the transaction commits.
  func context(ofWrite: Bool = false) -> EvaluationContext {
    let sink = sink
    let waits = ofWrite && holdsNotes
    return EvaluationContext(
      table: store.table, store: store, now: now, those: those, source: resolver.source,
      isInteractive: options.isInteractive,
      note: { [store] note in
        // What a damaged snapshot says is not told; the statement is run again.
        if store.isSnapshotDamaged { return }
        if waits && note.severity == .note {
          sink.reportProvisionally(note)
        } else {
          sink.report(note)
        }
      },
      isInterrupted: options.isInterrupted)
  }

  func failure(_ problem: any Problem, at place: Place) -> Stop {
    .failed(Diagnostic(problem, at: (resolver.source, place.range)))
  }

  /// Runs something that fails with a diagnostic.
  func attempt<Result>(
    _ body: () throws(Diagnostic) -> Result
  ) throws(Stop) -> Result {
    do {
      return try body()
    } catch {
      throw .failed(error)
    }
  }

  func note(_ problem: any Problem, at place: Place) {
    sink.report(Diagnostic(problem, severity: .note, at: (resolver.source, place.range)))
  }

  /// Reports what a write comes to, which a rollback makes untrue; warnings are told at once, for
  /// they may say why.
  func reportOfWrite(_ diagnostic: Diagnostic) {
    if holdsNotes && diagnostic.severity == .note {
      sink.reportProvisionally(diagnostic)
    } else {
      sink.report(diagnostic)
    }
  }

  /// What is only tried out is never committed.
  private var holdsNotes: Bool { !isRehearsing && !options.isDryRun }

  func noteOfWrite(_ problem: any Problem, at place: Place) {
    reportOfWrite(Diagnostic(problem, severity: .note, at: (resolver.source, place.range)))
  }

  func deliver(_ outcome: Outcome) throws(Stop) {
    try requireSoundness(of: outcome)
    do {
      try sink.receive(outcome, isProvisional: hasPendingChanges)
    } catch {
      throw .output(error)
    }
  }
}
