import Diagnostics
import Language
import Permissions
import Storage

extension Resolver {
  /// WHO, or everybody where it is not written.
  mutating func selection(_ selection: Selection?, place: Place) -> ResolvedSelection? {
    guard let selection else { return .all(at: place) }
    return self.selection(selection)
  }

  mutating func selection(_ selection: Selection) -> ResolvedSelection? {
    let base: ResolvedSelection.Base?
    switch selection.base {
    case .all, .filtersAlone: base = .all
    case .references(let list): base = references(list).map { .references($0) }
    }
    if selection.filters.isEmpty {
      return base.map { ResolvedSelection(base: $0, filters: [], place: selection.place) }
    }
    let filters = all(selection.filters) { $0.filter($1) }
    guard let base, let filters else { return nil }
    return ResolvedSelection(base: base, filters: filters, place: selection.place)
  }

  mutating func references(_ list: [Reference]) -> [ResolvedReference]? {
    all(list) { $0.reference($1) }
  }

  /// REF: a name of a subaccount is looked up when the statement runs.
  mutating func reference(_ reference: Reference) -> ResolvedReference? {
    switch reference.kind {
    case .name(let name): return ResolvedReference(.name(name), at: reference.place)
    case .id(let id): return ResolvedReference(.id(id), at: reference.place)
    case .those: return ResolvedReference(.those, at: reference.place)
    case .variable(let name): return self.reference(variable: name, at: reference.place)
    }
  }

  private mutating func reference(variable name: Text, at place: Place) -> ResolvedReference? {
    switch variable(name) {
    case .subaccounts(let rows):
      return ResolvedReference(.frozen(isChecking ? nil : rows), at: place)
    case .value(.text(let text)), .value(.loose(let text)):
      return ResolvedReference(.name(text), at: place)
    case let other?:
      report(
        ResolverProblem.wrongKind(variable: name, holds: other.holds, wanted: "a subaccount"),
        at: place)
      return nil
    case nil: break
    }
    guard let definition = scope.definitions[name] else { return unknownVariable(name, at: place) }
    guard definition.kind == .subaccounts else {
      report(
        ResolverProblem.wrongKind(variable: name, holds: "permissions", wanted: "a subaccount"),
        at: place)
      return nil
    }
    return selection(defined: definition, at: place).map {
      ResolvedReference(.defined($0, source: definition.source), at: place)
    }
  }

  private mutating func filter(_ filter: Filter) -> ResolvedFilter? {
    switch filter {
    case .permissions(let test): permissionTest(test).map { .condition(.permissions($0)) }
    case .condition(let condition): self.condition(condition).map { .condition($0) }
    case .exceptReferences(let list): references(list).map { .exceptReferences($0) }
    case .exceptSelection(let selection): self.selection(selection).map { .exceptSelection($0) }
    }
  }

  /// CONDITION: true or false of every subaccount.
  mutating func condition(_ condition: Condition) -> ResolvedCondition? {
    switch condition {
    case .or(let operands): all(operands) { $0.condition($1) }.map { .or($0) }
    case .and(let operands): all(operands) { $0.condition($1) }.map { .and($0) }
    case .not(let operand, _): self.condition(operand).map { .not($0) }
    case .permissions(let test): permissionTest(test).map { .permissions($0) }
    case .attribute(let test): attributeTest(test)
    }
  }

  mutating func permissionTest(_ test: PermissionTest) -> ResolvedPermissionTest? {
    permissions(test.permissions).map {
      ResolvedPermissionTest(verb: test.verb, any: test.any, permissions: $0.set)
    }
  }

  /// Resolves every part even after a mistake in one, so that all mistakes are shown.
  mutating func all<Part, Result>(
    _ parts: [Part], _ resolve: (inout Resolver, Part) -> Result?
  ) -> [Result]? {
    var results: [Result] = []
    results.reserveCapacity(parts.count)
    var isWhole = true
    for part in parts {
      if let result = resolve(&self, part) {
        results.append(result)
      } else {
        isWhole = false
      }
    }
    return isWhole ? results : nil
  }
}
