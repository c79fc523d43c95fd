import Diagnostics
import Permissions
package import Storage

/// The relational copy of a store: its tables, and what is in them.
package struct SQLLoad {
  /// Rows in one statement.
  private static let batch = 500

  private let schema: SQLSchema
  private let store: Store

  package init(_ dialect: SQLDialect, _ store: Store) {
    schema = SQLSchema(dialect, store.table)
    self.store = store
  }

  /// Hands over the text, a piece at a time.
  package func write(_ emit: (String) -> Void) throws(StoreProblem) {
    emit(schema.dialect == .sqlite ? ".bail on\nbegin;\n" : "begin;\n")
    for statement in schema.creation() { emit(statement + ";\n") }
    let table = store.table
    let dialect = schema.dialect
    insert(
      "permissions", table.catalog.permissions.indices,
      { schema.values(of: table.catalog.permissions[$0], $0) }, emit)
    let changed = try store.lastPermissionChange()
    insert("subaccounts", table.live, { values(of: $0, in: table, changed) }, emit)
    for permission in table.catalog.all {
      insert(
        "grants", table.holders(of: permission), { "(\($0.number), \(permission.value))" }, emit)
    }
    var headings: [String] = []
    for number in stride(from: 1, through: store.lastChange, by: 1) {
      let heading = try store.heading(ofChange: number)
      let extent = store.extent(ofChange: number)
      headings.append(
        "(\(number), \(heading.context.time), \(dialect.literal(heading.context.actor)), "
          + "\(dialect.literal(heading.statement)), \(dialect.literal(heading.reason)), "
          + "\(extent.subaccounts), \(extent.gained), \(extent.lost))")
      if headings.count == Self.batch || number == store.lastChange {
        insert("changes", headings, { $0 }, emit)
        headings.removeAll(keepingCapacity: true)
      }
    }
    emit("commit;\n")
  }

  private func insert<Rows: Sequence>(
    _ name: String, _ rows: Rows, _ values: (Rows.Element) -> String, _ emit: (String) -> Void
  ) {
    var text = ""
    var count = 0
    for row in rows {
      text += count == 0 ? "insert into \(name) values\n" : ",\n"
      text += values(row)
      count += 1
      if count == Self.batch {
        emit(text + ";\n")
        text = ""
        count = 0
      }
    }
    if count > 0 { emit(text + ";\n") }
  }

  private func values(of row: Row, in table: Table, _ changed: [UInt32]) -> String {
    let dialect = schema.dialect
    var values = [
      "\(row.number)", dialect.literal(table.id(of: row)), dialect.literal(table.name(of: row)),
      "\(table.created(of: row))", dialect.literal(table.isProtected(row)),
      "\(changed[row.index])",
    ]
    for index in table.attributes.indices {
      values.append(dialect.literal(table.value(of: AttributeNumber(index), in: row)))
    }
    return "(\(values.joined(separator: ", ")))"
  }
}
