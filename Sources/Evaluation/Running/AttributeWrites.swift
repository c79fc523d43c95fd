import Diagnostics
import Language
import Permissions
import Storage

extension EvaluationContext {
  /// `set`: an attribute that is new is added even where nobody is selected, so that a script's
  /// later statements find it on every run.
  func set(
    _ assignments: [ResolvedAssignment], for selection: ResolvedSelection,
    _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    var effects = Effects()
    var names: [Text] = []
    for assignment in assignments {
      let (number, type) = attribute(of: assignment.target, addingTo: &effects)
      names.append(name(of: assignment.target))
      guard case .new = assignment.target else {
        if let cells = table.cells(setting: number, to: assignment.value, for: subjects.rows) {
          effects.cells.append(cells)
        }
        continue
      }
      let count = subjects.rows.count
      if count == 0 { continue }
      effects.cells.append(
        AttributeCells(
          attribute: number, rows: subjects.rows, old: ValueColumn(type: type, count: count),
          new: ValueColumn(type: type, repeating: assignment.value, count: count)))
    }
    return write(effects, subjects, .set(names))
  }

  func unset(
    _ targets: [ResolvedTarget], for selection: ResolvedSelection, _ modifiers: Modifiers
  ) throws(Diagnostic) -> ComputedWrite {
    let subjects = try self.subjects(of: selection, modifiers)
    var effects = Effects()
    for target in targets {
      guard case .stored(let number) = target,
        let cells = table.cells(setting: number, to: nil, for: subjects.rows)
      else { continue }
      effects.cells.append(cells)
    }
    return write(effects, subjects, .unset(targets.map { name(of: $0) }))
  }

  private func write(
    _ unsorted: Effects, _ subjects: Subjects, _ deed: Deed
  ) -> ComputedWrite {
    var effects = unsorted
    effects.cells.sort { $0.attribute.value < $1.attribute.value }
    var rows = effects.cells.first?.rows ?? RowSet()
    for cells in effects.cells.dropFirst() { rows.formUnion(cells.rows) }
    return ComputedWrite(
      effects: effects, deed: deed, changed: rows.count,
      already: subjects.rows.count - rows.count, protected: subjects.protected)
  }

  private func name(of target: ResolvedTarget) -> Text {
    switch target {
    case .stored(let number): table.attributes[number.value].name
    case .new(let definition): definition.name
    }
  }

  /// The number of an attribute; one that is new is added to the effects.
  func attribute(
    of target: ResolvedTarget, addingTo effects: inout Effects
  ) -> (AttributeNumber, AttributeType) {
    switch target {
    case .stored(let number): return (number, table.attributes[number.value].type)
    case .new(let definition):
      effects.addedAttributes.append(definition)
      let number = table.attributes.count + effects.addedAttributes.count - 1
      return (AttributeNumber(number), definition.type)
    }
  }
}
