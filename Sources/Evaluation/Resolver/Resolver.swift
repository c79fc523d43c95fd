import Diagnostics
import Language
import Permissions
import Storage

/// Looks up every name in a statement but those of subaccounts, and checks that values fit.
///
/// Statement -> ResolvedStatement. It goes on after a mistake, so that one statement shows all of
/// its mistakes: a function that returns nil has reported why.
struct Resolver {
  var scope: Scope {
    didSet { forgetDefinitions() }
  }
  /// What the places of the statement point into.
  var source: SourceText
  /// Milliseconds since 1970-01-01T00:00Z: when the run began.
  var now: Int64
  /// Nothing will be run: values that only running makes known are not missed.
  var isChecking: Bool
  /// Whether a person wants to know which of two namesakes is meant.
  var isInteractive: Bool
  /// When a change was committed, in milliseconds; nil where there is none of that number.
  var timeOfChange: (Int) -> Int64?

  /// What was found since it was last taken, in order of finding.
  var findings: [Diagnostic] = []
  /// Errors among the findings.
  var errorCount = 0

  /// Saved sets that are being worked out: one that turns up again is defined by itself.
  var underway: [Text] = []
  /// Among those being worked out are more than `deepestDefinition`.
  var isTooDeep = false
  /// So many saved sets may be defined one by way of the other: each takes some of the stack.
  static let deepestDefinition = 100
  var definedPermissions: [Text: PermissionSet] = [:]
  var definedSelections: [Text: ResolvedSelection] = [:]
  /// The last list of permissions and what it came to: long scripts repeat themselves, and finding it
  /// again takes half of resolving a short grant.
  var lastPermissions: ResolvedPermissions?

  init(
    scope: Scope, source: SourceText, now: Int64, isChecking: Bool, isInteractive: Bool = false,
    timeOfChange: @escaping (Int) -> Int64?
  ) {
    self.scope = scope
    self.source = source
    self.now = now
    self.isChecking = isChecking
    self.isInteractive = isInteractive
    self.timeOfChange = timeOfChange
  }

  /// The statement with its names looked up, or nil where one of them is wrong.
  mutating func resolve(_ statement: Statement) -> ResolvedStatement? {
    let before = errorCount
    guard let kind = resolve(statement.kind, place: statement.place), errorCount == before else {
      return nil
    }
    return ResolvedStatement(kind, at: statement.place)
  }

  private mutating func resolve(
    _ kind: Statement.Kind, place: Place
  ) -> ResolvedStatement.Kind? {
    switch kind {
    case .write(let write): self.write(write, place: place).map { .write($0) }
    case .preview(let write): self.write(write, place: place).map { .preview($0) }
    case .previewBlock(let block): .previewBlock(block)
    case .show(let show): self.show(show, place: place)
    case .count(let count): self.count(count, place: place)
    case .check(let policy): check(policy)
    case .help(let topic): help(topic)
    case .compare(let compare): self.compare(compare)
    case .why(let why): self.why(why)
    case .chart(let chart): self.chart(chart, place: place)
    case .begin: .begin
    case .commit: .commit
    case .rollback: .rollback
    case .letBinding(let binding): letBinding(binding)
    case .assert(let assertion, let message):
      self.assertion(assertion, place: place).map { .assert($0, message: message) }
    case .conditional(let conditional):
      assertion(conditional.condition, place: place).map {
        .conditional($0, then: conditional.then, otherwise: conditional.otherwise)
      }
    case .run(let file, let arguments):
      values(arguments).map { .run(file: file, arguments: $0) }
    case .print(let list): values(list).map { .print($0) }
    case .export(let export): self.export(export, place: place)
    }
  }

  /// Reports what is wrong.
  mutating func report(_ problem: any Problem, at place: Place) {
    findings.append(Diagnostic(problem, at: (source, place.range)))
    errorCount += 1
  }

  mutating func note(_ problem: any Problem, at place: Place) {
    findings.append(Diagnostic(problem, severity: .note, at: (source, place.range)))
  }

  mutating func takeFindings() -> [Diagnostic] {
    defer { findings.removeAll() }
    return findings
  }

  private mutating func forgetDefinitions() {
    lastPermissions = nil
    guard !definedPermissions.isEmpty || !definedSelections.isEmpty else { return }
    definedPermissions.removeAll()
    definedSelections.removeAll()
  }
}
