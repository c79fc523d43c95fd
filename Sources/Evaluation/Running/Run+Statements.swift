import Diagnostics
import Language
import Permissions
import Storage

extension Run {
  mutating func execute(_ statements: [Statement]) throws(Stop) {
    for statement in statements { try execute(statement) }
  }

  /// Runs one statement against the state as it is now.
  ///
  /// Its names are looked up again: what the check of the whole script found may have changed since.
  mutating func execute(_ statement: Statement) throws(Stop) {
    if options.isInterrupted() { throw .interrupted }
    if !isRehearsing { sink.willRun(statement, in: resolver.source) }
    try soundly { (run) throws(Stop) in try run.executeOnce(statement) }
  }

  private mutating func executeOnce(_ statement: Statement) throws(Stop) {
    let asksFirst = asksFirst(statement)
    if !asksFirst { try beginIfNeeded(for: statement) }
    let resolved = resolver.resolve(statement)
    if !resolver.findings.isEmpty {
      try tell(resolver.takeFindings(), ofWrite: statement.kind.writes)
    }
    guard let resolved else { return }
    guard asksFirst, case .write(let write) = resolved.kind else { return try execute(resolved) }
    if try !performAsking(write) { try execute(statement) }
  }

  /// Whether somebody may have to be asked before a statement: what was typed at a prompt, not what a
  /// script says.
  private func asksFirst(_ statement: Statement) -> Bool {
    sink.asks && depth == 0 && !isRehearsing && !options.isDryRun && statement.kind.writes
  }

  /// A statement that writes takes the writer's lock; one that is only tried out takes none.
  private mutating func beginIfNeeded(for statement: Statement) throws(Stop) {
    guard statement.kind.changesTheStore else { return }
    let isTried = isRehearsing || options.isDryRun || !statement.kind.writes
    if isTried { rehearseIfNeeded() } else { try beginIfNeeded() }
  }

  /// Reports notes; an error among them is why the statement fails.
  private func tell(_ findings: [Diagnostic], ofWrite: Bool = false) throws(Stop) {
    try requireSoundness()
    let errors = findings.filter { $0.severity == .error }
    for finding in findings where finding.severity != .error {
      if ofWrite { reportOfWrite(finding) } else { sink.report(finding) }
    }
    for error in errors.dropLast() { sink.report(error.foundWhileRunning) }
    if let last = errors.last { throw .failed(last.foundWhileRunning) }
  }

  private mutating func execute(_ statement: ResolvedStatement) throws(Stop) {
    switch statement.kind {
    case .write(let write): try perform(write)
    case .show(let show):
      try answer { context throws(Diagnostic) in try context.answer(show) }
    case .count(let count):
      try answer { context throws(Diagnostic) in try context.answer(count) }
    case .compare(let comparison):
      try answer { context throws(Diagnostic) in try context.answer(comparison) }
    case .why(let why):
      try answer { context throws(Diagnostic) in try context.answer(why) }
    case .chart(let chart):
      try answer { context throws(Diagnostic) in try context.answer(chart) }
    case .check(let policies):
      try answer { context throws(Diagnostic) in try context.answer(check: policies) }
    case .help(let topic):
      try answer { QueryAnswer($0.help(topic: topic)) }
    case .preview(let write): try preview(write)
    case .previewBlock(let block): try preview(block)
    case .begin: try begin(at: statement.place)
    case .commit: try commitStatement(at: statement.place)
    case .rollback: try rollbackStatement(at: statement.place)
    case .letBinding(let name, let content): try bind(name.value, content)
    case .assert(let assertion, let message):
      let (holds, fact) = try judge(assertion)
      if !holds {
        throw failure(
          RunProblem.assertion(message: message?.value, fact: fact), at: statement.place)
      }
    case .conditional(let assertion, let then, let otherwise):
      let (holds, _) = try judge(assertion)
      try requireSoundness()
      try execute(holds ? then : otherwise ?? [])
    case .run(let file, let arguments): try run(file, arguments)
    case .print(let values): try deliver(.message(values.map { ResultValue($0) }))
    case .export(let export): try self.export(export, at: statement.place)
    case .exportReport(let file, let moment): try exportReport(to: file, asOf: moment)
    case .exportRequests(let requests): try export(requests)
    case .compareStore(let file): try compareStore(with: file)
    }
  }

