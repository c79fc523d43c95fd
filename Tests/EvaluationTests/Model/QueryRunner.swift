import Diagnostics
import Evaluation
import Language
import Permissions
import Storage

/// Collects what a run comes to, provisional or not.
final class CollectedRun: OutcomeSink {
  private(set) var outcomes: [Outcome] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var status = ExitStatus.done

  /// Runs a script in a session of its own.
  init(_ source: String, on store: Store, now: Int64 = 1_790_000_000_000) {
    let options = SessionOptions(actor: "tester", user: "tester", host: "test") { now }
    let session = Session(store: store, files: NoFiles(), options: options)
    status = session.run(SourceText(source), sink: self)
  }

  /// What somebody who types a statement is told that it would change.
  static func reach(of source: String, on store: Store, now: Int64) -> Reach? {
    let options = SessionOptions(actor: "tester", user: "tester", host: "test") { now }
    let session = Session(store: store, files: NoFiles(), options: options)
    return session.reach(of: Array(source.utf8))
  }

  func receive(_ outcome: Outcome, isProvisional: Bool) { outcomes.append(outcome) }
  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
  func committed() {}
  func rolledBack() {}

  /// The tables of the queries, in order.
  var tables: [ResultTable] {
    outcomes.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  var changes: [ChangeSummary] {
    outcomes.compactMap { if case .change(let change) = $0 { change } else { nil } }
  }

  /// Each as its code and message, for comparing.
  var messages: [String] { diagnostics.map { "\($0.code): \($0.message)" } }
}

/// A world without files.
struct NoFiles: FileExchange {
  private struct Missing: Problem {
    let code = "E0699"
    let message = "there are no files here"
    let status = ExitStatus.failed
  }

  func read(_ request: ImportRequest) throws(Diagnostic) -> ImportedSubaccounts {
    throw Diagnostic(Missing())
  }

  func write(_ request: ExportRequest) throws(Diagnostic) -> any PendingFile {
    throw Diagnostic(Missing())
  }

  func write(_ report: AgencyReport, to path: Text) throws(Diagnostic) -> any PendingFile {
    throw Diagnostic(Missing())
  }

  func write(
    _ changes: PlatformChanges, to path: Text
  ) throws(Diagnostic) -> (file: any PendingFile, calls: CallCounts) {
    throw Diagnostic(Missing())
  }

  func script(at path: Text) throws(Diagnostic) -> SourceText { throw Diagnostic(Missing()) }
}

extension ResultTable {
  /// Header and rows as one text each, cells parted by bars: as json has them, or as csv does.
  func lines(for audience: Audience) -> [String] {
    let shown = columns.indices.filter {
      columns[$0].audience == .all || columns[$0].audience == audience
    }
    let header = shown.map { columns[$0].name.string }.joined(separator: "|")
    return [header]
      + (0..<rowCount).map { row in
        shown.map { value(row: row, column: $0).plain }.joined(separator: "|")
      }
  }

  /// One column of a listing, by its name.
  func texts(of name: Text) -> [String] {
    guard let column = columns.firstIndex(where: { $0.name == name }) else { return [] }
    return (0..<rowCount).map { value(row: $0, column: column).plain }
  }
}

extension ResultValue {
  /// The value in a few plain characters.
  var plain: String {
    switch self {
    case .null: "-"
    case .text(let text): text.string
    case .integer(let number): String(number)
    case .number(let number) where number == number.rounded(): String(Int(number))
    case .number(let number): String(number)
    case .unlimited: "unlimited"
    case .boolean(let isTrue): String(isTrue)
    case .time(let time): dateSource(time)
    case .list(let texts): texts.map(\.string).joined(separator: ";")
    case .flags(let flags): flags.filter(\.isOn).map(\.name.string).joined(separator: ";")
    }
  }
}
