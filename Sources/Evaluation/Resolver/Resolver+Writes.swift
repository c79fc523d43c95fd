import Diagnostics
import Language
import Permissions
import Storage

extension Resolver {
  mutating func write(_ write: WriteStatement, place: Place) -> ResolvedWrite? {
    action(write.action, write.modifiers).map {
      ResolvedWrite(action: $0, modifiers: write.modifiers, place: place)
    }
  }

  private mutating func action(
    _ action: WriteStatement.Action, _ modifiers: Modifiers
  ) -> ResolvedWrite.Action? {
    switch action {
    case .grant(let list, let who):
      let permissions = permissions(list)
      guard let selection = selection(who), let permissions else { return nil }
      return .grant(permissions, to: selection)
    case .revoke(let list, let who): return revoke(list, who)
    case .grantOnly(let list, let who):
      let permissions = permissions(list)
      guard let selection = selection(who), let permissions else { return nil }
      return .grantOnly(permissions, to: selection)
    case .copy(let list, let source, let who):
      let permissions = permissions(list)
      let reference = reference(source)
      guard let selection = selection(who), let permissions, let reference else { return nil }
      return .copy(permissions, from: reference, to: selection)
    case .restore(let list, let who, let time):
      let permissions = permissions(list)
      let moment = moment(time)
      guard let selection = selection(who), let permissions, let moment else { return nil }
      return .restore(permissions, of: selection, asOf: moment)
    case .create(let creation): return create(creation)
    case .rename(let reference, let name):
      return self.reference(reference).map { .rename($0, to: name) }
    case .delete(let who): return selection(who).map { .delete($0) }
    case .set(let assignments, let who):
      let assignments = self.assignments(assignments) { Printer.text(who) }
      guard let selection = selection(who), let assignments else { return nil }
      return .set(assignments, for: selection)
    case .unset(let names, let who): return unset(names, who)
    case .protect(let who): return selection(who).map { .protect($0) }
    case .unprotect(let who): return selection(who).map { .unprotect($0) }
    case .undo(let target): return .undo(target)
    case .importFile(let file): return .importFile(file)
    case .definePermissions(let name, let list): return define(name, list)
    case .defineSubaccounts(let name, let who): return define(name, who)
    case .definePolicy(let name, let who):
      return definePolicy(name, who, reason: modifiers.reason?.value)
    case .dropDefinition(let name): return dropDefinition(name)
    case .dropPolicy(let name): return dropPolicy(name)
    case .createPermission(let creation): return createPermission(creation)
    }
  }

  /// What is always enabled may be swept along by a wildcard, but not named.
  private mutating func revoke(_ list: PermissionList, _ who: Selection) -> ResolvedWrite.Action? {
    let permissions = permissions(list)
    let selection = selection(who)
    guard let permissions, let selection else { return nil }
    let fixed = permissions.namedOutright.first(where: scope.catalog.alwaysEnabled.contains)
    guard let fixed else { return .revoke(permissions, from: selection) }
    let place = list.included.first { namesOutright(fixed, $0) }?.place ?? list.place
    report(ResolverProblem.alwaysEnabled(scope.catalog[fixed].field), at: place)
    return nil
  }

  private func namesOutright(_ permission: PermissionNumber, _ name: PermissionName) -> Bool {
    var resolver = self
    let alone = PermissionList(included: [name], place: name.place)
    return resolver.permissions(alone)?.namedOutright.contains(permission) ?? false
  }

  private mutating func create(_ creation: CreateSubaccounts) -> ResolvedWrite.Action? {
    let start: ResolvedCreation.Start?
    switch creation.start {
    case .inherited: start = .inherited
    case .like(let reference): start = self.reference(reference).map { .like($0) }
    case .with(let list): start = permissions(list).map { .with($0.set) }
    case .withNothing: start = .withNothing
    }
    let assignments = self.assignments(creation.assignments) {
      creation.names.map { Printer.text(Value(.text($0.value), at: $0.place)) }
        .joined(separator: ", ")
    }
    guard let assignments, let start else { return nil }
    return .create(
      ResolvedCreation(names: creation.names, start: start, assignments: assignments))
  }

  /// `ATTR = VALUE, …`: an attribute that is new takes the type of its value.
  ///
  /// `who` says in the language for whom it is, for what is to be written instead.
  private mutating func assignments(
    _ list: [Assignment], for who: () -> String
  ) -> [ResolvedAssignment]? {
    var seen: Set<Text> = []
    return all(list) { resolver, assignment in
      let name = assignment.attribute
      if !seen.insert(Resolver.folded(name.value)).inserted {
        resolver.report(ResolverProblem.assignedTwice(name.value), at: name.place)
        return nil
      }
      return resolver.assignment(assignment, for: who)
    }
  }

