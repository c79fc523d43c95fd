import Diagnostics
import Evaluation
import Interchange
import Language

/// One run of the program with its options.
struct Run {
  private let options: Options
  private let screen: Screen
  private let sink: ResultSink
  private let files: Files
  private let isPrompt: Bool

  init(_ options: Options) {
    self.options = options
    isPrompt =
      options.mode == .run && options.input == .standardInput && SystemCall.isTerminal(0)
    // Who reads plain lines wants no escape sequences at all.
    let isPlain = isPrompt && !options.editsLines && options.color == .auto
    let choice = isPlain ? .never : options.color
    screen = Surroundings.screen(choice)
    let colors = Surroundings.hasColors(choice, descriptor: 2)
    sink = ResultSink(
      results: ResultWriter(format: options.format, screen: screen),
      diagnostics: DiagnosticWriter(
        options.format.writesObjects ? .objects : .human(hasColors: colors)),
      hidesNotes: options.isQuiet, showsAtOnce: isPrompt,
      watch: Watch(echoes: options.echoes, showsTiming: options.showsTiming))
    if SystemCall.isTerminal(2) { sink.diagnostics.width = SystemCall.terminalWidth(2) }
    let isWatched = SystemCall.isTerminal(2) && !Surroundings.isDumb && !options.isQuiet
    let meter = isWatched ? ProgressMeter() : nil
    sink.meter = meter
    files = Files(
      hasHelpers: true, isInterrupted: { Interruption.isRequested },
      progress: { meter?.report($0, done: $1, total: $2) })
  }

  func perform() -> ExitStatus {
    for argument in options.doubtfulArguments {
      sink.report(Diagnostic(UsageProblem.doubtfulArgument(argument), severity: .note))
    }
    let runner = ScriptRunner(
      options: options, files: files, sink: sink, person: Surroundings.person)
    if isPrompt { return finished(runner.runPrompt(screen: screen)) }
    sink.meter?.begin()
    defer { sink.meter?.finish() }
    do throws(Diagnostic) {
      switch options.mode {
      case .run: return finished(runner.run(try sources()[0]))
      case .check: return finished(runner.check(try sources()))
      case .reformat(let inPlace):
        return finished(try reformat(try sources(), inPlace: inPlace))
      case .verify(let expected): return finished(runner.verify(expecting: expected))
      case .backup(let path): return finished(runner.backup(to: path))
      case .recover: return finished(runner.recover())
      case .snapshot: return finished(runner.takeSnapshot())
      case .sql(let dialect): return finished(runner.translate(try sources()[0], into: dialect))
      case .load(let dialect): return finished(runner.load(into: dialect))
      }
    } catch {
      // That it was interrupted is told in one place, at the end.
      if error.status != .interrupted { sink.report(error) }
      return finished(error.status)
    }
  }

  /// Prints scripts in standard layout, or rewrites their files.
  ///
  /// A script with a mistake is left as it is, and its mistakes are told.
  private func reformat(
    _ sources: [SourceText], inPlace: Bool
  ) throws(Diagnostic) -> ExitStatus {
    var status = ExitStatus.done
    for source in sources {
      let (text, mistakes) = Reformatter.reformat(source)
      for mistake in mistakes { sink.report(mistake) }
      guard let text else {
        if status == .done { status = mistakes.first?.status ?? .unusable }
        continue
      }
      if !inPlace {
        sink.print(Text(text))
      } else if Array(text.utf8) != source.bytes {
        try files.replaceScript(at: source.name, with: Array(text.utf8))
      }
    }
    return status
  }

  /// All scripts that are named, read whole.
  private func sources() throws(Diagnostic) -> [SourceText] {
    switch options.input {
    case .command(let text): return [SourceText(name: "<command>", bytes: text.bytes)]
    case .standardInput:
      if options.mode != .run, SystemCall.isTerminal(0) {
        throw Diagnostic(UsageProblem.nothingToCheck)
      }
      return [try standardInput()]
    case .files(let paths):
      var sources: [SourceText] = []
      for path in paths {
        sources.append(path == "-" ? try standardInput() : try file(path))
      }
      return sources
    }
  }

  private func file(_ path: Text) throws(Diagnostic) -> SourceText {
    do {
      return try files.script(at: path)
    } catch {
      if Interruption.isRequested {
        throw Diagnostic(UsageProblem.interrupted(changesStand: false))
      }
      // Found before anything runs: the command line is what is wrong.
      throw Diagnostic(
        RestatedProblem(
          error, status: .unusable, addingHelp: MistakenScript.help(for: path)))
    }
  }

  private func standardInput() throws(Diagnostic) -> SourceText {
    // Whoever writes it may take their time.
    sink.meter?.finish()
    defer { sink.meter?.begin() }
    do {
      return try ScriptReader.read(StandardInput(), name: "<stdin>")
    } catch {
      switch error {
      case .failure(let failure):
        if Interruption.isRequested {
          throw Diagnostic(UsageProblem.interrupted(changesStand: false))
        }
        throw Diagnostic(UsageProblem.unreadableInput(SystemFile.describe(failure.number)))
      case .lineTooLong: throw Diagnostic(UsageProblem.scriptTooLong("a line", "1 MiB"))
      case .tooLong: throw Diagnostic(UsageProblem.scriptTooLong("the script", "256 MiB"))
      }
    }
  }

  /// The status with what happened to the output: what could not be written is told last.
  private func finished(_ status: ExitStatus) -> ExitStatus {
    sink.finish()
    if case .system(let number) = sink.failure {
      if !sink.isFailureTold {
        sink.report(
          Diagnostic(UsageProblem.outputFailed(number, changesStand: sink.changesStand)))
      }
      return .storeUnavailable
    }
    if status == .interrupted {
      sink.report(Diagnostic(UsageProblem.interrupted(changesStand: sink.changesStand)))
    }
    return status
  }
}
