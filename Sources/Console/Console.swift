import Diagnostics
import Evaluation
import Interchange

/// The program, from its arguments to its exit status.
package enum Console {
  /// - Returns: what the process ends with.
  package static func main() -> Int32 {
    SystemCall.reserveStandardDescriptors()
    Interruption.ignoreClosedPipes()
    Interruption.handle()
    return run(arguments: SystemCall.arguments).rawValue
  }

  private static func run(arguments: [[UInt8]]) -> ExitStatus {
    do throws(UsageProblem) {
      let store = SystemCall.environmentBytes("PERMQL_STORE")
      // To go on without it would be to work on another store.
      if let store, Text(validating: store) == nil { throw UsageProblem.notUnicode(store) }
      let invocation = try Invocation(
        arguments: arguments, store: store.flatMap { Text(validating: $0) })
      switch invocation {
      case .help: return write(OptionName.helpText)
      case .version: return write("permql \(Version.number)\n")
      case .explain(let explanation): return write(explanation.page)
      case .completions(let shell): return write(shell.script)
      case .options(let options): return Run(options).perform()
      }
    } catch {
      let hasColors = Surroundings.hasColors(.auto, descriptor: 2)
      var writer = DiagnosticWriter(.human(hasColors: hasColors))
      var bytes: [UInt8] = []
      writer.write(Diagnostic(error), to: &bytes)
      try? SystemCall.write(bytes[...], to: 2)
      return error.status
    }
  }

  private static func write(_ text: String) -> ExitStatus {
    do {
      try SystemCall.write(Array(text.utf8)[...], to: 1)
      return .done
    } catch {
      return error == .closed ? .done : .storeUnavailable
    }
  }
}
