import Diagnostics
import Permissions
import Storage

/// Works out the effects that put back what a run of changes changed.
///
/// Where the present differs from the state before the changes, in a place that they touched and that
/// nothing later has touched, the present is made like it.
struct Undoing {
  private let table: Table
  /// The state before the changes that are to be undone.
  private let before: Table
  private let includesProtected: Bool
  private var later = Touched()
  private var target = Touched()

  private(set) var effects = Effects()
  /// Rows of which something was touched later, and so is not put back.
  private(set) var left = RowSet()
  /// Rows that are left because they are protected.
  private(set) var shielded = RowSet()
  private(set) var remarks: [RunProblem] = []
  private var leftParts: [String] = []

  init(_ table: Table, before: Table, includingProtected: Bool) {
    self.table = table
    self.before = before
    includesProtected = includingProtected
  }

  /// Takes up what is to be undone.
  mutating func note(_ effects: Effects, created: RowSet) {
    target.note(effects, created: created)
  }

  /// Takes up what was done later.
  mutating func noteLater(_ effects: Effects, created: RowSet) {
    later.note(effects, created: created)
  }

  /// Makes the effects and the remarks.
  mutating func putBack() {
    let protection = changedProtection()
    let shield =
      includesProtected ? RowSet() : table.protected.subtracting(protection)
    putBackRows(shield)
    let present = before.live.intersection(
      table.live.subtracting(effects.deleted).union(effects.restored))
    putBackProtection(protection, present)
    putBackPermissions(present, shield)
    putBackAttributes(present, shield)
    putBackNames(present, shield)
    putBackDefinitions()
    for permission in target.permissions {
      remarks.append(.permissionStays(permission))
    }
    if !leftParts.isEmpty { remarks.insert(.leftByUndo(leftParts), at: 0) }
  }
}

// MARK: - Subaccounts

extension Undoing {
  /// Deletes who came and restores who went.
  private mutating func putBackRows(_ shield: RowSet) {
    let gone = target.moved.intersection(before.live).subtracting(table.live)
    let came = target.moved.intersection(table.live).subtracting(before.live)
    let touched = came.intersection(later.rows)
    leave(touched, "all")
    let free = came.subtracting(touched)
    shielded.formUnion(free.intersection(shield))
    effects.deleted = free.subtracting(shield)
    let movedLater = gone.intersection(later.moved)
    leave(movedLater, "the deletion")
    let clashing = RowSet(
      sorted: gone.subtracting(movedLater).filter { row in
        isTaken(table.name(of: row), by: row) || table.row(id: table.id(of: row)) != nil
      })
    leave(clashing, "the deletion")
    effects.restored = gone.subtracting(movedLater).subtracting(clashing)
  }

  /// Whether somebody has taken a name since.
  private func isTaken(_ name: Text, by row: Row) -> Bool {
    let namesakes = table.rows(named: name).subtracting(RowSet(row)).subtracting(effects.deleted)
    let newcomers = later.moved.union(later.renamed).union(target.moved).union(target.renamed)
    return !namesakes.isDisjoint(with: newcomers)
  }

  private mutating func putBackNames(_ present: RowSet, _ shield: RowSet) {
    let rows = RowSet(
      sorted: target.renamed.intersection(before.live).filter {
        before.name(of: $0) != table.name(of: $0)
      })
    var free = admitted(rows, touched: later.renamed, present, shield, "the name")
    // A name that is given up by one may be taken back by another, but not one that stays taken.
    while true {
      let clashing = RowSet(
        sorted: free.filter { row in
          let namesakes = table.rows(named: before.name(of: row)).subtracting(free)
            .subtracting(effects.deleted)
          return !namesakes.subtracting(RowSet(row)).isEmpty
            && isTaken(before.name(of: row), by: row)
        })
      if clashing.isEmpty { break }
      leave(clashing, "the name")
      free.subtract(clashing)
    }
    effects.renames = free.map {
      Rename(row: $0, old: table.name(of: $0), new: before.name(of: $0))
    }
  }

  private func changedProtection() -> RowSet {
    RowSet(
      sorted: target.protection.intersection(before.live).filter {
        before.isProtected($0) != table.isProtected($0)
      }
    ).subtracting(later.protection)
  }

  private mutating func putBackProtection(_ changed: RowSet, _ present: RowSet) {
    effects.protection = changed.intersection(present)
    let touched = RowSet(
      sorted: target.protection.intersection(before.live).intersection(later.protection).filter {
        before.isProtected($0) != table.isProtected($0)
      })
    leave(touched.union(changed.subtracting(present)), "the protection")
  }
}

// MARK: - Cells

extension Undoing {
  private mutating func putBackPermissions(_ present: RowSet, _ shield: RowSet) {
    for permission in table.catalog.all {
      guard permission.value < before.catalog.count, let all = target.flips[permission] else {
        continue
      }
      let rows = all.intersection(before.live)
      var changed = before.flips(setting: permission, to: false, for: rows)
        .symmetricDifference(table.flips(setting: permission, to: false, for: rows))
      if table.catalog.alwaysEnabled.contains(permission) {
        changed = before.flips(setting: permission, to: false, for: changed)
      }
      let free = admitted(
        changed, touched: later.flips[permission] ?? RowSet(), present, shield,
        table.catalog[permission].canonicalName.string)
      if !free.isEmpty {
        effects.flips.append(PermissionFlips(permission: permission, rows: free))
      }
    }
  }

