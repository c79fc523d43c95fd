import Diagnostics
import Permissions
import Storage

/// The relational copy of an agency: what its tables and columns are called.
///
/// Subaccounts are numbered in order of creation, permissions as in the catalogue. Times are
/// milliseconds since 1970.
struct SQLSchema {
  let dialect: SQLDialect
  let table: Table
  private let columns: [String]

  /// Columns of `subaccounts` that are no attributes.
  private static let fixed: Set<Text> = [
    "number", "id", "name", "created", "protected", "last_change",
  ]
  /// PostgreSQL cuts longer names off.
  private static let longestName = 63

  init(_ dialect: SQLDialect, _ table: Table) {
    self.dialect = dialect
    self.table = table
    var taken = SQLSchema.fixed
    columns = table.attributes.enumerated().map { index, attribute in
      // Engines take names for one that differ in case; and no attribute's name has a dot.
      let folded = Text(attribute.name.string.lowercased())
      let isFree = attribute.name.count <= SQLSchema.longestName && taken.insert(folded).inserted
      return dialect.identifier(isFree ? attribute.name : "attribute.\(index)")
    }
  }

  func column(_ attribute: AttributeNumber) -> String { columns[attribute.value] }

  /// The column of an attribute that a statement has just made.
  func column(named name: Text) -> String {
    table.attribute(named: name).map { column($0) } ?? dialect.identifier(name)
  }
}

extension SQLSchema {
  /// The statements that make the tables.
  ///
  /// DuckDB checks keys against rows that the same transaction has deleted, so it gets none.
  func creation() -> [String] {
    let key = dialect == .duckdb ? "not null" : "primary key"
    let unique = dialect == .duckdb ? "not null" : "not null unique"
    let (text, boolean) = (dialect.text, dialect.boolean)
    let attributes = table.attributes.indices.map { index in
      let number = AttributeNumber(index)
      return ",\n  \(column(number)) \(dialect.type(table.attributes[index].type))"
    }.joined()
    let grantKey =
      dialect == .duckdb ? "" : ",\n  primary key (subaccount, permission)"
    return [
      """
      create table subaccounts (
        number bigint \(key),
        id \(text) \(unique),
        name \(text) not null,
        created bigint not null,
        protected \(boolean) not null,
        last_change bigint not null\(attributes)
      )
      """,
      """
      create table permissions (
        number integer \(key),
        permission \(text) \(unique),
        area \(text) not null,
        label \(text) not null,
        api_field \(text),
        always \(boolean) not null,
        ui_only \(boolean) not null
      )
      """,
      """
      create table grants (
        subaccount bigint not null,
        permission integer not null\(grantKey)
      )
      """,
      """
      create table changes (
        change bigint \(key),
        time bigint not null,
        actor \(text) not null,
        statement \(text) not null,
        because \(text),
        subaccounts bigint not null,
        gained bigint not null,
        lost bigint not null
      )
      """,
    ]
  }

  func values(of permission: Permission, _ number: Int) -> String {
    let names = [permission.canonicalName, permission.area, permission.label]
      .map { dialect.literal($0) }.joined(separator: ", ")
    return "(\(number), \(names), \(dialect.literal(permission.apiField)), "
      + "\(dialect.literal(permission.isAlwaysEnabled)), \(dialect.literal(permission.isUIOnly)))"
  }
}
