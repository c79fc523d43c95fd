import Diagnostics
import Evaluation
import Language
import Storage

extension Prompt {
  /// Does what a line that begins with a dot says.
  mutating func perform(_ bytes: [UInt8]) {
    do throws(DotProblem) {
      let line = try DotLine(bytes)
      do throws(DotProblem) {
        if options.isSandboxed, line.command.entry.leavesTheSandbox {
          throw .sandboxed(line.command)
        }
        if line.command.entry.argument == nil, !line.argument.isEmpty {
          throw .unwantedArgument(line.command)
        }
        try perform(line)
      } catch {
        let isAboutCommand = line.argument.isEmpty || error == .sandboxed(line.command)
        report(error, in: bytes, at: isAboutCommand ? DotLine.word(of: bytes) : line.range)
      }
    } catch {
      report(error, in: bytes, at: DotLine.word(of: bytes))
    }
  }

  private mutating func perform(_ line: DotLine) throws(DotProblem) {
    let argument = line.argument
    switch line.command {
    case .help: showHelp(argument)
    case .output: try chooseOutput(argument)
    case .timing: try chooseTiming(argument)
    case .open: try open(argument)
    case .read:
      if argument.isEmpty { throw .missingArgument(.read) }
      runStatement(Array("run \(Spelling.quoted(argument))".utf8))
    case .edit: try edit()
    case .watch: try watch(argument)
    case .tee: try chooseTee(argument)
    case .history: showHistory(argument)
    case .set: try setVariable(argument)
    case .width: try chooseWidth(argument)
    case .clear: if !Surroundings.isDumb && options.editsLines { say("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
    case .quit: leave()
    }
  }

  private func showHelp(_ topic: Text) {
    let name = topic.string.drop { $0 == "." }.lowercased()
    if topic.isEmpty {
      show(DotCommand.overview)
    } else if let command = DotCommand(rawValue: name),
      topic.string.hasPrefix(".") || HelpTopic.named(Text(name)) == nil
    {
      show(command.page)
    } else {
      runStatement(Array("help \(Spelling.quoted(topic))".utf8))
    }
  }

  private func show(_ text: String) {
    try? sink.receive(.prose(text), isProvisional: false)
  }

  private mutating func chooseOutput(_ name: Text) throws(DotProblem) {
    if name.isEmpty { return say("\(sink.results.format.rawValue)\n") }
    let names = OutputFormat.allCases.map { Text($0.rawValue) }
    guard let format = OutputFormat(rawValue: name.string.lowercased()) else {
      throw .badArgument(
        name, .output, nearest: Suggestion.nearest(to: name, among: names))
    }
    sink.results.format = format
  }

  private func chooseTiming(_ word: Text) throws(DotProblem) {
    switch word.string.lowercased() {
    case "": break
    case "on": sink.watch.showsTiming = true
    case "off": sink.watch.showsTiming = false
    default: throw .badArgument(word, .timing, nearest: nil)
    }
    if word.isEmpty { say("\(sink.watch.showsTiming ? "on" : "off")\n") }
  }

  /// Goes on with another store; where it can't be opened, all stays as it was.
  private mutating func open(_ path: Text) throws(DotProblem) {
    if path.isEmpty { throw .missingArgument(.open) }
    if session.isInTransaction { throw .inTransaction(.open) }
    var other = runner
    other.options.store = path
    guard let opened = other.openSession(isInteractive: true) else { return }
    session.end(sink: sink)
    runner.finish(session.store)
    (runner, session) = (other, opened)
    input.follow(opened)
    runner.tellOfMissingStore()
    say(welcome.storeLine + "\n")
  }

  private mutating func setVariable(_ text: Text) throws(DotProblem) {
    if text.isEmpty {
      for variable in options.variables {
        let value = TerminalEscape.escape(Spelling.quoted(variable.value))
        say("$\(TerminalEscape.escape(variable.name)) = \(value)\n")
      }
      return
    }
    guard let variable = Options.Variable(text) else {
      throw .badArgument(text, .set, nearest: nil)
    }
    runner.options.variables.removeAll { $0.name == variable.name }
    runner.options.variables.append(variable)
    session.setVariable(variable.name, to: variable.value)
  }

  private mutating func chooseWidth(_ text: Text) throws(DotProblem) {
    if text.isEmpty { return say("\(width.map { "\($0)" } ?? "auto")\n") }
    if text.string.lowercased() == "auto" {
      width = nil
    } else if let columns = Int(text.string), Prompt.widths.contains(columns) {
      width = columns
    } else {
      throw .badArgument(text, .width, nearest: nil)
    }
  }

  private static let widths = 10...10_000

  private func chooseTee(_ path: Text) throws(DotProblem) {
    if path.isEmpty || path.string.lowercased() == "off" {
      sink.tee = nil
    } else {
      sink.tee = try Tee(path)
    }
  }

  private func showHistory(_ text: Text) {
    let wanted = text.string.lowercased()
    var lines: [String] = []
    for (index, statement) in input.history.enumerated()
    where wanted.isEmpty || statement.string.lowercased().holds(wanted) {
      let number = String(index + 1)
      let padding = String(repeating: " ", count: max(0, 5 - number.count))
      let shown = TerminalEscape.escape(statement.string, keepsLineEnds: true)
      lines.append(
        padding + number + "  " + shown.split(separator: "\n").joined(separator: "\n       "))
    }
    if !lines.isEmpty { show(lines.joined(separator: "\n")) }
  }
}

extension DotLine {
  /// Where the command itself stands in a line.
  static func word(of bytes: [UInt8]) -> SourceRange {
    let start = bytes.firstIndex { $0 > 0x20 } ?? 0
    return SourceRange(start, bytes[start...].firstIndex { $0 <= 0x20 } ?? bytes.count)
  }
}
