package import Diagnostics
import Language
package import Storage

/// One step of a script, for whoever says the same in another language.
package enum ScriptStep: Sendable {
  /// A statement with its names looked up, as it stands in the source; what it adds to the names
  /// that the agency knows.
  case statement(ResolvedStatement, text: Text, added: Effects)
  case begin
  /// What must hold for the transaction to be committed.
  case commit([ResolvedPolicy])
  case rollback
}

extension Session {
  /// Goes through a script without running it: nothing is asked of a subaccount.
  ///
  /// A selection that `let` freezes stands, where it is used, for one row: the number of the `let`
  /// among those that freeze selections, from 0.
  ///
  /// - Parameters:
  ///   - source: the script.
  ///   - arguments: the values of `$1`, `$2` and on.
  ///   - report: takes every mistake.
  ///   - visit: takes each step, and the agency's names before it, in a table without rows.
  /// - Returns: what the process should end with.
  package func walk(
    _ source: SourceText, arguments: [Text] = [], report: (Diagnostic) -> Void,
    visit: (ScriptStep, Table) throws(Diagnostic) -> Void
  ) -> ExitStatus {
    do {
      try store.refresh()
    } catch {
      report(Diagnostic(error))
      return error.status
    }
    let (resolver, script, mistakes) = checked(source, arguments)
    for mistake in mistakes { report(mistake) }
    guard mistakes.isEmpty else { return .unusable }
    var walk = ScriptWalk(resolver, store.table)
    return walk.walk(script, report: report, visit: visit) ? .done : .failed
  }
}

/// A walk through a script, and the names that are known at its present place.
private struct ScriptWalk {
  private var resolver: Resolver
  private var schema: Table
  /// The names at the transaction's beginning.
  private var committed: Table
  private var frozen: UInt32 = 0

  init(_ resolver: Resolver, _ table: Table) {
    self.resolver = resolver
    schema = Table(catalog: table.catalog, attributes: table.attributes)
    var effects = Effects()
    effects.definitions = table.definitions.map { DefinitionChange(old: nil, new: $0) }
    schema.apply(effects)
    committed = schema
  }

  /// Whether all went well; it goes on after a mistake, to find all of them.
  mutating func walk(
    _ script: Script, report: (Diagnostic) -> Void,
    visit: (ScriptStep, Table) throws(Diagnostic) -> Void
  ) -> Bool {
    let commitsEach = script.statements.contains { $0.kind == .begin }
    var isOpen = false
    var isWhole = true
    func attempt(_ body: () throws(Diagnostic) -> Void) {
      do {
        try body()
      } catch {
        report(error)
        isWhole = false
      }
    }
    for statement in script.statements {
      attempt { () throws(Diagnostic) in
        switch statement.kind {
        case .begin where !isOpen:
          try begin(visit)
          isOpen = true
        case .commit where isOpen || !commitsEach:
          if isOpen { try commit(visit) }
          isOpen = false
        case .rollback where isOpen || !commitsEach:
          if isOpen { try rollBack(visit) }
          isOpen = false
        default:
          let isAlone = !isOpen
          if isAlone { try begin(visit) }
          isOpen = true
          try step(statement, visit)
          if isAlone && commitsEach {
            try commit(visit)
            isOpen = false
          }
        }
      }
    }
    if isOpen { attempt { () throws(Diagnostic) in try commit(visit) } }
    return isWhole
  }

  private mutating func begin(
    _ visit: (ScriptStep, Table) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    committed = schema
    try visit(.begin, schema)
  }

  private mutating func commit(
    _ visit: (ScriptStep, Table) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var policies: [ResolvedPolicy] = []
    for definition in schema.definitions where definition.kind == .policy {
      guard let policy = resolver.policy(definition, at: Place(0, 0)) else {
        throw resolver.takeFindings()[0].foundWhileRunning
      }
      policies.append(policy)
    }
    try visit(.commit(policies), schema)
  }

  private mutating func rollBack(
    _ visit: (ScriptStep, Table) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    schema = committed
    resolver.scope.follow(schema)
    try visit(.rollback, schema)
  }

  private mutating func step(
    _ statement: Statement, _ visit: (ScriptStep, Table) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let resolved = resolver.resolve(statement)
    let errors = resolver.takeFindings().filter { $0.severity == .error }
    if let error = errors.first { throw error.foundWhileRunning }
    guard let resolved else { return }
    let text = resolver.source.statement(statement.place.range)
    let added = resolved.namesAdded(to: schema)
    try visit(.statement(resolved, text: text, added: added), schema)
    schema.apply(added)
    if case .letBinding(let name, let content) = resolved.kind { bind(name.value, content) }
    resolver.scope.follow(schema)
  }

  private mutating func bind(_ name: Text, _ content: ResolvedLet) {
    switch content {
    case .subaccounts:
      resolver.scope.variables[name] = .subaccounts(RowSet(Row(frozen)))
      frozen += 1
    case .permissions(let set): resolver.scope.variables[name] = .permissions(set)
    case .value(let value): resolver.scope.variables[name] = .value(value)
    case .count: resolver.scope.variables[name] = .value(.number(0))
    }
  }
}

extension ResolvedStatement {
  /// The attributes, permissions and definitions that it makes, as effects on a table without rows.
  fileprivate func namesAdded(to schema: Table) -> Effects {
    var effects = Effects()
    guard case .write(let write) = kind else { return effects }
    switch write.action {
    case .set(let assignments, _): effects.add(assignments)
    case .create(let creation): effects.add(creation.assignments)
    case .createPermission(let permission): effects.addedPermissions = [permission]
    case .define(let new):
      let old = schema.definition(like: new)
      if old != new { effects.definitions = [DefinitionChange(old: old, new: new)] }
    case .drop(let definition):
      if let old = schema.definition(like: definition) {
        effects.definitions = [DefinitionChange(old: old, new: nil)]
      }
    default: break
    }
    return effects
  }
}

extension Effects {
  fileprivate mutating func add(_ assignments: [ResolvedAssignment]) {
    for assignment in assignments {
      if case .new(let definition) = assignment.target { addedAttributes.append(definition) }
    }
  }
}

extension Table {
  fileprivate func definition(like other: Definition) -> Definition? {
    definitions.first {
      $0.name == other.name && ($0.kind == .policy) == (other.kind == .policy)
    }
  }
}
