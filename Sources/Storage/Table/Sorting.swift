import Permissions

extension Table {
  /// The rows in the order of the keys, then of creation.
  ///
  /// Unset values come last either way.
  package func sorted(_ rows: RowSet, by keys: [SortKey]) -> [Row] {
    guard let first = keys.first else { return rows.array }
    if keys.count == 1, let sorted = sortedByFile(rows, by: first) { return sorted }
    return sortedAnew(rows, by: keys)
  }

  /// The same, whatever order a file has.
  func sortedAnew(_ rows: RowSet, by keys: [SortKey]) -> [Row] {
    guard let first = keys.first else { return rows.array }
    let counts = keys.contains { $0.isPermissionCount } ? permissionCounts() : []
    let leading = Ordering(first, self, counts)
    let orderings = [leading] + keys.dropFirst().map { Ordering($0, self, counts) }
    var entries: [(prefix: UInt64, row: UInt32)] = []
    entries.reserveCapacity(rows.count)
    for row in rows { entries.append((leading.prefix(of: row.index), row.number)) }
    entries.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      for ordering in orderings {
        let order = ordering.compare(Int(left.row), Int(right.row))
        if order != 0 { return order < 0 }
      }
      return left.row < right.row
    }
    return entries.map { Row($0.row) }
  }
}

extension SortKey {
  fileprivate var isPermissionCount: Bool {
    if case .permissionCount = field { true } else { false }
  }
}

/// One key, ready to compare rows.
private struct Ordering {
  private enum Source {
    case texts(PatchedTexts)
    case numbers([UInt64])
    case values(ValueColumn, ranks: [UInt64])
    case bits(Bitmap)
  }

  private let source: Source
  private let isDescending: Bool

  init(_ key: SortKey, _ table: Table, _ permissionCounts: [UInt32]) {
    isDescending = key.isDescending
    switch key.field {
    case .id: source = .texts(table.ids)
    case .name: source = .texts(table.names)
    case .created: source = .numbers(table.createdTimes.array.map { Ordering.rank($0) })
    case .permissionCount: source = .numbers(permissionCounts.map(UInt64.init))
    case .permission(let permission): source = .bits(table.bits[permission.value])
    case .protected: source = .bits(table.protectedRows)
    case .rank(let ranks): source = .numbers(ranks.map(UInt64.init))
    case .attribute(let attribute):
      let column = table.columns[attribute.value]
      source = .values(column, ranks: column.type == .text ? Ordering.ranks(of: column) : [])
    }
  }

  /// Orders as `compare` does, as far as 64 bits tell.
  func prefix(of row: Int) -> UInt64 {
    let rank: UInt64
    switch source {
    case .texts(let texts): rank = texts.withBytes(of: row) { Ordering.prefix(of: $0) }
    case .numbers, .bits, .values:
      guard let known = self.rank(of: row) else { return .max }
      // The greatest rank is kept for unset ones; no value's order is lost, for ties compare whole.
      rank = min(known, .max - 1)
    }
    return isDescending ? .max - 1 - min(rank, .max - 1) : min(rank, .max - 1)
  }

  /// Negative, zero or positive as the first row comes before, with or after the second.
  func compare(_ left: Int, _ right: Int) -> Int {
    if case .texts(let texts) = source {
      let order = texts.withBytes(of: left) { bytes in
        texts.withBytes(of: right) { bytes.order(to: $0) }
      }
      return isDescending ? -order : order
    }
    switch (rank(of: left), rank(of: right)) {
    case (nil, nil): return 0
    case (nil, _): return 1
    case (_, nil): return -1
    case (let a?, let b?): return a == b ? 0 : (a < b) != isDescending ? -1 : 1
    }
  }

  private func rank(of row: Int) -> UInt64? {
    switch source {
    case .texts: return nil
    case .numbers(let ranks): return row < ranks.count ? ranks[row] : nil
    case .bits(let bits): return bits.contains(row) ? 1 : 0
    case .values(let column, let ranks):
      guard row < column.count, column.present.contains(row) else { return nil }
      return switch column.type {
      case .text: ranks[column.code(at: row)]
      case .number, .quota: Ordering.rank(column.numbers[row])
      case .boolean: column.booleans.contains(row) ? 1 : 0
      case .time: Ordering.rank(column.times[row])
      }
    }
  }

  private static func prefix(of bytes: Span<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<min(8, bytes.count) {
      prefix |= UInt64(bytes[index]) << UInt64(56 - index * 8)
    }
    return prefix
  }

  private static func rank(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value) ^ (1 << 63)
  }

  private static func rank(_ value: Double) -> UInt64 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  /// The place of each text of a dictionary in their order.
  private static func ranks(of column: ValueColumn) -> [UInt64] {
    var ranks = [UInt64](repeating: 0, count: column.dictionary.count)
    for (rank, code) in column.dictionary.order.places.enumerated() {
      ranks[Int(code)] = UInt64(rank)
    }
    return ranks
  }
}
