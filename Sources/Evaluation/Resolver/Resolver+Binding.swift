import Diagnostics
import Language
import Permissions
import Storage

/// What is stored must mean the same in every run, so the variables of this run are bound in the
/// tree: a value becomes a literal, permissions become their names, saved sets stay names.
extension Resolver {
  func bind(_ list: PermissionList) -> PermissionList {
    PermissionList(
      included: list.included.flatMap { bind($0) }, excluded: list.excluded.flatMap { bind($0) },
      place: list.place)
  }

  private func bind(_ name: PermissionName) -> [PermissionName] {
    guard case .variable(let variable) = name.kind, scope.variables[variable] != nil else {
      return [name]
    }
    var resolver = self
    let alone = PermissionList(included: [name], place: name.place)
    guard let set = resolver.permissions(alone)?.set else { return [name] }
    return set.map {
      let permission = scope.catalog[$0]
      return PermissionName(
        .canonical(area: permission.area, field: permission.field), at: name.place)
    }
  }

  mutating func bind(_ selection: Selection) -> Selection? {
    var base = selection.base
    if case .references(let list) = base {
      guard let bound = bind(list) else { return nil }
      base = .references(bound)
    }
    let filters = all(selection.filters) { $0.bind($1) }
    return filters.map { Selection(base: base, filters: $0, place: selection.place) }
  }

  private mutating func bind(_ references: [Reference]) -> [Reference]? {
    all(references) { $0.bind($1) }
  }

  private mutating func bind(_ reference: Reference) -> Reference? {
    switch reference.kind {
    case .name, .id: return reference
    case .those:
      report(ResolverProblem.notSavable("those"), at: reference.place)
      return nil
    case .variable(let name):
      switch scope.variables[name] {
      case .value(.text(let text)), .value(.loose(let text)):
        return Reference(.name(text), at: reference.place)
      case nil: return reference
      case .subaccounts, .permissions, .value:
        report(ResolverProblem.notSavable("$\(name)"), at: reference.place)
        return nil
      }
    }
  }

  private mutating func bind(_ filter: Filter) -> Filter? {
    switch filter {
    case .permissions(let test): .permissions(bind(test))
    case .condition(let condition): bind(condition).map { .condition($0) }
    case .exceptReferences(let list): bind(list).map { .exceptReferences($0) }
    case .exceptSelection(let selection): bind(selection).map { .exceptSelection($0) }
    }
  }

  private func bind(_ test: PermissionTest) -> PermissionTest {
    PermissionTest(
      verb: test.verb, any: test.any, permissions: bind(test.permissions), place: test.place)
  }

  private mutating func bind(_ condition: Condition) -> Condition? {
    switch condition {
    case .or(let operands): all(operands) { $0.bind($1) }.map { .or($0) }
    case .and(let operands): all(operands) { $0.bind($1) }.map { .and($0) }
    case .not(let operand, let place): bind(operand).map { .not($0, place: place) }
    case .permissions(let test): .permissions(bind(test))
    case .attribute(let test): bind(test).map { .attribute($0) }
    }
  }

  private mutating func bind(_ test: AttributeTest) -> AttributeTest? {
    let type = knownAttribute(test.attribute.value)?.type
    let name = test.attribute.value
    func literal(_ resolver: inout Resolver, _ value: Value) -> Value? {
      guard case .variable = value.kind else { return value }
      guard let type else { return resolver.literal(value) }
      let typed = resolver.typed(value, as: type, attribute: name, allowsUnlimited: true)
      return typed.map { $0.literal(at: value.place) }
    }
    let operation: AttributeTest.Operation?
    switch test.operation {
    case .compare(let comparison, let value):
      operation = literal(&self, value).map { .compare(comparison, $0) }
    case .matches(let value, let negated):
      operation = literal(&self, value).map { .matches($0, negated: negated) }
    case .isIn(let values, let negated):
      operation = all(values, literal).map { .isIn($0, negated: negated) }
    case .between(let low, let high):
      let ends = all([low, high], literal)
      operation = ends.flatMap { $0.count == 2 ? .between($0[0], $0[1]) : nil }
    case .isSet, .within: operation = test.operation
    }
    return operation.map {
      AttributeTest(attribute: test.attribute, operation: $0, place: test.place)
    }
  }

  /// A variable's value as it would be written, where no type says how it is wanted.
  private mutating func literal(_ value: Value) -> Value? {
    self.value(value).map { $0.literal(at: value.place) }
  }
}

extension ResolvedValue {
  fileprivate func literal(at place: Place) -> Value {
    switch self {
    case .text(let text), .loose(let text): Value(.text(text), at: place)
    case .number(let number): Value(.number(number), at: place)
    case .boolean(let truth): Value(.boolean(truth), at: place)
    case .time(let moment):
      Value(.time(.moment(milliseconds: moment, isDateOnly: false)), at: place)
    case .unlimited: Value(.unlimited, at: place)
    }
  }
}

extension AttributeValue {
  fileprivate func literal(at place: Place) -> Value {
    switch self {
    case .text(let text): Value(.text(text), at: place)
    case .number(let number):
      Value(number == .infinity ? .unlimited : .number(number), at: place)
    case .boolean(let truth): Value(.boolean(truth), at: place)
    case .time(let moment):
      Value(.time(.moment(milliseconds: moment, isDateOnly: false)), at: place)
    }
  }
}
