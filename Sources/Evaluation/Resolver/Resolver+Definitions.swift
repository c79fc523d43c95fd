import Diagnostics
import Language
import Permissions
import Storage

extension Definition {
  /// The stored text as a source that places can point into.
  var source: SourceText {
    SourceText(name: title, text.string)
  }
}

extension Resolver {
  /// What `$name` is bound to; a stored definition sees saved sets alone, whoever asks for it.
  func variable(_ name: Text) -> Scope.Variable? {
    underway.isEmpty ? scope.variables[name] : nil
  }

  /// The permissions of a saved set, as the catalogue has them now.
  mutating func permissions(defined definition: Definition, at place: Place) -> PermissionSet? {
    if let known = definedPermissions[definition.name] { return known }
    let result = within(definition, at: place) { resolver throws(Diagnostic) in
      let list = try Parser.parsePermissions(definition.source)
      return resolver.permissions(list)?.set
    }
    if let result { definedPermissions[definition.name] = result }
    return result
  }

  /// The selection of a saved set; its places point into the definition's own text.
  mutating func selection(
    defined definition: Definition, at place: Place
  ) -> ResolvedSelection? {
    if let known = definedSelections[definition.name] { return known }
    let result = within(definition, at: place) { resolver throws(Diagnostic) in
      resolver.selection(try Parser.parseSelection(definition.source))
    }
    if let result { definedSelections[definition.name] = result }
    return result
  }

  /// Policies are judged in the order they were made.
  mutating func policy(_ definition: Definition, at place: Place) -> ResolvedPolicy? {
    let selection = within(definition, at: place) { resolver throws(Diagnostic) in
      resolver.selection(try Parser.parseSelection(definition.source))
    }
    return selection.map {
      ResolvedPolicy(
        name: definition.name, selection: $0, source: definition.source,
        reason: definition.reason)
    }
  }

  /// Resolves a definition's own text; what is wrong in there is told where it is used.
  private mutating func within<Result>(
    _ definition: Definition, at place: Place,
    _ resolve: (inout Resolver) throws(Diagnostic) -> Result?
  ) -> Result? {
    let key = definition.kind == .policy ? "policy \(definition.name)" : definition.name
    if underway.contains(key) {
      report(ResolverProblem.definedByItself(definition.name), at: place)
      return nil
    }
    guard underway.count < Resolver.deepestDefinition else {
      isTooDeep = true
      report(
        ResolverProblem.definedTooDeeply(
          definition.name, limit: Resolver.deepestDefinition), at: place)
      return nil
    }
    let outerSource = source
    let outerFindings = takeFindings()
    source = definition.source
    underway.append(key)
    let before = errorCount
    var result: Result?
    do {
      result = try resolve(&self)
    } catch {
      findings.append(error)
      errorCount += 1
    }
    let inner = takeFindings()
    underway.removeLast()
    source = outerSource
    findings = outerFindings
    guard errorCount > before else { return result }
    errorCount = before
    let written = definition.kind == .policy ? definition.name : "$\(definition.name)"
    if isTooDeep {
      // It is told once, of the definition that is used.
      isTooDeep = !underway.isEmpty
      report(
        ResolverProblem.definedTooDeeply(written, limit: Resolver.deepestDefinition), at: place)
      return nil
    }
    let message = inner.first { $0.severity == .error }?.message ?? "it can't be read"
    report(ResolverProblem.brokenDefinition(written, message: message), at: place)
    return nil
  }

  /// A `define $name as permissions PERMS`.
  mutating func define(_ name: Placed<Text>, _ list: PermissionList) -> ResolvedWrite.Action? {
    guard permissions(list) != nil else { return nil }
    let bound = bind(list)
    let definition = Definition(
      name: name.value, kind: .permissions, text: Text(Printer.text(bound)))
    return admit(definition, at: name.place)
  }

  /// A `define $name as subaccounts WHO`.
  mutating func define(_ name: Placed<Text>, _ selection: Selection) -> ResolvedWrite.Action? {
    guard self.selection(selection) != nil, let bound = bind(selection) else { return nil }
    let definition = Definition(
      name: name.value, kind: .subaccounts, text: Text(Printer.text(bound)))
    return admit(definition, at: name.place)
  }

