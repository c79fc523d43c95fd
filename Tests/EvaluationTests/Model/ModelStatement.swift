import Diagnostics

/// A write as the model understands it, and as a script spells it.
struct ModelStatement {
  enum Start {
    case inherited
    case like(String)
    case with(ModelPermissionList)
    case withNothing
  }

  enum Action {
    case grant(ModelPermissionList, ModelSelection)
    case revoke(ModelPermissionList, ModelSelection)
    case grantOnly(ModelPermissionList, ModelSelection)
    case copy(ModelPermissionList, from: String, ModelSelection)
    case create([String], Start, [(name: String, value: ModelValue)])
    case rename(String, to: String)
    case delete(ModelSelection)
    case set([(name: String, value: ModelValue)], ModelSelection)
    case unset([String], ModelSelection)
    case protect(ModelSelection)
    case unprotect(ModelSelection)
  }

  enum Result: Equatable {
    case failed(ExitStatus)
    case done(matched: Int, changed: Int, protected: Int)
  }

  let action: Action
  let includesProtected: Bool

  var source: String {
    let words =
      switch action {
      case .grant(let list, let selection): "grant \(list.source) to \(selection.source)"
      case .revoke(let list, let selection): "revoke \(list.source) from \(selection.source)"
      case .grantOnly(let list, let selection): "grant only \(list.source) to \(selection.source)"
      case .copy(let list, let name, let selection):
        "copy \(list.source) from \(quoted(name)) to \(selection.source)"
      case .create(let names, let start, let values):
        "create subaccount \(names.map(quoted).joined(separator: ", "))"
          + ModelStatement.source(of: start)
          + (values.isEmpty ? "" : " set \(ModelStatement.source(of: values))")
      case .rename(let old, let new): "rename \(quoted(old)) to \(quoted(new))"
      case .delete(let selection): "delete subaccounts \(selection.source)"
      case .set(let values, let selection):
        "set \(ModelStatement.source(of: values)) for \(selection.source)"
      case .unset(let names, let selection):
        "unset \(names.joined(separator: ", ")) for \(selection.source)"
      case .protect(let selection): "protect \(selection.source)"
      case .unprotect(let selection): "unprotect \(selection.source)"
      }
    return words + (includesProtected ? " including protected" : "")
  }

  private static func source(of start: Start) -> String {
    switch start {
    case .inherited: ""
    case .like(let name): " like \(quoted(name))"
    case .with(let list): " with \(list.source)"
    case .withNothing: " with nothing"
    }
  }

  private static func source(of values: [(name: String, value: ModelValue)]) -> String {
    values.map { "\($0.name) = \($0.value.source)" }.joined(separator: ", ")
  }
}

extension ModelAgency {
  /// Does what a write says; a failed one changes nothing.
  mutating func apply(_ statement: ModelStatement, now: Int64) -> ModelStatement.Result {
    let lifts = statement.includesProtected
    let always = alwaysEnabled
    switch statement.action {
    case .grant(let list, let selection):
      return change(selection, lifts) { $0.permissions.formUnion(list.names) }
    case .revoke(let list, let selection):
      if !list.outright.isDisjoint(with: always) { return .failed(.unusable) }
      return change(selection, lifts) { $0.permissions.subtract(list.names.subtracting(always)) }
    case .grantOnly(let list, let selection):
      return change(selection, lifts) { $0.permissions = list.names.union(always) }
    case .copy(let list, let name, let selection):
      guard let source = subaccounts.first(where: { same($0.name, name) }) else {
        return .failed(.failed)
      }
      return change(selection, lifts) {
        $0.permissions.subtract(list.names)
        $0.permissions.formUnion(list.names.intersection(source.permissions.union(always)))
      }
    case .create(let names, let start, let values):
      return create(names, start, values, now: now)
    case .rename(let old, let new): return rename(old, to: new, lifts)
    case .delete(let selection):
      guard let (rows, protected) = subjects(of: selection, lifts) else { return .failed(.failed) }
      for index in rows.reversed() { subaccounts.remove(at: index) }
      return .done(matched: rows.count + protected, changed: rows.count, protected: protected)
    case .set(let values, let selection):
      return change(selection, lifts) { subaccount in
        for (name, value) in values { subaccount.attributes[name] = value }
      }
    case .unset(let names, let selection):
      return change(selection, lifts) { subaccount in
        for name in names { subaccount.attributes[name] = nil }
      }
    case .protect(let selection): return change(selection, true) { $0.isProtected = true }
    case .unprotect(let selection): return change(selection, true) { $0.isProtected = false }
    }
  }