  private mutating func putBackAttributes(_ present: RowSet, _ shield: RowSet) {
    for (index, attribute) in table.attributes.enumerated() {
      let number = AttributeNumber(index)
      guard let all = target.cells[number] else { continue }
      let rows = all.intersection(before.live)
      let old =
        index < before.attributes.count
        ? before.values(of: number, at: rows) : ValueColumn(type: attribute.type, count: rows.count)
      guard let changed = table.cells(setting: number, for: rows, to: old) else { continue }
      let free = admitted(
        changed.rows, touched: later.cells[number] ?? RowSet(), present, shield,
        attribute.name.string)
      if free.isEmpty { continue }
      let values =
        index < before.attributes.count
        ? before.values(of: number, at: free) : ValueColumn(type: attribute.type, count: free.count)
      if let cells = table.cells(setting: number, for: free, to: values) {
        effects.cells.append(cells)
      }
    }
  }

  /// Those of whom something may be put back; the others are left.
  private mutating func admitted(
    _ rows: RowSet, touched: RowSet, _ present: RowSet, _ shield: RowSet, _ what: String
  ) -> RowSet {
    // Those who are deleted with it have nothing to be put back.
    let wanted = rows.subtracting(effects.deleted)
    let blocked = wanted.intersection(touched).union(wanted.subtracting(present))
    leave(blocked, what)
    let free = wanted.subtracting(blocked)
    shielded.formUnion(free.intersection(shield))
    return free.subtracting(shield)
  }

  private mutating func leave(_ rows: RowSet, _ what: String) {
    guard !rows.isEmpty else { return }
    left.formUnion(rows)
    let names = rows.prefix(rows: RunProblem.namesShown).map { table.name(of: $0) }
    let others = rows.count - names.count
    leftParts.append(
      "\(what) of \(RunProblem.list(names, joinedBy: others > 0 ? "," : " and"))"
        + (others > 0 ? " and \(Quantity.grouped(others)) more" : ""))
  }
}

// MARK: - Definitions

extension Undoing {
  /// Puts back saved sets and policies, but none that something else would miss.
  private mutating func putBackDefinitions() {
    var changes: [DefinitionChange] = []
    for key in target.definitions.sorted(by: { $0.name < $1.name }) {
      let old = table.definition(key)
      let new = before.definition(key)
      if old == new { continue }
      if later.definitions.contains(key) {
        leftParts.append(key.title)
      } else {
        changes.append(DefinitionChange(old: old, new: new))
      }
    }
    while let index = changes.firstIndex(where: { !isSound($0, after: changes) }) {
      let left = changes.remove(at: index)
      leftParts.append((left.old ?? left.new).map { DefinitionKey($0).title } ?? "")
    }
    effects.definitions = changes
  }

  /// Whether a change leaves nobody without a set that is used, and no set defined by itself.
  private func isSound(_ change: DefinitionChange, after changes: [DefinitionChange]) -> Bool {
    var all = table
    var effects = Effects()
    effects.definitions = changes
    all.apply(effects)
    var sets: [Text: Definition] = [:]
    for definition in all.definitions where definition.kind != .policy {
      sets[definition.name] = definition
    }
    if let old = change.old, old.kind != .policy, change.new?.kind != old.kind {
      let isUsed = all.definitions.contains { DefinitionNames.used(by: $0).contains(old.name) }
      if isUsed { return false }
    }
    guard let new = change.new else { return true }
    var names = DefinitionNames.used(by: new)
    var seen: Set<Text> = []
    while let name = names.popLast() {
      guard let used = sets[name], new.kind == .policy || name != new.name else { return false }
      if seen.insert(name).inserted { names += DefinitionNames.used(by: used) }
    }
    return true
  }
}

/// What makes a saved set or a policy the same as another of its kind's name space.
struct DefinitionKey: Hashable {
  let name: Text
  let isPolicy: Bool

  init(_ definition: Definition) {
    name = definition.name
    isPolicy = definition.kind == .policy
  }

  /// As people refer to it.
  var title: String { isPolicy ? "policy \(name)" : "$\(name)" }
}

extension Table {
  fileprivate func definition(_ key: DefinitionKey) -> Definition? {
    definitions.first { DefinitionKey($0) == key }
  }
}

/// The places that a run of changes has touched.
private struct Touched {
  /// Who was created, deleted or restored.
  var moved = RowSet()
  /// Whoever was touched in any way.
  var rows = RowSet()
  var renamed = RowSet()
  var protection = RowSet()
  var flips: [PermissionNumber: RowSet] = [:]
  var cells: [AttributeNumber: RowSet] = [:]
  var definitions: Set<DefinitionKey> = []
  /// Those that were added to the catalogue.
  var permissions: [Text] = []

  mutating func note(_ effects: Effects, created: RowSet) {
    moved.formUnion(created)
    moved.formUnion(effects.deleted)
    moved.formUnion(effects.restored)
    rows.formUnion(created)
    rows.formUnion(effects.touchedBefore)
    if !effects.renames.isEmpty { renamed.formUnion(RowSet(effects.renames.map(\.row))) }
    protection.formUnion(effects.protection)
    for flip in effects.flips {
      flips[flip.permission] = flips[flip.permission]?.union(flip.rows) ?? flip.rows
    }
    for changed in effects.cells {
      cells[changed.attribute] = cells[changed.attribute]?.union(changed.rows) ?? changed.rows
    }
    for change in effects.definitions {
      if let definition = change.old ?? change.new { definitions.insert(DefinitionKey(definition)) }
    }
    permissions += effects.addedPermissions.map(\.canonicalName)
  }
}
