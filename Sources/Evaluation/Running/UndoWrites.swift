import Diagnostics
import Language
import Permissions
import Storage

extension EvaluationContext {
  /// `undo`: puts back what a run of changes changed, where nothing touched it later.
  ///
  /// What was touched later is left, and told in a note. Nothing that is always enabled is turned
  /// off, and the catalogue and the attributes only ever grow.
  func undo(
    _ target: UndoTarget, _ modifiers: Modifiers, at place: Place
  ) throws(Diagnostic) -> ComputedWrite {
    let changes = try range(of: target, at: place)
    let before = try reading { () throws(StoreProblem) in
      try store.table(asOf: changes.lowerBound - 1)
    }
    var undoing = Undoing(table, before: before, includingProtected: modifiers.includesProtected)
    try reading { () throws(StoreProblem) in
      try store.forEachTouch(after: changes.upperBound) {
        undoing.noteLater($0, created: $1)
      }
      for number in changes.reversed() {
        undoing.note(try store.change(number).effects, created: store.rows(createdBy: number))
      }
    }
    undoing.putBack()
    for remark in undoing.remarks {
      note(diagnostic(remark, severity: .note, at: place.range))
    }
    let changed = undoing.effects.touchedBefore
    return ComputedWrite(
      effects: undoing.effects, deed: .undone(changes), changed: changed.count,
      already: undoing.left.subtracting(changed).subtracting(undoing.shielded).count,
      protected: undoing.shielded.subtracting(changed).count)
  }

  private func range(of target: UndoTarget, at place: Place) throws(Diagnostic) -> ClosedRange<Int>
  {
    let last = store.lastChange
    switch target {
    case .change(let number):
      guard (1...max(1, last)).contains(number.value), last > 0 else {
        throw diagnostic(
          StoreProblem.noSuchChange(number.value, last: last), at: number.place.range)
      }
      return number.value...number.value
    case .last(let count):
      guard last > 0, count.value > 0 else {
        throw diagnostic(RunProblem.nothingToUndo, at: place.range)
      }
      guard count.value <= last else {
        throw diagnostic(
          RunProblem.tooFewChanges(wanted: count.value, last: last), at: count.place.range)
      }
      return last - count.value + 1...last
    }
  }

  /// `restore PERMS of WHO as of TIME`: who was not there then is left alone.
  func restore(
    _ permissions: ResolvedPermissions, of selection: ResolvedSelection,
    asOf moment: ResolvedMoment, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    let past = try looking(at: moment).table
    let rows = subjects.rows.intersection(past.live)
    let absent = subjects.rows.subtracting(rows)
    if !absent.isEmpty {
      note(
        diagnostic(
          RunProblem.absentThen(
            absent.prefix(rows: RunProblem.namesShown).map { table.name(of: $0) },
            count: absent.count), severity: .note, at: selection.place.range))
    }
    var effects = Effects()
    for permission in permissions.set {
      let now = table.flips(setting: permission, to: false, for: rows)
      let then = past.flips(setting: permission, to: false, for: rows)
      let isFixed = table.catalog.alwaysEnabled.contains(permission)
      let flips = isFixed ? then.subtracting(now) : now.symmetricDifference(then)
      if !flips.isEmpty {
        effects.flips.append(PermissionFlips(permission: permission, rows: flips))
      }
    }
    let changed = effects.flips.rows.count
    return ComputedWrite(
      effects: effects, deed: .restored(permissions.list), changed: changed,
      already: subjects.rows.count - changed, protected: subjects.protected)
  }
}