  private mutating func assignment(
    _ assignment: Assignment, for who: () -> String
  ) -> ResolvedAssignment? {
    let name = assignment.attribute
    let folded = Resolver.folded(name.value)
    guard isAssignable(folded, at: name.place) else { return nil }
    if let known = scope.attributes[folded] {
      let value = typed(
        assignment.value, as: known.type, attribute: name.value, allowsUnlimited: false)
      let definition = AttributeDefinition(name: folded, type: known.type)
      return value.map {
        ResolvedAssignment(
          target: known.number.map { .stored($0) } ?? .new(definition), value: $0,
          place: name.place)
      }
    }
    if isPermission(assignment, for: who) { return nil }
    guard let value = value(assignment.value) else { return nil }
    let (type, first) = value.asFirstValue
    note(
      ResolverProblem.newAttribute(
        folded, is: type.kindName, nearest: nearestAttribute(to: folded)),
      at: name.place)
    return ResolvedAssignment(
      target: .new(AttributeDefinition(name: folded, type: type)), value: first,
      place: name.place)
  }

  /// Reports an attribute that would be new and is called like a permission: whoever writes
  /// `set outbound = true` means the permission, and would be told that it was done.
  private mutating func isPermission(
    _ assignment: Assignment, for who: () -> String
  ) -> Bool {
    let name = assignment.attribute
    var written = name.value
    switch scope.catalog.lookup(bareName: name.value) {
    case .one, .preferred: break
    case .ambiguous(let candidates):
      // A file's column of this name, which could be several permissions, is an attribute.
      if scope.hasOpenAttributes || scope.isOpen { return false }
      written = canonicalNames(candidates).first ?? written
    case .unknown: return false
    }
    let isOff = assignment.value.kind == .boolean(false)
    let who = who()
    let whom = who.utf8.count > 60 ? "…" : who
    let instead = isOff ? "revoke \(written) from \(whom)" : "grant \(written) to \(whom)"
    report(ResolverProblem.permissionAssigned(name.value, instead: instead), at: name.place)
    return true
  }

  private mutating func isAssignable(_ folded: Text, at place: Place) -> Bool {
    if Resolver.builtIn[folded] != nil {
      let instead: String? =
        switch folded {
        case "name": "write: rename REF to \"new name\""
        case "protected": "write: protect WHO, or: unprotect WHO"
        case "permission_count": "write: grant PERMS to WHO, or: revoke PERMS from WHO"
        default: nil
        }
      report(ResolverProblem.notAssignable(folded, instead: instead), at: place)
      return false
    }
    guard let flaw = AttributeNameFlaw(folded) else { return true }
    report(ResolverProblem.badAttributeName(folded, flaw), at: place)
    return false
  }

  private mutating func unset(_ names: [AttributeName], _ who: Selection) -> ResolvedWrite.Action? {
    let targets: [ResolvedTarget]? = all(names) { resolver, name in
      let folded = Resolver.folded(name.value)
      guard resolver.isAssignable(folded, at: name.place),
        let (attribute, type) = resolver.attribute(name)
      else { return nil }
      if case .stored(let number) = attribute { return .stored(number) }
      return .new(AttributeDefinition(name: folded, type: type ?? .text))
    }
    guard let selection = selection(who), let targets else { return nil }
    return .unset(targets, for: selection)
  }

  private mutating func createPermission(_ creation: CreatePermission) -> ResolvedWrite.Action? {
    let area = Resolver.folded(creation.area)
    let field = Resolver.folded(creation.field)
    if scope.catalog.lookup(area: area, field: field) != nil {
      report(ResolverProblem.permissionExists("\(area).\(field)"), at: creation.place)
      return nil
    }
    if let api = creation.apiField,
      let owner = scope.catalog.permissions.first(where: { $0.apiField == api.value })
    {
      report(
        ResolverProblem.apiFieldTaken(api.value, by: owner.canonicalName), at: api.place)
      return nil
    }
    if creation.label.value.utf8.allSatisfy({ $0 <= 0x20 }) {
      report(ResolverProblem.emptyLabel, at: creation.label.place)
      return nil
    }
    if let owner = owner(ofLabel: creation.label.value) {
      report(
        ResolverProblem.labelTaken(creation.label.value, by: owner), at: creation.label.place)
      return nil
    }
    if !scope.catalog.areas.contains(where: { $0.name == area }) {
      let areas = scope.catalog.areas.map(\.name)
      note(
        ResolverProblem.newArea(area, nearest: Suggestion.nearest(to: area, among: areas)),
        at: creation.place)
    }
    return .createPermission(
      Permission(
        area: area, field: field, label: creation.label.value, apiField: creation.apiField?.value,
        isUIOnly: creation.isUIOnly, isAlwaysEnabled: creation.isAlwaysEnabled))
  }
}

extension Resolver {
  /// The permission that a label means already; nil where it is free.
  private func owner(ofLabel label: Text) -> Text? {
    switch scope.catalog.lookup(label: label) {
    case .one(let number), .preferred(let number, _): scope.catalog[number].canonicalName
    case .ambiguous(let candidates): canonicalNames(candidates).first
    case .unknown: nil
    }
  }
}

extension ResolvedValue {
  /// The type that a first value gives a new attribute, and the value itself.
  fileprivate var asFirstValue: (AttributeType, AttributeValue) {
    switch self {
    case .text(let text), .loose(let text): (.text, .text(text))
    case .number(let number): (.number, .number(number))
    case .unlimited: (.quota, .number(.infinity))
    case .boolean(let truth): (.boolean, .boolean(truth))
    case .time(let moment): (.time, .time(moment))
    }
  }
}