  private mutating func answer(
    _ ask: (EvaluationContext) throws(Diagnostic) -> QueryAnswer
  ) throws(Stop) {
    let answer = try attemptAnswer(ask)
    if let listed = answer.listed { those = listed }
    try deliver(answer.outcome)
  }

  private func attemptAnswer(
    _ ask: (EvaluationContext) throws(Diagnostic) -> QueryAnswer
  ) throws(Stop) -> QueryAnswer {
    let context = context()
    return try attempt { () throws(Diagnostic) in try ask(context) }
  }

  private func rows(of selection: ResolvedSelection) throws(Stop) -> RowSet {
    let context = context()
    return try attempt { () throws(Diagnostic) in try context.rows(of: selection) }
  }

  private mutating func bind(_ name: Text, _ content: ResolvedLet) throws(Stop) {
    let variable: Scope.Variable
    switch content {
    case .subaccounts(let selection): variable = .subaccounts(try rows(of: selection))
    case .permissions(let set): variable = .permissions(set)
    case .value(let value): variable = .value(value)
    case .count(let selection):
      variable = .value(.number(Double(try rows(of: selection).count)))
    }
    resolver.scope.variables[name] = variable
  }

  /// `run`: the other script is checked whole, then runs in this transaction; its variables are its
  /// own.
  private mutating func run(
    _ file: Placed<Text>, _ arguments: [ResolvedValue]
  ) throws(Stop) {
    guard depth < Run.deepest else {
      throw failure(RunProblem.runTooDeep(limit: Run.deepest), at: file.place)
    }
    let source: SourceText
    do {
      source = try files.script(at: file.value)
    } catch {
      throw .failed(error.place == nil ? error.at(resolver.source, file.place) : error)
    }
    let outer = (source: resolver.source, variables: resolver.scope.variables, lines: lines, depth)
    defer {
      resolver.source = outer.source
      resolver.scope.variables = outer.variables
      lines = outer.lines
      depth = outer.3
    }
    resolver.scope.variables = outer.variables.filter { Int($0.key.string) == nil }
    for (index, argument) in arguments.enumerated() {
      resolver.scope.variables["\(index + 1)"] = .value(argument)
    }
    let (script, mistakes) = Checker.check(source, resolver, files: files, options: options)
    if !mistakes.isEmpty { try tell(mistakes) }
    resolver.source = source
    lines = LineCounter()
    depth += 1
    try execute(script.statements)
  }
}

extension Statement.Kind {
  /// Whether what is noted of it is true only once it is committed.
  fileprivate var writes: Bool { if case .write = self { true } else { false } }

  /// Whether it needs a transaction: a single preview only computes.
  fileprivate var changesTheStore: Bool {
    switch self {
    case .write, .previewBlock: true
    default: false
    }
  }
}

extension Diagnostic {
  /// The same mistake, which now makes a running statement fail.
  var foundWhileRunning: Diagnostic {
    Diagnostic(RestatedProblem(self, status: .failed), severity: severity, at: place)
  }

  /// The same, with a place; `changesStand` where what was committed before it is not undone by it.
  func at(_ source: SourceText, _ place: Place, changesStand: Bool = false) -> Diagnostic {
    let stands = changesStand ? "the changes before it are committed and stand" : nil
    return Diagnostic(
      RestatedProblem(self, addingHelp: stands), severity: severity, at: (source, place.range))
  }
}

extension ResultValue {
  /// As `print` writes it.
  init(_ value: ResolvedValue) {
    switch value {
    case .text(let text), .loose(let text): self = .text(text)
    case .number(let number): self = Int(exactly: number).map { .integer($0) } ?? .number(number)
    case .boolean(let truth): self = .boolean(truth)
    case .time(let moment): self = .time(moment)
    case .unlimited: self = .unlimited
    }
  }
}
