package import Permissions

// The loops over rows that make effects.
extension Table {
  /// The rows whose permission really flips when it is set so.
  package func flips(
    setting permission: PermissionNumber, to isOn: Bool, for rows: RowSet
  ) -> RowSet {
    rows.selected(by: bits[permission.value], whereOn: !isOn)
  }

  /// The flips after which each row agrees with `source` on the permissions of `mask`.
  package func flips(
    copying source: PermissionSet, mask: PermissionSet, to rows: RowSet
  ) -> [PermissionFlips] {
    mask.compactMap { permission in
      let flipped = flips(setting: permission, to: source.contains(permission), for: rows)
      return flipped.isEmpty ? nil : PermissionFlips(permission: permission, rows: flipped)
    }
  }

  /// The cells that change when each row gets the same value, or none of it; nil where none does.
  package func cells(
    setting attribute: AttributeNumber, to value: AttributeValue?, for rows: RowSet
  ) -> AttributeCells? {
    let type = attributes[attribute.value].type
    return cells(
      setting: attribute, for: rows,
      to: ValueColumn(type: type, repeating: value, count: rows.count))
  }

  /// The cells that change when the i-th row gets `values[i]`; nil where none does.
  package func cells(
    setting attribute: AttributeNumber, for rows: RowSet, to values: ValueColumn
  ) -> AttributeCells? {
    precondition(rows.count == values.count)
    let column = columns[attribute.value]
    if values.setCount == values.count, let first = rows.first,
      column.setCount == 0 || first.index >= column.count
    {
      return AttributeCells(
        attribute: attribute, rows: rows,
        old: ValueColumn(type: values.type, count: values.count), new: values)
    }
    var changed: [UInt32] = []
    var places = Bitmap()
    let comparison = ColumnComparison(column, values)
    for (place, row) in rows.enumerated() where comparison.differ(row.index, place) {
      changed.append(row.number)
      places.insert(place)
    }
    guard !changed.isEmpty else { return nil }
    let all = changed.count == rows.count
    let changedRows = all ? rows : RowSet(sortedNumbers: changed)
    return AttributeCells(
      attribute: attribute, rows: changedRows, old: column.values(at: changedRows),
      new: all ? values : values.values(at: RowSet(places)))
  }
}

/// Compares places of two columns without making values; texts by code, translated once.
private struct ColumnComparison {
  private let left: ValueColumn
  private let right: ValueColumn
  /// Codes of the right dictionary in the left one's; `max` where the left does not have it.
  private var translation: [Int] = []

  init(_ left: ValueColumn, _ right: ValueColumn) {
    precondition(left.type == right.type)
    self.left = left
    self.right = right
    if left.type == .text {
      translation = right.dictionary.indices.map { code in
        right.dictionary.withBytes(of: code) { left.code(of: $0) }.map(Int.init) ?? .max
      }
    }
  }

  func differ(_ a: Int, _ b: Int) -> Bool {
    let isSet = left.present.contains(a)
    guard isSet == right.present.contains(b) else { return true }
    guard isSet else { return false }
    return switch left.type {
    case .text: left.code(at: a) != translation[right.code(at: b)]
    case .number, .quota: left.numbers[a] != right.numbers[b]
    case .boolean: left.booleans.contains(a) != right.booleans.contains(b)
    case .time: left.times[a] != right.times[b]
    }
  }
}
