import Diagnostics
import Language
import Storage

/// Resolves a whole script before any of it runs, and what it runs with it.
///
/// Names that statements announce count from there on; in the branches of an `if` too.
struct Checker {
  private(set) var resolver: Resolver
  private(set) var diagnostics: [Diagnostic] = []
  private let files: any FileExchange
  private let options: SessionOptions
  /// The scripts that are being checked, outermost first: one that runs itself is checked once.
  private var scripts: [Text]
  /// What is only tried out writes nothing.
  private var isRehearsed: Bool

  init(_ resolver: Resolver, files: any FileExchange, options: SessionOptions) {
    self.resolver = resolver
    self.files = files
    self.options = options
    scripts = [resolver.source.name]
    isRehearsed = options.isDryRun
  }

  /// Parses and resolves a script: its mistakes, in the order of their places.
  static func check(
    _ source: SourceText, _ resolver: Resolver, files: any FileExchange, options: SessionOptions
  ) -> (script: Script, diagnostics: [Diagnostic]) {
    var resolver = resolver
    resolver.source = source
    resolver.isChecking = true
    var checker = Checker(resolver, files: files, options: options)
    let script = checker.read(source)
    return (script, checker.diagnostics)
  }

  private mutating func read(_ source: SourceText) -> Script {
    let (script, mistakes) = Parser.parse(source)
    if !mistakes.isEmpty {
      resolver.scope.hasOpenDefinitions = true
      resolver.scope.hasOpenAttributes = true
    }
    let others = diagnostics
    diagnostics = mistakes
    check(script.statements)
    diagnostics = others + diagnostics.sortedByPlace
    return script
  }

  private mutating func check(_ statements: [Statement]) {
    for statement in statements { check(statement) }
  }

  private mutating func check(_ statement: Statement) {
    if options.isReadOnly || options.isSandboxed { restrict(statement) }
    let resolved = resolver.resolve(statement)
    if !resolver.findings.isEmpty {
      diagnostics += resolver.takeFindings().filter { $0.severity == .error }
    }
    switch statement.kind {
    case .conditional(let conditional):
      check(conditional.then)
      check(conditional.otherwise ?? [])
    case .previewBlock(let block):
      let outer = (scope: resolver.scope, isRehearsed)
      isRehearsed = true
      check(block)
      (resolver.scope, isRehearsed) = outer
    case .run(let file, let arguments): check(run: file, arguments)
    default: break
    }
    if let resolved {
      if resolved.mayAnnounce { resolver.scope.announce(resolved) }
    } else {
      resolver.scope.excuse(statement)
    }
  }

  /// `run`: the other script is checked now if it is there now; what it announces stays announced,
  /// but its variables are its own.
  private mutating func check(run file: Placed<Text>, _ arguments: [Value]) {
    if options.isSandboxed { return }
    guard !scripts.contains(file.value), scripts.count <= Run.deepest,
      let source = try? files.script(at: file.value)
    else {
      resolver.scope.isOpen = true
      return
    }
    let outer = (
      source: resolver.source, variables: resolver.scope.variables,
      hasOpenArguments: resolver.scope.hasOpenArguments
    )
    resolver.scope.hasOpenArguments = false
    for (index, argument) in arguments.enumerated() {
      resolver.scope.variables["\(index + 1)"] =
        resolver.value(argument).map { .value($0) } ?? .value(.loose(""))
    }
    _ = resolver.takeFindings()
    resolver.source = source
    scripts.append(file.value)
    _ = read(source)
    scripts.removeLast()
    resolver.source = outer.source
    resolver.scope.variables = outer.variables
    resolver.scope.hasOpenArguments = outer.hasOpenArguments
    resolver.scope.hasOpenAttributes = true
  }

  private mutating func restrict(_ statement: Statement) {
    let problem: RunProblem
    switch statement.kind {
    case .write(let write) where options.isReadOnly && !isRehearsed:
      problem = .readOnly(statement: write.action.verb)
    case .write(let write), .preview(let write):
      guard options.isSandboxed, case .importFile = write.action else { return }
      problem = .sandboxed(statement: "import")
    case .export where options.isSandboxed: problem = .sandboxed(statement: "export")
    case .run where options.isSandboxed: problem = .sandboxed(statement: "run")
    case .compare(.store) where options.isSandboxed: problem = .sandboxed(statement: "compare")
    default: return
    }
    diagnostics.append(
      Diagnostic(problem, at: (resolver.source, statement.place.range)))
  }
}

extension WriteStatement.Action {
  /// Its first word.
  var verb: String {
    switch self {
    case .grant, .grantOnly: "grant"
    case .revoke: "revoke"
    case .copy: "copy"
    case .restore: "restore"
    case .create, .createPermission: "create"
    case .rename: "rename"
    case .delete: "delete"
    case .set: "set"
    case .unset: "unset"
    case .protect: "protect"
    case .unprotect: "unprotect"
    case .undo: "undo"
    case .importFile: "import"
    case .definePermissions, .defineSubaccounts, .definePolicy: "define"
    case .dropDefinition, .dropPolicy: "drop"
    }
  }
}

extension [Diagnostic] {
  /// Stable; those of other texts keep their turn.
  fileprivate var sortedByPlace: [Diagnostic] {
    enumerated().sorted { left, right in
      guard let a = left.element.place, let b = right.element.place, a.source.name == b.source.name,
        a.range.lower != b.range.lower
      else { return left.offset < right.offset }
      return a.range.lower < b.range.lower
    }.map(\.element)
  }
}