  /// Whom a write may change and how many it leaves alone; nil where one of these is named outright.
  private func subjects(of selection: ModelSelection, _ lifts: Bool) -> ([Int], Int)? {
    let rows = indices(of: selection)
    if lifts { return (rows, 0) }
    let free = rows.filter { !subaccounts[$0].isProtected }
    if case .names = selection.base, free.count < rows.count { return nil }
    return (free, rows.count - free.count)
  }

  private mutating func change(
    _ selection: ModelSelection, _ lifts: Bool, _ change: (inout Subaccount) -> Void
  ) -> ModelStatement.Result {
    guard let (rows, protected) = subjects(of: selection, lifts) else { return .failed(.failed) }
    var changed = 0
    for index in rows {
      let before = subaccounts[index]
      change(&subaccounts[index])
      if subaccounts[index] != before { changed += 1 }
    }
    return .done(matched: rows.count + protected, changed: changed, protected: protected)
  }

  private mutating func create(
    _ names: [String], _ start: ModelStatement.Start, _ values: [(name: String, value: ModelValue)],
    now: Int64
  ) -> ModelStatement.Result {
    let taken = Set(subaccounts.map { Array($0.name.unicodeScalars) })
    let wanted = names.map { Array($0.unicodeScalars) }
    if Set(wanted).count < wanted.count || !taken.isDisjoint(with: wanted) {
      return .failed(.failed)
    }
    let permissions: Set<String>
    switch start {
    case .inherited: permissions = subaccounts.last?.permissions ?? []
    case .like(let name):
      guard let source = subaccounts.first(where: { same($0.name, name) }) else {
        return .failed(.failed)
      }
      permissions = source.permissions
    case .with(let list): permissions = list.names
    case .withNothing: permissions = []
    }
    for name in names {
      subaccounts.append(
        Subaccount(
          id: "", name: name, created: now, permissions: permissions.union(alwaysEnabled),
          attributes: Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.value) })))
    }
    return .done(matched: names.count, changed: names.count, protected: 0)
  }

  private mutating func rename(
    _ old: String, to new: String, _ lifts: Bool
  ) -> ModelStatement.Result {
    guard let index = subaccounts.firstIndex(where: { same($0.name, old) }),
      lifts || !subaccounts[index].isProtected
    else { return .failed(.failed) }
    if same(old, new) { return .done(matched: 1, changed: 0, protected: 0) }
    if subaccounts.contains(where: { same($0.name, new) }) { return .failed(.failed) }
    subaccounts[index].name = new
    return .done(matched: 1, changed: 1, protected: 0)
  }
}

extension ModelAgency {
  func randomStatement(_ number: Int, using generator: inout SeededGenerator) -> ModelStatement {
    ModelStatement(
      action: randomAction(number, using: &generator), includesProtected: generator.chance(oneIn: 5)
    )
  }

  private func randomAction(
    _ number: Int, using generator: inout SeededGenerator
  ) -> ModelStatement.Action {
    let selection = randomSelection(using: &generator)
    let list = randomList(using: &generator)
    let name = subaccounts.randomElement(using: &generator)?.name
    switch Int.random(in: 0..<14, using: &generator) {
    case 0, 1: return .grant(list, selection)
    case 2, 3: return .revoke(list, selection)
    case 4: return .grantOnly(list, selection)
    case 5:
      guard let name else { return .grant(list, selection) }
      return .copy(list, from: name, selection)
    case 6:
      guard let name else { return .protect(selection) }
      let taken = generator.pick(subaccounts).name
      let isTaken = generator.chance(oneIn: 3)
      return .rename(name, to: isTaken ? taken : "Renamed \(number)")
    case 7 where generator.chance(oneIn: 2): return .delete(selection)
    case 8, 9: return .set(randomValues(using: &generator), selection)
    case 10: return .unset(generator.some(RandomWords.attributes.map(\.name), limit: 2), selection)
    case 11: return .protect(selection)
    case 12: return .unprotect(selection)
    default:
      let names =
        [RandomWords.name(number * 10, using: &generator)]
        + (generator.chance(oneIn: 2) ? [RandomWords.name(number * 10 + 1, using: &generator)] : [])
      let starts: [ModelStatement.Start] =
        [.inherited, .with(list), .withNothing] + (name.map { [.like($0)] } ?? [])
      return .create(
        names, generator.pick(starts),
        generator.chance(oneIn: 2) ? [] : randomValues(using: &generator))
    }
  }

  private func randomValues(
    using generator: inout SeededGenerator
  ) -> [(name: String, value: ModelValue)] {
    generator.some(RandomWords.attributes.map(\.name), limit: 2).map { name in
      (name, RandomWords.value(of: name, using: &generator))
    }
  }
}
