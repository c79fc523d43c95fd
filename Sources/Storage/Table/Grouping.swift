package import Diagnostics

extension Table {
  /// How many of some rows have each value: by value ascending, unset last.
  package func groups(
    by attribute: AttributeNumber, in rows: RowSet
  ) -> [(value: AttributeValue?, count: Int)] {
    let column = columns[attribute.value]
    var counts: [(value: AttributeValue?, count: Int)]
    switch column.type {
    case .text: counts = column.textCounts(in: rows)
    case .number, .quota:
      counts = Table.counts(rows, column) { column.numbers[$0] }
        .map { (.number($0.key), $0.value) }
    case .time:
      counts = Table.counts(rows, column) { column.times[$0] }.map { (.time($0.key), $0.value) }
    case .boolean:
      counts = Table.counts(rows, column) { column.booleans.contains($0) }
        .map { (.boolean($0.key), $0.value) }
    }
    counts.sort { left, right in
      guard let a = left.value, let b = right.value else { return false }
      return AttributeValue.ascends(a, b)
    }
    let unset = rows.count - counts.reduce(0) { $0 + $1.count }
    if unset > 0 { counts.append((nil, unset)) }
    return counts
  }

  /// Some distinct texts that live rows have, at most `limit`: for what is near a misspelt one.
  package func distinctTexts(of attribute: AttributeNumber, limit: Int) -> [Text] {
    let column = columns[attribute.value]
    guard column.type == .text else { return [] }
    return column.textCounts(in: live).prefix(limit).compactMap { group in
      if case .text(let text)? = group.value { text } else { nil }
    }
  }

  private static func counts<Value: Hashable>(
    _ rows: RowSet, _ column: ValueColumn, _ value: (Int) -> Value
  ) -> [Value: Int] {
    var counts: [Value: Int] = [:]
    for row in rows where column.present.contains(row.index) {
      counts[value(row.index), default: 0] += 1
    }
    return counts
  }
}

extension ValueColumn {
  /// How many of some rows have each text, by code.
  fileprivate func textCounts(in rows: RowSet) -> [(value: AttributeValue?, count: Int)] {
    var counts = [Int](repeating: 0, count: dictionary.count)
    if rows.count == count, rows.last.map({ $0.index == count - 1 }) ?? true, setCount == count {
      codes.forEachPart { _, part in
        for index in part.indices {
          let code = Int(part[index])
          counts[code < counts.count ? code : dictionary.condemned] += 1
        }
      }
    } else {
      for row in rows where present.contains(row.index) { counts[code(at: row.index)] += 1 }
    }
    return counts.indices.filter { counts[$0] > 0 }.map { (.text(dictionary[$0]), counts[$0]) }
  }
}

extension AttributeValue {
  /// Whether one value comes before another of the same type.
  static func ascends(_ left: AttributeValue, _ right: AttributeValue) -> Bool {
    switch (left, right) {
    case (.text(let a), .text(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.time(let a), .time(let b)): a < b
    case (.boolean(let a), .boolean(let b)): !a && b
    default: false
    }
  }
}
