import Diagnostics
import Permissions
import Storage

/// Some rows in groups, with each group's distinct permission sets.
struct GroupedRows {
  /// What the members of each group have in common: ascending, unset last.
  let values: [ResultValue]
  let profiles: Profiles
  /// How many rows each group has.
  private(set) var sizes: [Int]

  init(_ rows: RowSet, _ groups: RowGroups?, in table: Table) {
    values = groups?.values.map { ResultValue($0) } ?? [.null]
    profiles = table.profiles(of: rows, groups: groups?.codes ?? [])
    sizes = Array(repeating: 0, count: values.count)
    for profile in profiles.all { sizes[profile.group] += profile.count }
  }
}

/// How many of some groups have each permission.
///
/// There are few distinct permission sets, so they are counted over these and not over rows; and only
/// for groups that are asked about, of which there may be as many as rows.
struct GroupHolders: Sendable {
  /// The groups, ascending.
  let groups: [Int]
  /// By place in `groups`, then by permission.
  private var counts: [Int]
  private let permissionCount: Int

  init(in rows: GroupedRows, of groups: [Int], _ catalog: Catalog) {
    self.groups = groups
    permissionCount = catalog.count
    counts = Array(repeating: 0, count: groups.count * permissionCount)
    var places = Array(repeating: -1, count: rows.sizes.count)
    for (place, group) in groups.enumerated() { places[group] = place }
    for profile in rows.profiles.all where places[profile.group] >= 0 {
      let start = places[profile.group] * permissionCount
      for permission in profile.permissions { counts[start + permission.value] += profile.count }
    }
  }

  /// How many have a permission, of the group at a place in `groups`.
  func holders(of permission: PermissionNumber, at place: Int) -> Int {
    counts[place * permissionCount + permission.value]
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
