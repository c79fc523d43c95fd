import Diagnostics
import Evaluation
import Language
import Storage

/// Statements from a terminal, one after another, until the person leaves.
struct Prompt {
  /// Opens stores, with the options as dot commands have changed them.
  var runner: ScriptRunner
  var session: Session
  let sink: ResultSink
  let input: any StatementReader
  /// The terminal as it was before this input.
  var screen: Screen
  /// What `.width` says; nil follows the terminal.
  var width: Int?
  /// What was run last, for `.edit` and `.watch`.
  var latest: [UInt8]?
  private var isLeaving = false

  var options: Options { runner.options }

  init(
    runner: ScriptRunner, session: Session, screen: Screen, input: any StatementReader
  ) {
    self.runner = runner
    self.session = session
    sink = runner.sink
    self.screen = screen
    self.input = input
  }

  /// - Returns: what the process ends with. A mistake at the prompt is no failure of the program.
  mutating func run() -> ExitStatus {
    settle()
    say(welcome.lines)
    setUp()
    while !isLeaving {
      settle()
      let text = PromptText(
        store: options.store, isInTransaction: session.isInTransaction,
        isReadOnly: options.isReadOnly, lastChange: session.store.lastChange)
      switch input.read(prompt: text.left, rightPrompt: text.right) {
      case .statement(let bytes):
        // While it was typed, the terminal may have become another size.
        settle()
        take(bytes)
      case .interrupted: say("\n")
      case .tooLong: say("a line can't be longer than 1 MiB\n")
      case .end:
        say("\n")
        leave()
      }
      Interruption.reset()
      if sink.failure != nil {
        session.end(sink: sink)
        return .storeUnavailable
      }
    }
    session.end(sink: sink)
    return .done
  }

  var welcome: Welcome {
    Welcome(session.store, named: options.store, mayLookAround: !options.isSandboxed)
  }

  /// Gives the sink what only a person at a terminal has.
  private func setUp() {
    let question = Question(sink: sink, input: input)
    let sink = sink
    if !options.skipsConfirmation {
      sink.confirmation = { question.confirms($0, on: sink.results.screen) }
    }
    guard !options.isSandboxed, screen.isTerminal, !Surroundings.isDumb, options.editsLines,
      let command = Pager.command(chosen: SystemCall.environment("PAGER"))
    else { return }
    sink.pages = {
      SystemCall.terminalSize(1).map { Pager(command, height: max(1, $0.rows - 1)) }
    }
  }

  /// Takes over what has become of the terminal.
  mutating func settle() {
    let terminal = Surroundings.screen(hasColors: screen.hasColors)
    screen = Screen(width: width ?? terminal.width, hasColors: screen.hasColors)
    sink.results.screen = screen
    sink.diagnostics.width = screen.width
  }

  private mutating func take(_ bytes: [UInt8]) {
    if InputExtent.isDotCommand(bytes) {
      sink.tee?.copy(input: bytes)
      perform(bytes)
    } else if InputExtent.isFarewell(bytes) {
      leave()
    } else if let near = Farewell.near(bytes) {
      let end = (bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
      let word = Text(String(decoding: bytes[..<end], as: UTF8.self))
      report(.misspeltFarewell(word, near), in: bytes, at: SourceRange(0, end))
    } else if let (range, here) = Farewell.translated(bytes) {
      let word = Text(String(decoding: bytes[range.lower..<range.upper], as: UTF8.self))
      report(.misspeltFarewell(word, here), in: bytes, at: range)
    } else {
      latest = bytes
      runStatement(bytes)
    }
    if let correction = sink.takeCorrection() { input.offer(correction) }
  }

  /// - Returns: whether it came to its end.
  @discardableResult
  func runStatement(_ bytes: [UInt8]) -> Bool {
    sink.tee?.copy(input: bytes)
    sink.meter?.begin()
    let status = session.runInteractively(SourceText(name: "<prompt>", bytes: bytes), sink: sink)
    sink.meter?.finish()
    sink.tellTime()
    if status == .interrupted { say("interrupted: the statement changed nothing\n") }
    return status == .done
  }

  /// Ends the prompt, unless there is a transaction that the person would rather finish.
  mutating func leave() {
    guard session.isInTransaction else {
      isLeaving = true
      return
    }
    switch Question(sink: sink, input: input).parting(changes: session.pendingChanges) {
    case .stay: return
    case .commit: isLeaving = runStatement(Array("commit".utf8))
    case .rollback:
      say("rolled back: the transaction was not committed\n")
      isLeaving = true
    }
  }

  func report(_ problem: DotProblem, in bytes: [UInt8], at range: SourceRange) {
    let source = SourceText(name: "<prompt>", bytes: bytes)
    sink.report(Diagnostic(problem, at: (source, range)))
  }

  func say(_ text: String) {
    sink.say { $0.append(Folding.fold(text, to: screen.width)) }
  }
}
