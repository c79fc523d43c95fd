import Permissions

extension Table {
  /// Whether effects read from a file can be applied: nothing in them is outside the table.
  func fits(_ effects: Effects) -> Bool {
    let rows = rowCount + effects.created.count
    let types = attributes.map(\.type) + effects.addedAttributes.map(\.type)
    let permissions = catalog.count + effects.addedPermissions.count
    guard rows < Int(UInt32.max), attributes.count + effects.addedAttributes.count <= 0x10000,
      permissions <= 0x10000
    else { return false }
    if let source = effects.created.inheritedFrom, source.index >= rowCount { return false }
    guard isBelow(rows, effects.deleted), isBelow(rows, effects.restored),
      isBelow(rows, effects.protection), effects.restored.isDisjoint(with: live)
    else { return false }
    if let last = effects.deleted.last, last.index < rowCount,
      !effects.deleted.isSubset(of: live)
    {
      return false
    }
    for flips in effects.flips {
      guard flips.permission.value < permissions, isBelow(rows, flips.rows) else { return false }
    }
    for cells in effects.cells {
      guard cells.attribute.value < types.count, cells.new.type == types[cells.attribute.value],
        cells.old.type == cells.new.type, isBelow(rows, cells.rows)
      else { return false }
    }
    return effects.renames.allSatisfy { $0.row.index < rows }
  }

  /// Whether effects read from a file can be taken back, but for flips and creations.
  func fitsTakenBack(_ effects: Effects) -> Bool {
    guard effects.addedAttributes.count <= attributes.count,
      effects.addedPermissions.count <= catalog.count, isBelow(rowCount, effects.deleted),
      isBelow(rowCount, effects.restored), isBelow(rowCount, effects.protection)
    else { return false }
    for cells in effects.cells {
      guard cells.attribute.value < attributes.count,
        cells.old.type == attributes[cells.attribute.value].type, isBelow(rowCount, cells.rows)
      else { return false }
    }
    return effects.renames.allSatisfy { $0.row.index < rowCount }
  }

  private func isBelow(_ limit: Int, _ rows: RowSet) -> Bool {
    rows.last.map { $0.index < limit } ?? true
  }
}
