import Diagnostics
import Language
import Storage

extension Scope {
  /// Takes over the names that a statement makes, for the statements after it.
  mutating func announce(_ statement: ResolvedStatement) {
    switch statement.kind {
    case .write(let write): announce(write)
    case .letBinding(let name, let content): variables[name.value] = content.placeholder
    default: break
    }
  }

  private mutating func announce(_ write: ResolvedWrite) {
    switch write.action {
    case .create(let creation): announce(creation.assignments)
    case .set(let assignments, _): announce(assignments)
    case .importFile: hasOpenAttributes = true
    case .define(let definition): announce(definition)
    case .drop(let definition): retract(definition)
    case .createPermission(let permission): announce(permission)
    // It may bring back what was dropped.
    case .undo: hasOpenDefinitions = true
    case .grant, .revoke, .grantOnly, .copy, .rename, .delete, .unset, .protect, .unprotect,
      .restore:
      break
    }
  }

  private mutating func announce(_ assignments: [ResolvedAssignment]) {
    for assignment in assignments {
      if case .new(let definition) = assignment.target { announce(definition) }
    }
  }

  /// A statement that is wrong makes its names all the same: what is wrong with it has been told,
  /// and is not to be told again of each statement that uses them.
  mutating func excuse(_ statement: Statement) {
    switch statement.kind {
    case .letBinding(let binding): brokenNames.insert(binding.name.value)
    case .write(let write): excuse(write.action)
    default: break
    }
  }

  private mutating func excuse(_ action: WriteStatement.Action) {
    switch action {
    case .definePermissions(let name, _), .defineSubaccounts(let name, _),
      .definePolicy(let name, _):
      brokenNames.insert(name.value)
    case .set(let assignments, _): excuse(assignments)
    case .create(let creation): excuse(creation.assignments)
    default: break
    }
  }

  private mutating func excuse(_ assignments: [Assignment]) {
    for assignment in assignments {
      brokenAttributes.insert(Resolver.folded(assignment.attribute.value))
    }
  }
}

extension ResolvedStatement {
  /// Whether it may make names: most statements don't, and a scope that is touched forgets much.
  var mayAnnounce: Bool {
    switch kind {
    case .letBinding: true
    case .write(let write):
      switch write.action {
      case .grant, .revoke, .grantOnly: false
      default: true
      }
    default: false
    }
  }
}

extension ResolvedLet {
  /// What stands for it while nothing runs: of the right kind.
  fileprivate var placeholder: Scope.Variable {
    switch self {
    case .subaccounts: .subaccounts(RowSet())
    case .permissions(let set): .permissions(set)
    case .value(let value): .value(value)
    case .count: .value(.number(0))
    }
  }
}
