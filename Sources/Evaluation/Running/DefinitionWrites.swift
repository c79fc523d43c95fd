import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Makes a saved set or a policy, or puts it in the place of the one of that name.
  func define(_ definition: Definition) -> ComputedWrite {
    let old = stored(definition)
    var effects = Effects()
    if old != definition {
      effects.definitions = [DefinitionChange(old: old, new: definition)]
    }
    return ComputedWrite(
      effects: effects, deed: .defined(definition.title), changed: 0, already: 0)
  }

  func drop(_ definition: Definition) -> ComputedWrite {
    var effects = Effects()
    if let old = stored(definition) {
      effects.definitions = [DefinitionChange(old: old, new: nil)]
    }
    return ComputedWrite(
      effects: effects, deed: .dropped(definition.title), changed: 0, already: 0)
  }

  private func stored(_ definition: Definition) -> Definition? {
    table.definitions.first {
      $0.name == definition.name && ($0.kind == .policy) == (definition.kind == .policy)
    }
  }

  /// A permission that is always enabled is on for everybody from the start.
  func create(_ permission: Permission) -> ComputedWrite {
    var effects = Effects()
    effects.addedPermissions = [permission]
    let rows = permission.isAlwaysEnabled ? table.live : RowSet()
    if !rows.isEmpty {
      effects.flips = [
        PermissionFlips(permission: PermissionNumber(table.catalog.count), rows: rows)
      ]
    }
    return ComputedWrite(
      effects: effects, deed: .createdPermission(permission.canonicalName), changed: rows.count,
      already: 0)
  }
}

extension Definition {
  /// As people refer to it: `$name`, or `policy name`.
  var title: Text { kind == .policy ? "policy \(name)" : "$\(name)" }
}
