import Diagnostics
import Language
import Permissions
import Storage

extension EvaluationContext {
  func grant(
    _ permissions: ResolvedPermissions, to selection: ResolvedSelection, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    return write(
      flips(setting: permissions.set, to: true, for: subjects.rows), subjects,
      .granted(permissions.list))
  }

  /// What is always enabled is named outright only by mistake, which the resolver has found; swept
  /// along by a wildcard it stays on.
  func revoke(
    _ permissions: ResolvedPermissions, from selection: ResolvedSelection,
    _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    let fixed = permissions.set.intersection(table.catalog.alwaysEnabled)
    if !fixed.isEmpty {
      let names = fixed.map { table.catalog[$0].canonicalName }
      note(
        diagnostic(
          RunProblem.staysEnabled(names), severity: .note, at: permissions.place.range))
    }
    return write(
      flips(setting: permissions.set.subtracting(fixed), to: false, for: subjects.rows), subjects,
      .revoked(permissions.list))
  }

  func grantOnly(
    _ permissions: ResolvedPermissions, to selection: ResolvedSelection, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    let wanted = permissions.set.union(table.catalog.alwaysEnabled)
    return write(
      table.flips(copying: wanted, mask: table.catalog.all, to: subjects.rows), subjects,
      .grantedOnly(permissions.list))
  }

  /// What the source lacks is taken away.
  func copy(
    _ permissions: ResolvedPermissions, from source: ResolvedReference,
    to selection: ResolvedSelection, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let model = try row(of: source)
    let subjects = try self.subjects(of: selection, modifiers)
    let wanted = table.permissions(of: model).union(table.catalog.alwaysEnabled)
    return write(
      table.flips(copying: wanted, mask: permissions.set, to: subjects.rows), subjects,
      .copied(permissions.list, from: table.name(of: model)))
  }

  private func flips(
    setting permissions: PermissionSet, to isOn: Bool, for rows: RowSet
  ) -> [PermissionFlips] {
    var flips: [PermissionFlips] = []
    for permission in permissions {
      let flipped = table.flips(setting: permission, to: isOn, for: rows)
      if !flipped.isEmpty { flips.append(PermissionFlips(permission: permission, rows: flipped)) }
    }
    return flips
  }

  private func write(
    _ flips: [PermissionFlips], _ subjects: Subjects, _ deed: Deed
  ) -> ComputedWrite {
    var effects = Effects()
    effects.flips = flips
    let changed = flips.rows.count
    return ComputedWrite(
      effects: effects, deed: deed, changed: changed, already: subjects.rows.count - changed,
      protected: subjects.protected)
  }
}

extension [PermissionFlips] {
  /// Every row with a flip.
  var rows: RowSet {
    guard var rows = first?.rows else { return RowSet() }
    for flips in dropFirst() { rows.formUnion(flips.rows) }
    return rows
  }
}

extension PermissionSet {
  func intersection(_ other: PermissionSet) -> PermissionSet {
    subtracting(subtracting(other))
  }
}
