import Diagnostics
import Storage

/// A query's answer whose rows are few and made at once: about permissions, attributes, policies.
struct Report {
  let fields: [(name: Text, kind: ResultTable.Kind)]
  /// How many of the fields are shown where the statement names no columns.
  private let usual: Int
  var rows: [[ResultValue]] = []

  /// Puts names from `ReportFields` and kinds together.
  init(_ names: [Text], _ kinds: [ResultTable.Kind], usual: Int = .max) {
    fields = Array(zip(names, kinds))
    self.usual = min(usual, fields.count)
  }

  /// The rows and columns that the statement asks for, in its order.
  func arranged(
    by show: ResolvedShow? = nil, presentation: ResultTable.Presentation = .list,
    heading: String? = nil, footer: String? = nil, table: Table
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
    let numbers = show?.columns?.compactMap(\.fieldNumber) ?? Array(0..<usual)
    let columns = numbers.map { number in
      ResultTable.Column(
        name: fields[number].name, kind: fields[number].kind,
        cells: .values(shown.map { $0[number] }))
    }
    return ResultTable(
      columns: columns, rowCount: shown.count, presentation: presentation, heading: heading,
      footer: footer, table: table)
  }

  /// What people read as prose: the rows are for programs.
  func answer(heading: String, isSingleObject: Bool, table: Table) -> ResultTable {
    let columns = fields.indices.map { number in
      ResultTable.Column(
        name: fields[number].name, kind: fields[number].kind,
        cells: .values(rows.map { $0[number] }))
    }
    return ResultTable(
      columns: columns, rowCount: rows.count, isSingleObject: isSingleObject,
      presentation: .answer, heading: heading, table: table)
  }
}

extension ResultTable {
  /// The rows and columns that the statement asks for, of a table of many rows.
  ///
  /// Cells stay where they are: what is written is looked up by its place. Where the statement names
  /// no columns the `usual` first ones are shown, or all.
  func arranged(by show: ResolvedShow, usual: Int? = nil) -> ResultTable {
    let keys = show.sort.compactMap { key in
      key.column.fieldNumber.map { (field: $0, descending: key.descending) }
    }
    let numbers = show.columns?.compactMap(\.fieldNumber) ?? usual.map { Array(0..<$0) }
    if keys.isEmpty && numbers == nil && show.limit ?? rowCount >= rowCount { return self }
    var order = Array(0..<rowCount)
    if !keys.isEmpty {
      let values = keys.map { key in order.map { value(row: $0, column: key.field) } }
      order.sort { left, right in
        for (place, key) in keys.enumerated() {
          let (a, b) = (values[place][left], values[place][right])
          if a == b { continue }
          if a == .null || b == .null { return b == .null }
          return key.descending ? b.precedes(a) : a.precedes(b)
        }
        return left < right
      }
    }
    if let limit = show.limit, limit < order.count { order.removeSubrange(limit...) }
    let places = order
    let shown = (numbers ?? Array(columns.indices)).map { number in
      Column(
        name: self.columns[number].name, kind: self.columns[number].kind,
        cells: .computed { self.value(row: places[$0], column: number) })
    }
    return ResultTable(
      columns: shown, rowCount: places.count, presentation: presentation, heading: heading,
      footer: footer, table: table)
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
