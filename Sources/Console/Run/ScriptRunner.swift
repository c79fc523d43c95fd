import Diagnostics
import Evaluation
import Interchange
import Storage

/// Runs what the options name, against the store that they name.
struct ScriptRunner {
  var options: Options
  let files: any FileExchange
  let sink: ResultSink
  let person: Person

  /// Runs a script as one transaction.
  func run(_ source: SourceText) -> ExitStatus {
    guard let session = openSession(isInteractive: false) else { return .storeUnavailable }
    let start = SystemCall.monotonicNanoseconds
    var status = session.run(source, arguments: options.arguments, sink: sink)
    let isDamaged = finish(session.store)
    // What was answered is not all that was acknowledged.
    if isDamaged, status == .done { status = .storeUnavailable }
    if status != .storeUnavailable && status != .interrupted { tellOfMissingStore() }
    sink.finish()
    if options.showsTiming { sink.say { $0.append(Timing.line("total", since: start)) } }
    return status
  }

  /// Reads statements from the terminal.
  func runPrompt(screen: Screen) -> ExitStatus {
    guard let session = openSession(isInteractive: true) else { return .storeUnavailable }
    tellOfMissingStore()
    var prompt = Prompt(
      runner: self, session: session, screen: screen,
      input: statementReader(for: session, screen: screen))
    defer { finish(prompt.session.store) }
    return prompt.run()
  }

  private func statementReader(for session: Session, screen: Screen) -> any StatementReader {
    if let editor = lineEditor(for: session, screen: screen) { return editor }
    let sink = sink
    return PlainReader { prompt in
      sink.say { bytes in screen.append(.strong, to: &bytes) { $0.append(prompt) } }
    }
  }

  /// The line editor, or nil where lines are to be read as they come.
  private func lineEditor(for session: Session, screen: Screen) -> LineEditor? {
    let terminal = SystemCall.environment("TERM") ?? ""
    guard options.editsLines, screen.isTerminal, !terminal.isEmpty, terminal != "dumb" else {
      return nil
    }
    let history = HistoryFile(
      stateFolder: SystemCall.environment("XDG_STATE_HOME"),
      home: SystemCall.environment("HOME"))
    return LineEditor(
      assistant: SessionAssistant(session: session, isSandboxed: options.isSandboxed),
      historyFile: history, hasColors: screen.hasColors)
  }

  /// Parses and resolves scripts, each by itself; the first status that is not 0.
  func check(_ sources: [SourceText]) -> ExitStatus {
    guard let session = openSession(isInteractive: false) else { return .storeUnavailable }
    var worst = ExitStatus.done
    for source in sources {
      let status = session.check(source, arguments: options.arguments) { sink.report($0) }
      if worst == .done { worst = status }
    }
    tellOfMissingStore()
    return worst
  }

  /// The session, or nil where the store can't be opened, which has been reported.
  func openSession(isInteractive: Bool) -> Session? {
    sink.meter?.begin()
    // Where it is not interactive, whoever waits goes on waiting.
    defer { if isInteractive { sink.meter?.finish() } }
    do {
      let access: Store.Access =
        options.isReadOnly || options.mode != .run ? .readOnly : .readWrite
      let progress = progress
      let store = try options.store.map { path throws(StoreProblem) in
        try Store.open(
          path, access: access, allowsNetwork: options.allowsNetwork, progress: progress)
      }
      let mayWrite = access == .readWrite && !isInteractive
      if let store { tellNotices(of: store, mayWrite: mayWrite) }
      return Session(
        store: store ?? Store.inMemory(), files: files,
        options: sessionOptions(isInteractive: isInteractive))
    } catch {
      sink.report(MistakenStore.diagnostic(error))
      return nil
    }
  }

  /// Shows how far something is that takes long.
  var progress: ProgressReport {
    let meter = sink.meter
    return { meter?.report($0, done: $1, total: $2) }
  }

  /// Whoever asks a store that is not there has mostly misspelt its path.
  func tellOfMissingStore() {
    guard let path = options.store, !SystemCall.exists(path) else { return }
    let name = path.string.split(separator: "/").last.map { Text($0) } ?? path
    let folder = String(path.string.dropLast(name.string.count))
    let others = SystemFile.names(inFolder: folder.isEmpty ? "." : Text(folder), limit: 1000)
      .filter { $0.string.hasSuffix(".permdb") }.sorted()
    let nearest = Suggestion.nearest(to: name, among: others)
    let other = nearest ?? (others.count == 1 ? others.first : nil)
    sink.report(
      Diagnostic(
        UsageProblem.noStore(path, other: other.map { Text("\(folder)\($0)") }), severity: .note))
  }

  /// What the store found out about itself and got over.
  ///
  /// - Returns: whether it told that acknowledged changes can't be read.
  @discardableResult
  func tellNotices(of store: Store, mayWrite: Bool = false) -> Bool {
    let notices = store.takeNotices(mayWrite: mayWrite)
    for notice in notices {
      sink.report(Diagnostic(UsageProblem.storeNotice(notice), severity: .warning))
    }
    return notices.contains { if case .damaged = $0 { true } else { false } }
  }

  private func sessionOptions(isInteractive: Bool) -> SessionOptions {
    var session = SessionOptions(
      actor: options.actor ?? person.actor, user: person.user, host: SystemCall.hostName,
      now: { SystemCall.now })
    session.isReadOnly = options.isReadOnly
    session.isSandboxed = options.isSandboxed
    session.keepsGoing = options.keepsGoing
    session.isDryRun = options.isDryRun
    session.isInteractive = isInteractive
    session.reason = options.reason
    session.isInterrupted = { Interruption.isRequested }
    session.progress = progress
    for variable in options.variables { session.variables[variable.name] = variable.value }
    return session
  }
}
