package import Diagnostics
package import Permissions

/// What a change did, as the exact cells whose value it changed.
///
/// Flips are their own inverse; everything else keeps its old value beside the new one. That is all
/// that rollback, undo, `as of` and `why` need.
package struct Effects: Sendable {
  /// New rows, numbered on from the table's last; their bits and attributes are among the flips and
  /// cells.
  package var created = CreatedRows()
  /// Rows that stopped to be live.
  package var deleted = RowSet()
  /// Rows that are live again.
  package var restored = RowSet()
  /// Cells of permissions, in the catalogue's order, none empty.
  package var flips: [PermissionFlips] = []
  /// Rows whose protection flipped.
  package var protection = RowSet()
  package var renames: [Rename] = []
  /// Cells of attributes, in the attributes' order, none empty.
  package var cells: [AttributeCells] = []
  package var addedAttributes: [AttributeDefinition] = []
  package var addedPermissions: [Permission] = []
  package var definitions: [DefinitionChange] = []

  package init() {}
}

package struct CreatedRows: Sendable {
  package var ids = TextColumn()
  package var names = TextColumn()
  /// Milliseconds since 1970-01-01T00:00Z.
  package var times: [Int64] = []
  /// Whose permissions they were given when they were made, or nil.
  package var inheritedFrom: Row?

  package init() {}

  package var count: Int { times.count }
}

package struct PermissionFlips: Sendable {
  package var permission: PermissionNumber
  package var rows: RowSet

  package init(permission: PermissionNumber, rows: RowSet) {
    self.permission = permission
    self.rows = rows
  }
}

package struct Rename: Hashable, Sendable {
  package var row: Row
  package var old: Text
  package var new: Text

  package init(row: Row, old: Text, new: Text) {
    self.row = row
    self.old = old
    self.new = new
  }
}

/// One attribute's changed cells: `old` and `new` hold a value for each row of `rows`, in order.
package struct AttributeCells: Sendable {
  package var attribute: AttributeNumber
  package var rows: RowSet
  package var old: ValueColumn
  package var new: ValueColumn

  package init(attribute: AttributeNumber, rows: RowSet, old: ValueColumn, new: ValueColumn) {
    self.attribute = attribute
    self.rows = rows
    self.old = old
    self.new = new
  }
}

/// A saved set of permissions or subaccounts, or a policy: kept as the text that defines it.
package struct Definition: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case permissions = 0
    case subaccounts = 1
    case policy = 2
  }

  package var name: Text
  package var kind: Kind
  /// PERMS or WHO in standard layout.
  package var text: Text
  /// A policy's `because`.
  package var reason: Text?

  package init(name: Text, kind: Kind, text: Text, reason: Text? = nil) {
    self.name = name
    self.kind = kind
    self.text = text
    self.reason = reason
  }
}

/// Names of sets and names of policies are two name spaces: `old` and `new` agree on which.
package struct DefinitionChange: Hashable, Sendable {
  package var old: Definition?
  package var new: Definition?

  package init(old: Definition?, new: Definition?) {
    self.old = old
    self.new = new
  }
}
