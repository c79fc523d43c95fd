package import Permissions

/// How much of what is numbered there is in a table: what is new is numbered on from there.
package struct TableExtent: Equatable, Sendable {
  package let rows: Int
  package let attributes: Int
  package let permissions: Int

  package init(_ table: borrowing Table) {
    rows = table.rowCount
    attributes = table.attributes.count
    permissions = table.catalog.count
  }
}

/// How what a transaction made is numbered, once others have made something before it.
package struct Renumbering: Sendable {
  private let before: TableExtent
  private let after: TableExtent

  /// - Parameters:
  ///   - before: what there was when the transaction began.
  ///   - after: the same, and what others have made since.
  package init(from before: TableExtent, to after: TableExtent) {
    self.before = before
    self.after = after
  }

  package func row(_ row: Row) -> Row {
    row.index < before.rows ? row : Row(row.number + UInt32(after.rows - before.rows))
  }

  package func rows(_ rows: RowSet) -> RowSet {
    guard after.rows != before.rows, let last = rows.last, last.index >= before.rows else {
      return rows
    }
    return RowSet(sorted: rows.map { row($0) })
  }

  package func permission(_ number: PermissionNumber) -> PermissionNumber {
    number.value < before.permissions
      ? number : PermissionNumber(number.value + after.permissions - before.permissions)
  }

  private func attribute(_ number: AttributeNumber) -> AttributeNumber {
    number.value < before.attributes
      ? number : AttributeNumber(number.value + after.attributes - before.attributes)
  }

  package func effects(_ effects: Effects) -> Effects {
    var effects = effects
    effects.created.inheritedFrom = effects.created.inheritedFrom.map { row($0) }
    effects.deleted = rows(effects.deleted)
    effects.restored = rows(effects.restored)
    effects.protection = rows(effects.protection)
    effects.flips = effects.flips.map {
      PermissionFlips(permission: permission($0.permission), rows: rows($0.rows))
    }
    effects.renames = effects.renames.map { Rename(row: row($0.row), old: $0.old, new: $0.new) }
    effects.cells = effects.cells.map {
      AttributeCells(
        attribute: attribute($0.attribute), rows: rows($0.rows), old: $0.old, new: $0.new)
    }
    return effects
  }
}

extension Effects {
  /// Whether they do the same: to the same places, which held the same before.
  package func doTheSame(as other: Effects) -> Bool {
    created.isSame(as: other.created) && deleted == other.deleted && restored == other.restored
      && protection == other.protection && renames == other.renames
      && addedAttributes == other.addedAttributes && addedPermissions == other.addedPermissions
      && definitions == other.definitions
      && flips.elementsEqual(other.flips) {
        $0.permission == $1.permission && $0.rows == $1.rows
      }
      && cells.elementsEqual(other.cells) {
        $0.attribute == $1.attribute && $0.rows == $1.rows && $0.old.isSame(as: $1.old)
          && $0.new.isSame(as: $1.new)
      }
  }
}

extension CreatedRows {
  fileprivate func isSame(as other: CreatedRows) -> Bool {
    times == other.times && inheritedFrom == other.inheritedFrom
      && ids.elementsEqual(other.ids) && names.elementsEqual(other.names)
  }
}

extension ValueColumn {
  fileprivate func isSame(as other: ValueColumn) -> Bool {
    type == other.type && count == other.count
      && (0..<count).allSatisfy { self[$0] == other[$0] }
  }
}
