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
  private var input = LineReader()

  init(session: Session, sink: ResultSink, screen: Screen, options: Options) {
    self.session = session
    self.sink = sink
    self.screen = screen
    self.options = options
  }

  /// - Returns: what the process ends with. A mistake at the prompt is no failure of the program.
  mutating func run() -> ExitStatus {
    welcome()
    var text: [UInt8] = []
    while true {
      show(text.isEmpty ? prompt : continuation)
      switch input.next() {
      case .line(let line):
        text += line
        guard isReady(&text) else { continue }
        if isFarewell(text) { return leave() }
        _ = session.runInteractively(SourceText(name: "<prompt>", bytes: text), sink: sink)
        Interruption.reset()
        text = []
      case .interrupted:
        Interruption.reset()
        say("\n")
        text = []
      case .tooLong:
        say("a line can't be longer than 1 MiB\n")
        text = []
      case .end:
        say("\n")
        return leave()
      }
      if sink.failure != nil { return .storeUnavailable }
    }
  }

  /// Whether the input can run: the parser says that it is whole, or an empty line ends it.
  private func isReady(_ text: inout [UInt8]) -> Bool {
    if text.allSatisfy({ $0 <= 0x20 }) {
      text = []
      return false
    }
    if text.suffix(2) == [0x0A, 0x0A] || isFarewell(text) { return true }
    return Parser.completeness(of: SourceText(name: "<prompt>", bytes: text)) != .incomplete
  }

  private func isFarewell(_ text: [UInt8]) -> Bool {
    let word = text.filter { $0 > 0x20 && $0 != UInt8(ascii: ";") }.map { $0 | 0x20 }
    return word == Array("quit".utf8) || word == Array("exit".utf8)
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

  private var continuation: String {
    String(repeating: " ", count: max(0, prompt.unicodeScalars.count - 4)) + "... "
  }

  private static func lastPart(of path: Text) -> Text {
    path.string.split(separator: "/").last.map { Text($0) } ?? path
  }

  private func show(_ prompt: String) {
    sink.say { bytes in screen.append(.strong, to: &bytes) { $0.append(prompt) } }
  }

  private func say(_ text: String) {
    sink.say { $0.append(text) }
  }
}
