import Diagnostics
import Evaluation
import Interchange
import Storage

// The same in SQL: nothing here changes the store.
extension ScriptRunner {
  /// Prints the SQL that does the same as a script; nothing is printed where a statement has none.
  func translate(_ source: SourceText, into dialect: SQLDialect) -> ExitStatus {
    guard let session = openSession(isInteractive: false) else { return .storeUnavailable }
    var translation = SQLTranslation(
      dialect, source, actor: options.actor ?? person.actor, reason: options.reason,
      now: session.now)
    let status = session.walk(
      source, arguments: options.arguments, report: { sink.report($0) }
    ) { (step, schema) throws(Diagnostic) in
      try translation.take(step, schema, source)
    }
    if status == .done { sink.print(Text(translation.text)) }
    return status
  }

  /// Prints the schema of the relational copy, and the store's data.
  func load(into dialect: SQLDialect) -> ExitStatus {
    care { (path) throws(StoreProblem) in
      let store = try Store.open(path, access: .readOnly, allowsNetwork: options.allowsNetwork)
      try SQLLoad(dialect, store).write { sink.print(Text($0)) }
    }
  }
}
