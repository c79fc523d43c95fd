import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show "Acme Dental"`: everything about one subaccount.
  func card(of row: Row) -> ResultTable {
    let rows = [row]
    let owned = table.permissions(of: row)
    let flags = table.catalog.all.map {
      ResultValue.Flag(name: table.catalog[$0].canonicalName, isOn: owned.contains($0))
    }
    let columns =
      identity(of: rows) + [Column(name: "created", kind: .time, cells: .created(rows))]
      + attributesInUse.map { attributeColumn($0, of: rows) }
      + [
        Column(name: "protected", kind: .boolean, cells: .protected(rows)),
        Column(name: "permissions", kind: .flags, cells: .values([.flags(flags)])),
      ]
    return ResultTable(
      columns: columns, rowCount: 1, isSingleObject: true, presentation: .card, table: table)
  }
}
