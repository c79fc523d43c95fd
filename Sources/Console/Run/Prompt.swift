import Diagnostics
import Evaluation
import Language
import Storage

/// Statements from a terminal, one after another, until the person leaves.
struct Prompt {
  let session: Session
  let sink: ResultSink
  let screen: Screen
  let options: Options
  private let input: any StatementReader

  init(
    session: Session, sink: ResultSink, screen: Screen, options: Options,
    input: any StatementReader
  ) {
    self.session = session
    self.sink = sink
    self.screen = screen
    self.options = options
    self.input = input
  }

  /// - Returns: what the process ends with. A mistake at the prompt is no failure of the program.
  mutating func run() -> ExitStatus {
    welcome()
    while true {
      switch input.read(prompt: prompt, rightPrompt: "") {
      case .statement(let text):
        if InputExtent.isFarewell(text) { return leave() }
        _ = session.runInteractively(SourceText(name: "<prompt>", bytes: text), sink: sink)
        Interruption.reset()
      case .interrupted:
        Interruption.reset()
        say("\n")
      case .tooLong:
        say("a line can't be longer than 1 MiB\n")
      case .end:
        say("\n")
        return leave()
      }
      if sink.failure != nil { return .storeUnavailable }
    }
  }

  private func leave() -> ExitStatus {
    if session.isInTransaction { say("rolled back: the transaction was not committed\n") }
    session.end(sink: sink)
    return .done
  }

  private func welcome() {
    let store =
      options.store.map { "store \(TerminalEscape.escape($0))" }
      ?? "a store in memory: nothing is kept; name one with --store"
    let count = Quantity.of(session.store.table.live.count, "subaccount")
    say("permql \(Version.number), \(store), \(count)\n'help' explains, 'quit' leaves\n")
  }

  private var prompt: String {
    let name = options.store.map { TerminalEscape.escape(Prompt.lastPart(of: $0)) } ?? "memory"
    let mode = options.isReadOnly ? " (read-only)" : ""
    return "\(name)\(mode)\(session.isInTransaction ? "*" : "")> "
  }

  private static func lastPart(of path: Text) -> Text {
    path.string.split(separator: "/").last.map { Text($0) } ?? path
  }

  private func say(_ text: String) {
    sink.say { $0.append(text) }
  }
}
