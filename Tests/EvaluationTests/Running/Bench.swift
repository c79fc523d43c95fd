import Diagnostics
import Evaluation
import Permissions
import Storage
import Synchronization

/// A store in memory, files in memory, and a session over both.
final class Bench {
  static let start: Int64 = 1_790_000_000_000

  let store = Store.inMemory()
  let files = MemoryFiles()
  var options = SessionOptions(actor: "tester", user: "os-user", host: "bench") { Bench.start }

  /// A run's end, and all it said.
  struct Result {
    let status: ExitStatus
    let outcomes: [Outcome]
    let diagnostics: [Diagnostic]
    let commits: Int
    let rollbacks: Int

    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
    var codes: [String] { diagnostics.map(\.code) }
    var messages: [String] { diagnostics.map(\.message) }

    var summaries: [ChangeSummary] {
      outcomes.compactMap { if case .change(let summary) = $0 { summary } else { nil } }
    }

    var tables: [ResultTable] {
      outcomes.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }

    /// As `matched changed already protected change`, for each write.
    var numbers: [String] {
      summaries.map {
        "\($0.matched) \($0.changed) \($0.already) \($0.protected) \($0.change.map(String.init) ?? "-")"
      }
    }
  }

  /// Acme and Borg on plan pro, Cyan on plan free; Acme has inbound and outbound, Borg inbound.
  static func standard() -> Bench {
    let bench = Bench()
    let result = bench.run(
      """
      create subaccount "Acme" with inbound, outbound set plan = "pro", seats = 5
      create subaccount "Borg" with inbound set plan = "pro"
      create subaccount "Cyan" with nothing set plan = "free"
      """)
    precondition(result.status == .done, "\(result.messages)")
    return bench
  }

  @discardableResult
  func run(_ script: String, _ arguments: Text...) -> Result {
    let sink = RecordingSink()
    let session = Session(store: store, files: files, options: options)
    let status = session.run(
      SourceText(name: "test.pql", script), arguments: arguments, sink: sink)
    return sink.result(status)
  }

  /// Every subaccount's name and permissions, `general.assistants` left out, and its attributes.
  var state: [String] {
    let table = store.table
    return table.live.map { row in
      let permissions = table.permissions(of: row).compactMap { number in
        number.value == 0 ? nil : table.catalog[number].field.string
      }
      let attributes = table.attributes.indices.compactMap { index -> String? in
        guard let value = table.value(of: AttributeNumber(index), in: row) else { return nil }
        return "\(table.attributes[index].name)=\(Bench.words(value))"
      }
      let mark = table.isProtected(row) ? "!" : ""
      let always = table.has(PermissionNumber(0), row) ? "" : " NOT ALWAYS"
      return "\(table.name(of: row))\(mark): \(permissions.joined(separator: " "))"
        + " [\(attributes.joined(separator: " "))]\(always)"
    }
  }

  private static func words(_ value: AttributeValue) -> String {
    switch value {
    case .text(let text): text.string
    case .number(.infinity): "unlimited"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .boolean(let truth): "\(truth)"
    case .time(let moment): "@\(moment)"
    }
  }
}

/// Keeps what a run says; what is provisional counts only once it is committed.
final class RecordingSink: OutcomeSink {
  private var outcomes: [Outcome] = []
  private var held: [Outcome] = []
  private var diagnostics: [Diagnostic] = []
  private var heldNotes: [Diagnostic] = []
  private var commits = 0
  private var rollbacks = 0
  /// The output fails once so many outcomes were received.
  var failsAfter = Int.max
  var failure = OutputFailure.closed
  private var received = 0

  func receive(_ outcome: Outcome, isProvisional: Bool) throws(OutputFailure) {
    received += 1
    if received > failsAfter { throw failure }
    if isProvisional {
      held.append(outcome)
    } else {
      outcomes.append(outcome)
    }
  }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func reportProvisionally(_ diagnostic: Diagnostic) { heldNotes.append(diagnostic) }

  func committed() throws(OutputFailure) {
    commits += 1
    outcomes += held
    held = []
    diagnostics += heldNotes
    heldNotes = []
  }

  func rolledBack() throws(OutputFailure) {
    rollbacks += 1
    held = []
    heldNotes = []
  }

  func result(_ status: ExitStatus) -> Bench.Result {
    Bench.Result(
      status: status, outcomes: outcomes, diagnostics: diagnostics, commits: commits,
      rollbacks: rollbacks)
  }
}

/// Files that are dictionaries: scripts to run, subaccounts to import, and what was exported.
final class MemoryFiles: FileExchange {
  private struct Content {
    var scripts: [Text: String] = [:]
    var imports: [Text: ImportedSubaccounts] = [:]
    var published: [Text: Int] = [:]
    var discarded: [Text] = []
  }

  private let content = Mutex(Content())
  private let reports = Mutex<[Text: AgencyReport]>([:])

  /// What a report at a path told.
  func report(at path: Text) -> AgencyReport? { reports.withLock { $0[path] } }

  var published: [Text: Int] { content.withLock { $0.published } }
  var discarded: [Text] { content.withLock { $0.discarded } }

  func add(script: String, at path: Text) { content.withLock { $0.scripts[path] = script } }

  func add(_ subaccounts: ImportedSubaccounts, at path: Text) {
    content.withLock { $0.imports[path] = subaccounts }
  }

  func read(_ request: ImportRequest) throws(Diagnostic) -> ImportedSubaccounts {
    guard let found = content.withLock({ $0.imports[request.path] }) else {
      throw Diagnostic(MissingFile(path: request.path))
    }
    return found
  }

  func script(at path: Text) throws(Diagnostic) -> SourceText {
    guard let found = content.withLock({ $0.scripts[path] }) else {
      throw Diagnostic(MissingFile(path: path))
    }
    return SourceText(name: path, found)
  }

  func write(_ report: AgencyReport, to path: Text) throws(Diagnostic) -> any PendingFile {
    reports.withLock { $0[path] = report }
    return Pending(files: self, path: path, count: report.subaccounts.count)
  }

  func write(_ request: ExportRequest) throws(Diagnostic) -> any PendingFile {
    Pending(files: self, path: request.path, count: request.rows.count)
  }

  func write(
    _ changes: PlatformChanges, to path: Text
  ) throws(Diagnostic) -> (file: any PendingFile, calls: CallCounts) {
    (Pending(files: self, path: path, count: changes.touched.count), CallCounts())
  }

  private struct Pending: PendingFile {
    let files: MemoryFiles
    let path: Text
    let count: Int
    var notes: [Diagnostic] { [] }

    func publish() throws(Diagnostic) -> Publication {
      files.content.withLock { $0.published[path] = count }
      return .complete
    }
    func discard() { files.content.withLock { $0.discarded.append(path) } }
  }

  struct MissingFile: Problem {
    let path: Text
    var code: String { "E0601" }
    var message: String { "there is no file '\(path)'" }
    var status: ExitStatus { .failed }
  }
}