  /// A `define policy NAME as no subaccounts WHO because "…"`.
  mutating func definePolicy(
    _ name: Placed<Text>, _ selection: Selection, reason: Text?
  ) -> ResolvedWrite.Action? {
    guard self.selection(selection) != nil, let bound = bind(selection) else { return nil }
    return .define(
      Definition(
        name: name.value, kind: .policy, text: Text(Printer.text(bound)), reason: reason))
  }

  /// A set may not lead back to itself, nor become another kind while something uses it.
  private mutating func admit(
    _ definition: Definition, at place: Place
  ) -> ResolvedWrite.Action? {
    var names = DefinitionNames.used(by: definition)
    var seen: Set<Text> = []
    while let name = names.popLast() {
      if name == definition.name {
        report(ResolverProblem.definedByItself(name), at: place)
        return nil
      }
      guard seen.insert(name).inserted, let other = scope.definitions[name] else { continue }
      names += DefinitionNames.used(by: other)
    }
    if let old = scope.definitions[definition.name], old.kind != definition.kind,
      isStillUsed(definition.name, at: place)
    {
      return nil
    }
    return .define(definition)
  }

  /// A `drop $name`.
  mutating func dropDefinition(_ name: Placed<Text>) -> ResolvedWrite.Action? {
    guard let definition = scope.definitions[name.value] else {
      return unknownVariable(name.value, at: name.place)
    }
    return isStillUsed(name.value, at: name.place) ? nil : .drop(definition)
  }

  /// A `drop policy NAME`.
  mutating func dropPolicy(_ name: Placed<Text>) -> ResolvedWrite.Action? {
    policyDefinition(name).map { .drop($0) }
  }

  mutating func policyDefinition(_ name: Placed<Text>) -> Definition? {
    if let policy = scope.policies.first(where: { $0.name == name.value }) { return policy }
    if isExcused(name.value) { return nil }
    let nearest = Suggestion.nearest(to: name.value, among: scope.policies.map(\.name))
    report(ResolverProblem.unknownPolicy(name.value, nearest: nearest), at: name.place)
    return nil
  }

  private mutating func isStillUsed(_ name: Text, at place: Place) -> Bool {
    let sets = scope.definitions.values.sorted { $0.name < $1.name }
    let users = (sets + scope.policies).filter {
      DefinitionNames.used(by: $0).contains(name) && !($0.kind != .policy && $0.name == name)
    }
    guard !users.isEmpty else { return false }
    let names = users.map { $0.kind == .policy ? $0.name : Text("$\($0.name)") }
    report(ResolverProblem.stillUsed(name, by: names), at: place)
    return true
  }
}

/// The saved sets that a stored definition mentions.
enum DefinitionNames {
  static func used(by definition: Definition) -> [Text] {
    switch definition.kind {
    case .permissions:
      guard let list = try? Parser.parsePermissions(definition.source) else { return [] }
      return names(in: list)
    case .subaccounts, .policy:
      guard let selection = try? Parser.parseSelection(definition.source) else { return [] }
      return names(in: selection)
    }
  }

  static func names(in list: PermissionList) -> [Text] {
    (list.included + list.excluded).compactMap {
      if case .variable(let name) = $0.kind { name } else { nil }
    }
  }

  static func names(in selection: Selection) -> [Text] {
    var names: [Text] = []
    if case .references(let list) = selection.base { names += self.names(in: list) }
    for filter in selection.filters {
      switch filter {
      case .permissions(let test): names += self.names(in: test.permissions)
      case .condition(let condition): names += self.names(in: condition)
      case .exceptReferences(let list): names += self.names(in: list)
      case .exceptSelection(let other): names += self.names(in: other)
      }
    }
    return names
  }

  private static func names(in references: [Reference]) -> [Text] {
    references.compactMap { if case .variable(let name) = $0.kind { name } else { nil } }
  }

  private static func names(in condition: Condition) -> [Text] {
    switch condition {
    case .or(let operands), .and(let operands): operands.flatMap { names(in: $0) }
    case .not(let operand, _): names(in: operand)
    case .permissions(let test): names(in: test.permissions)
    case .attribute: []
    }
  }
}
