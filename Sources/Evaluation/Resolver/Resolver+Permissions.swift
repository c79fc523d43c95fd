import Diagnostics
import Language
import Permissions
import Storage

extension Resolver {
  /// PERMS: what is named, less what follows `without`.
  mutating func permissions(_ list: PermissionList) -> ResolvedPermissions? {
    // Within a definition, variables mean something else.
    guard underway.isEmpty else { return find(list) }
    if let last = lastPermissions, last.list == list {
      return ResolvedPermissions(set: last.set, namedOutright: last.namedOutright, list: list)
    }
    let found = findings.count
    let permissions = find(list)
    if findings.count == found { lastPermissions = permissions }
    return permissions
  }

  private mutating func find(_ list: PermissionList) -> ResolvedPermissions? {
    var set = PermissionSet()
    var outright = PermissionSet()
    var isWhole = true
    for name in list.included {
      guard let found = permission(name) else {
        isWhole = false
        continue
      }
      set.formUnion(found.set)
      if found.isOutright { outright.formUnion(found.set) }
    }
    for name in list.excluded {
      guard let found = permission(name) else {
        isWhole = false
        continue
      }
      set.subtract(found.set)
      outright.subtract(found.set)
    }
    guard isWhole else { return nil }
    if set.isEmpty && !scope.isOpen {
      report(ResolverProblem.noPermissions, at: list.place)
      return nil
    }
    return ResolvedPermissions(set: set, namedOutright: outright, list: list)
  }

  typealias NamedPermissions = (set: PermissionSet, isOutright: Bool)

  /// PERM: one permission or, by a wildcard or a saved set, several.
  private mutating func permission(_ name: PermissionName) -> NamedPermissions? {
    switch name.kind {
    case .bare(let text): return permission(bareName: text, at: name.place)
    case .canonical(let area, let field):
      return permission(area: area, field: field, at: name.place)
    case .area(let area): return permissions(area: area, at: name.place)
    case .everything: return (scope.catalog.all, false)
    case .label(let text): return permission(label: text, at: name.place)
    case .variable(let text): return permissions(variable: text, at: name.place)
    }
  }

  mutating func permission(bareName: Text, at place: Place) -> NamedPermissions? {
    switch scope.catalog.lookup(bareName: bareName) {
    case .one(let number): return ([number], true)
    case .preferred(let chosen, let namesakes):
      if isInteractive && !isChecking {
        note(
          ResolverProblem.namesake(
            chosen: scope.catalog[chosen].canonicalName, others: canonicalNames(namesakes)),
          at: place)
      }
      return ([chosen], true)
    case .ambiguous(let candidates):
      report(
        ResolverProblem.ambiguousPermission(bareName, candidates: canonicalNames(candidates)),
        at: place)
      return nil
    case .unknown:
      if scope.catalog.lookup(area: bareName) != nil {
        report(ResolverProblem.areaWithoutStar(bareName), at: place)
        return nil
      }
      return unknownPermission(bareName, at: place)
    }
  }

  mutating func permission(area: Text, field: Text, at place: Place) -> NamedPermissions? {
    if let number = scope.catalog.lookup(area: area, field: field) { return ([number], true) }
    guard scope.catalog.lookup(area: area) != nil else { return unknownArea(area, at: place) }
    return unknownPermission("\(area).\(field)", at: place)
  }

  mutating func permissions(area: Text, at place: Place) -> NamedPermissions? {
    guard let set = scope.catalog.lookup(area: area) else { return unknownArea(area, at: place) }
    return (set, false)
  }

  mutating func permission(label: Text, at place: Place) -> NamedPermissions? {
    switch scope.catalog.lookup(label: label) {
    case .one(let number), .preferred(let number, _): return ([number], true)
    case .ambiguous(let candidates):
      report(
        ResolverProblem.ambiguousPermission(label, candidates: canonicalNames(candidates)),
        at: place)
      return nil
    case .unknown: return unknownPermission(label, at: place)
    }
  }

  /// What `$name` means: a variable, else a saved set.
  ///
  /// Text from the command line is read as PERM.
  private mutating func permissions(variable name: Text, at place: Place) -> NamedPermissions? {
    switch variable(name) {
    case .permissions(let set): return (set, false)
    case .value(.text(let text)), .value(.loose(let text)):
      return permission(written: text, at: place)
    case let other?:
      report(
        ResolverProblem.wrongKind(variable: name, holds: other.holds, wanted: "permissions"),
        at: place)
      return nil
    case nil: break
    }
    guard let definition = scope.definitions[name] else { return unknownVariable(name, at: place) }
    guard definition.kind == .permissions else {
      report(
        ResolverProblem.wrongKind(variable: name, holds: "subaccounts", wanted: "permissions"),
        at: place)
      return nil
    }
    return permissions(defined: definition, at: place).map { ($0, false) }
  }

  /// A name that is a value: bare, canonical, an area's wildcard, everything, or a label.
  private mutating func permission(written text: Text, at place: Place) -> NamedPermissions? {
    if text == "*" { return (scope.catalog.all, false) }
    let parts = text.string.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2 {
      if parts[1] == "*" { return permissions(area: Text(parts[0]), at: place) }
      if scope.catalog.lookup(area: Text(parts[0])) != nil {
        return permission(area: Text(parts[0]), field: Text(parts[1]), at: place)
      }
    }
    if case .unknown = scope.catalog.lookup(label: text) {
      return permission(bareName: text, at: place)
    }
    return permission(label: text, at: place)
  }

  func canonicalNames(_ numbers: [PermissionNumber]) -> [Text] {
    numbers.map { scope.catalog[$0].canonicalName }
  }

  private mutating func unknownPermission(_ name: Text, at place: Place) -> NamedPermissions? {
    if scope.isOpen { return (PermissionSet(), false) }
    let known = scope.catalog.permissions
    let names = known.map(\.field) + known.map(\.canonicalName) + known.map(\.label)
    report(
      ResolverProblem.unknownPermission(name, nearest: Suggestion.nearest(to: name, among: names)),
      at: place)
    return nil
  }

  private mutating func unknownArea(_ name: Text, at place: Place) -> NamedPermissions? {
    if scope.isOpen { return (PermissionSet(), false) }
    let nearest = Suggestion.nearest(to: name, among: scope.catalog.areas.map(\.name))
    report(ResolverProblem.unknownArea(name, nearest: nearest), at: place)
    return nil
  }

  /// Whether a name is not to be missed, because what makes it could not be read.
  func isExcused(_ name: Text) -> Bool {
    scope.isOpen || scope.hasOpenDefinitions || scope.brokenNames.contains(name)
      || scope.hasOpenArguments && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Nothing has this name: reported, unless a script that could not be read yet may make it.
  mutating func unknownVariable<Result>(_ name: Text, at place: Place) -> Result? {
    if isExcused(name) { return nil }
    let names = Array(scope.variables.keys) + Array(scope.definitions.keys)
    report(
      ResolverProblem.unknownVariable(
        name, nearest: Suggestion.nearest(to: name, among: names.sorted())),
      at: place)
    return nil
  }
}
