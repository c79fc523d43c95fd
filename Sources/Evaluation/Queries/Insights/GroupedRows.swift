import Diagnostics
import Permissions
import Storage

/// Some rows in groups, with each group's distinct permission sets.
///
/// There are few distinct sets, so what is asked of a group and a permission is counted over them and
/// not over rows.
struct GroupedRows {
  /// What the members of each group have in common: ascending, unset last.
  let values: [ResultValue]
  let profiles: Profiles
  /// How many rows each group has.
  private(set) var sizes: [Int]
  /// By group, then by permission: how many have it.
  private var holders: [Int]
  private let permissionCount: Int

  init(_ rows: RowSet, _ groups: RowGroups?, in table: Table) {
    values = groups?.values.map { ResultValue($0) } ?? [.null]
    profiles = table.profiles(of: rows, groups: groups?.codes ?? [])
    permissionCount = table.catalog.count
    sizes = Array(repeating: 0, count: values.count)
    holders = Array(repeating: 0, count: values.count * permissionCount)
    for profile in profiles.all {
      sizes[profile.group] += profile.count
      for permission in profile.permissions {
        holders[profile.group * permissionCount + permission.value] += profile.count
      }
    }
  }

  func holders(of permission: PermissionNumber, inGroup group: Int) -> Int {
    holders[group * permissionCount + permission.value]
  }
}

extension EvaluationContext {
  /// Groups rows by anything that can be compared; all are one group where that is nil.
  func grouped(_ rows: RowSet, by attribute: ResolvedAttribute?) throws(Diagnostic) -> GroupedRows {
    GroupedRows(
      rows,
      try attribute.map { attribute throws(Diagnostic) in try groups(of: rows, by: attribute) },
      in: table)
  }

  private func groups(
    of rows: RowSet, by attribute: ResolvedAttribute
  ) throws(Diagnostic) -> RowGroups {
    switch attribute {
    case .stored(let number): return table.groupCodes(by: number, in: rows)
    case .name: return table.nameCodes(in: rows)
    case .id: return table.idCodes(in: rows)
    case .created:
      return groups(of: rows, .time) { column, row in column.append(time: table.created(of: row)) }
    case .permissionCount:
      return groups(of: rows, .number) { column, row in
        column.append(number: Double(table.permissionCount(of: row)))
      }
    case .protected:
      return groups(of: rows, .boolean) { column, row in
        column.append(boolean: table.isProtected(row))
      }
    case .changed:
      let stamps = try stamps(of: rows)
      return groups(of: rows, .time) { column, row in
        if let stamp = stamps(row) { column.append(time: stamp.time) } else { column.appendUnset() }
      }
    case .changedBy:
      let stamps = try stamps(of: rows)
      return groups(of: rows, .text) { column, row in
        column.append(stamps(row).map { .text($0.actor) })
      }
    case .announced:
      // It is resolved anew, as a stored one, before it is evaluated.
      return groups(of: rows, .text) { column, _ in column.appendUnset() }
    }
  }

  private func groups(
    of rows: RowSet, _ type: AttributeType, _ append: (inout ValueColumn, Row) -> Void
  ) -> RowGroups {
    var column = ValueColumn(type: type)
    for row in rows { append(&column, row) }
    return column.groups(at: RowSet(0..<UInt32(rows.count)))
  }

  /// When and by whom each row's permissions were changed last; each change is looked up once.
  private func stamps(of rows: RowSet) throws(Diagnostic) -> (Row) -> ChangeStamp? {
    let numbers = try LastChanges(in: store, asOf: asOf).numbers
    var known: [UInt32: ChangeStamp] = [:]
    for row in rows where known[numbers[row.index]] == nil {
      known[numbers[row.index]] = store.stamp(ofChange: Int(numbers[row.index]))
    }
    return { known[numbers[$0.index]] }
  }
}
