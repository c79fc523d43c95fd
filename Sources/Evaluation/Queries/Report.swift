import Diagnostics
import Storage

/// A query's answer whose rows are few and made at once: about permissions, attributes, policies.
struct Report {
  let fields: [(name: Text, kind: ResultTable.Kind)]
  var rows: [[ResultValue]] = []

  /// Puts names from `ReportFields` and kinds together.
  init(_ names: [Text], _ kinds: [ResultTable.Kind]) {
    fields = Array(zip(names, kinds))
  }

  /// The rows and columns that the statement asks for, in its order.
  func arranged(
    by show: ResolvedShow? = nil, footer: String? = nil, table: Table
  ) -> ResultTable {
    let keys = (show?.sort ?? []).compactMap { key in
      key.column.fieldNumber.map { (field: $0, descending: key.descending) }
    }
    var arranged = rows
    if !keys.isEmpty {
      arranged = rows.enumerated().sorted { left, right in
        for key in keys {
          let (a, b) = (left.element[key.field], right.element[key.field])
          if a == b { continue }
          if a == .null || b == .null { return b == .null }
          return key.descending ? b.precedes(a) : a.precedes(b)
        }
        return left.offset < right.offset
      }.map(\.element)
    }
    let shown = show?.limit.map { Array(arranged.prefix($0)) } ?? arranged
    let numbers = show?.columns?.compactMap(\.fieldNumber) ?? Array(fields.indices)
    let columns = numbers.map { number in
      ResultTable.Column(
        name: fields[number].name, kind: fields[number].kind,
        cells: .values(shown.map { $0[number] }))
    }
    return ResultTable(columns: columns, rowCount: shown.count, footer: footer, table: table)
  }
}

extension ResolvedColumn {
  /// Nil for a column of a list of subaccounts.
  fileprivate var fieldNumber: Int? {
    if case .field(let number) = kind { number } else { nil }
  }
}

extension ResultValue {
  /// Whether it sorts before another of its column.
  func precedes(_ other: ResultValue) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): left < right
    case (.integer(let left), .integer(let right)): left < right
    case (.number(let left), .number(let right)): left < right
    case (.number, .unlimited): true
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.time(let left), .time(let right)): left < right
    case (.list(let left), .list(let right)): left.lexicographicallyPrecedes(right)
    default: false
    }
  }
}
