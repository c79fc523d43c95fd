import Diagnostics
import Permissions
import Storage

// The columns of lists of subaccounts.

extension EvaluationContext {
  typealias Column = ResultTable.Column

  func identity(of rows: [Row]) -> [Column] {
    [
      Column(name: "id", kind: .text, cells: .ids(rows)),
      Column(name: "name", kind: .text, cells: .names(rows)),
    ]
  }

  /// What a list shows that names no columns.
  func standardColumns(of rows: [Row]) -> [Column] {
    identity(of: rows) + [Column(name: "created", kind: .time, cells: .created(rows))]
      + attributesInUse.map { attributeColumn($0, of: rows) } + permissionsColumns(of: rows)
  }

  func column(_ permission: PermissionNumber, of rows: [Row]) -> Column {
    Column(
      name: table.catalog[permission].canonicalName, kind: .boolean,
      cells: .permission(permission, rows))
  }

  /// Those that the statement names; nil where it names none.
  func named(_ columns: [ResolvedColumn]?, of rows: [Row]) throws(Diagnostic) -> [Column]? {
    guard let columns else { return nil }
    var result: [Column] = []
    for column in columns {
      switch column.kind {
      case .permission(let permission): result.append(self.column(permission, of: rows))
      case .permissions: result += permissionsColumns(of: rows)
      case .attribute(let attribute):
        if let column = try self.column(attribute, named: column.name, of: rows) {
          result.append(column)
        }
      case .field:
        // Only reports have fields; the resolver gives none to a list of subaccounts.
        continue
      }
    }
    return result
  }

  /// Every attribute that some subaccount has.
  var attributesInUse: [AttributeNumber] {
    table.attributes.indices.map { AttributeNumber($0) }
      .filter { !table.rows(whereAttribute: $0, .isSet).isEmpty }
  }

  func attributeColumn(_ number: AttributeNumber, of rows: [Row]) -> Column {
    let definition = table.attributes[number.value]
    return Column(
      name: definition.name, kind: ResultTable.Kind(definition.type),
      cells: .attribute(number, rows))
  }

  /// All permissions: their names where a cell can be a list, else how many.
  private func permissionsColumns(of rows: [Row]) -> [Column] {
    [
      Column(name: "permissions", kind: .list, audience: .objects, cells: .permissions(rows)),
      Column(
        name: "permission_count", kind: .integer, audience: .flat, cells: .permissionCount(rows)),
    ]
  }

  func column(
    _ attribute: ResolvedAttribute, named name: Text, of rows: [Row]
  ) throws(Diagnostic) -> Column? {
    switch attribute {
    case .stored(let number): return attributeColumn(number, of: rows)
    case .id: return Column(name: name, kind: .text, cells: .ids(rows))
    case .name: return Column(name: name, kind: .text, cells: .names(rows))
    case .created: return Column(name: name, kind: .time, cells: .created(rows))
    case .permissionCount:
      return Column(name: name, kind: .integer, cells: .permissionCount(rows))
    case .protected: return Column(name: name, kind: .boolean, cells: .protected(rows))
    case .changed:
      let changes = try LastChanges(in: store, asOf: asOf)
      return Column(name: name, kind: .time, cells: changes.cells(of: rows) { .time($0.time) })
    case .changedBy:
      let changes = try LastChanges(in: store, asOf: asOf)
      return Column(name: name, kind: .text, cells: changes.cells(of: rows) { .text($0.actor) })
    case .announced:
      // It is resolved anew, as a stored one, before it is evaluated.
      return nil
    }
  }
}

extension ResultTable.Kind {
  init(_ type: AttributeType) {
    self =
      switch type {
      case .text: .text
      case .number, .quota: .number
      case .boolean: .boolean
      case .time: .time
      }
  }
}
