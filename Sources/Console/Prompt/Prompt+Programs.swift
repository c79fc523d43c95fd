import Diagnostics
import Evaluation
import Interchange
import Language

// Dot commands that take time: an editor, and a question asked again and again.
extension Prompt {
  /// Opens the last statement in the person's editor, and runs what comes back changed.
  mutating func edit() throws(DotProblem) {
    guard let latest else { throw .nothingYet(.edit) }
    let chosen = ["VISUAL", "EDITOR"].lazy.compactMap { SystemCall.environment($0) }
    let editor = chosen.first { !$0.isEmpty } ?? "vi"
    let edited: [UInt8]
    do {
      let scratch = try ScratchFile(latest, suffix: ".pql")
      let status = ChildProcess.run(editor, [scratch.path])
      if status != 0 { throw DotProblem.failedProgram(editor, status) }
      edited = try scratch.contents(limit: 1 << 20)
    } catch let problem as DotProblem {
      throw problem
    } catch let failure as FileFailure {
      throw .unusableFile("the editor's file", SystemFile.describe(failure.number))
    } catch {
      throw .unusableFile("the editor's file", "\(error)")
    }
    if Prompt.trimmed(edited) == Prompt.trimmed(latest) || InputExtent.isBlank(edited) {
      return say("unchanged: nothing was run\n")
    }
    let shown = TerminalEscape.escape(
      String(decoding: Prompt.trimmed(edited), as: UTF8.self), keepsLineEnds: true)
    say(shown + "\n")
    self.latest = edited
    runStatement(edited)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes[..<((bytes.lastIndex { $0 > 0x20 } ?? -1) + 1)])
  }

  /// Asks the last question again and again, until Ctrl-C.
  mutating func watch(_ argument: Text) throws(DotProblem) {
    guard let latest else { throw .nothingYet(.watch) }
    let seconds = argument.isEmpty ? 2 : Double(argument.string)
    guard let seconds, seconds >= 0.1, seconds <= 86_400 else {
      throw .badArgument(argument, .watch, nearest: nil)
    }
    let (script, mistakes) = Parser.parse(SourceText(name: "<prompt>", bytes: latest))
    guard mistakes.isEmpty, script.statements.allSatisfy(\.kind.isQuestion) else {
      throw .watchesQuestions
    }
    let pages = sink.pages
    sink.pages = nil
    defer { sink.pages = pages }
    while true {
      settle()
      if screen.isTerminal, !Surroundings.isDumb, options.editsLines {
        say("\u{1B}[H\u{1B}[2J")
      }
      var time: [UInt8] = []
      HumanText.append(second: SystemCall.now, to: &time)
      let every = argument.isEmpty ? "2" : argument.string
      say("\(String(decoding: time, as: UTF8.self)), every \(every) s until Ctrl-C\n")
      let isDone = runStatement(latest)
      if isDone && !Interruption.isRequested { SystemCall.wait(milliseconds: Int(seconds * 1000)) }
      if !isDone || Interruption.isRequested { return say("\n") }
    }
  }
}

extension Statement.Kind {
  /// Whether asking it twice does no more than asking it once.
  fileprivate var isQuestion: Bool {
    switch self {
    case .show, .count, .compare, .why, .chart, .check, .help, .preview, .previewBlock, .print:
      true
    case .write, .begin, .commit, .rollback, .letBinding, .assert, .conditional, .run, .export:
      false
    }
  }
}
