import Diagnostics
import Language
import Permissions
import Storage

extension EvaluationContext {
  /// `create subaccount`: what is always enabled is always on.
  func create(
    _ creation: ResolvedCreation, _ ids: inout SubaccountIDs
  ) throws(Diagnostic) -> ComputedWrite {
    try requireFree(creation.names)
    let (permissions, source, start) = try self.start(of: creation)
    let count = creation.names.count
    let first = UInt32(table.rowCount)
    let rows = RowSet(first..<first + UInt32(count))

    var effects = Effects()
    for id in ids.make(count, at: now, unlike: table) { effects.created.ids.append(id) }
    for name in creation.names { effects.created.names.append(name.value) }
    effects.created.times = Array(repeating: now, count: count)
    effects.created.inheritedFrom = source
    effects.flips = permissions.union(table.catalog.alwaysEnabled).map {
      PermissionFlips(permission: $0, rows: rows)
    }
    for assignment in creation.assignments {
      let (number, type) = attribute(of: assignment.target, addingTo: &effects)
      effects.cells.append(
        AttributeCells(
          attribute: number, rows: rows, old: ValueColumn(type: type, count: count),
          new: ValueColumn(type: type, repeating: assignment.value, count: count)))
    }
    effects.cells.sort { $0.attribute.value < $1.attribute.value }
    return ComputedWrite(
      effects: effects, deed: .created(creation.names, start: start), changed: count, already: 0)
  }

  private func start(
    of creation: ResolvedCreation
  ) throws(Diagnostic) -> (PermissionSet, Row?, CreationStart) {
    switch creation.start {
    case .inherited:
      guard let source = table.newest else { return ([], nil, .inherited(from: nil)) }
      return (table.permissions(of: source), source, .inherited(from: table.name(of: source)))
    case .like(let reference):
      let source = try row(of: reference)
      return (table.permissions(of: source), source, .like(table.name(of: source)))
    case .with(let permissions): return (permissions, nil, .stated)
    case .withNothing: return ([], nil, .stated)
    }
  }

  private func requireFree(_ names: [Placed<Text>]) throws(Diagnostic) {
    var seen: Set<Text> = []
    for name in names {
      try requireFree(name)
      guard seen.insert(name.value).inserted else {
        throw diagnostic(RunProblem.nameTaken(name.value), at: name.place.range)
      }
    }
  }

  private func requireFree(_ name: Placed<Text>) throws(Diagnostic) {
    guard (1...RunProblem.longestName).contains(name.value.count) else {
      throw diagnostic(RunProblem.badName(name.value), at: name.place.range)
    }
    guard table.rows(named: name.value).isEmpty else {
      throw diagnostic(RunProblem.nameTaken(name.value), at: name.place.range)
    }
  }

  func rename(
    _ reference: ResolvedReference, to name: Placed<Text>, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let row = try subject(of: reference, modifiers)
    let old = table.name(of: row)
    let deed = Deed.renamed(from: old, to: name.value)
    if old == name.value {
      return ComputedWrite(effects: Effects(), deed: deed, changed: 0, already: 1)
    }
    try requireFree(name)
    var effects = Effects()
    effects.renames = [Rename(row: row, old: old, new: name.value)]
    return ComputedWrite(effects: effects, deed: deed, changed: 1, already: 0)
  }

  func delete(
    _ selection: ResolvedSelection, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    var effects = Effects()
    effects.deleted = subjects.rows
    return ComputedWrite(
      effects: effects, deed: .deleted, changed: subjects.rows.count, already: 0,
      protected: subjects.protected)
  }

  func protect(
    _ selection: ResolvedSelection, _ isProtected: Bool
  ) throws(Diagnostic) -> ComputedWrite {
    let rows = try self.rows(of: selection)
    var effects = Effects()
    effects.protection =
      isProtected ? rows.subtracting(table.protected) : rows.intersection(table.protected)
    let changed = effects.protection.count
    return ComputedWrite(
      effects: effects, deed: isProtected ? .protected : .unprotected, changed: changed,
      already: rows.count - changed)
  }
}
