import Diagnostics
import Evaluation
import Storage

/// Rows under headings, aligned as the terminal shows them.
///
/// Cells are made twice, once to be measured and once to be written, so that a table of any length
/// takes no memory but its bytes.
struct TableFormat {
  let screen: Screen

  func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    var lists = ListCells(table.table.catalog, wraps: screen.width != nil)
    let (fit, bars) = fit(table, columns, &lists)
    let shown = fit.shown.map { columns[$0] }
    appendHeading(table, shown, fit.widths, to: &output.bytes)
    for row in 0..<table.rowCount {
      let height = appendRow(
        row, of: table, shown, fit.widths, bars: bars, &lists, to: &output.bytes)
      if height > 1 {
        appendRest(row, of: table, shown, fit.widths, height: height, &lists, to: &output.bytes)
      }
      try output.spill()
    }
    let hidden = columns.filter { !shown.contains($0) }.map { table.columns[$0].name }
    appendFooter(table, hidden: hidden, to: &output.bytes)
  }

  /// The columns that fit, and bars where these leave room for them: a number tells more than its bar.
  private func fit(
    _ table: ResultTable, _ columns: [Int], _ lists: inout ListCells
  ) -> (ColumnFit, Bars?) {
    let measured = measure(table, columns, &lists)
    let expendable = expendable(table, columns)
    let alone = ColumnFit(measured, room: screen.width, expendable: expendable)
    guard screen.isTerminal, let bars = Bars(table, columns) else { return (alone, nil) }
    let room = screen.width.map { $0 - Bars.width }
    let beside = ColumnFit(measured, room: room, expendable: expendable, squeezes: false)
    let keepsNumbers = Set(columns.indices.suffix(2)).isSubset(of: beside.shown)
    return keepsNumbers ? (beside, bars) : (alone, nil)
  }

  /// What tells nothing that the rest does not: a person knows subaccounts by their names, and learns
  /// nothing from a column that is empty.
  private func expendable(_ table: ResultTable, _ columns: [Int]) -> [Int] {
    columns.indices.filter { isEmpty(columns[$0], in: table) } + repeating(table, columns)
  }

  /// Whether a column has nothing in any row; looks no further than to the first that has something.
  private func isEmpty(_ column: Int, in table: ResultTable) -> Bool {
    table.rowCount > 0
      && (0..<table.rowCount).allSatisfy { row in
        switch table.value(row: row, column: column) {
        case .null, .list([]): true
        default: false
        }
      }
  }

  private func repeating(_ table: ResultTable, _ columns: [Int]) -> [Int] {
    func position(_ name: Text) -> Int? {
      columns.firstIndex { table.columns[$0].name == name }
    }
    if let statement = position("statement"), statement > 0 {
      return ["time", "gained", "lost", "because", "actor"].compactMap { position($0) }
    }
    if position("permission") != nil {
      return [position("area"), position("api_field"), position("flags")].compactMap { $0 }
    }
    return position("name") == nil ? [] : [position("id")].compactMap { $0 }
  }

  func measure(_ table: ResultTable, _ columns: [Int]) -> [ColumnFit.Column] {
    var lists = ListCells(table.table.catalog, wraps: false)
    return measure(table, columns, &lists)
  }

  private func measure(
    _ table: ResultTable, _ columns: [Int], _ lists: inout ListCells
  ) -> [ColumnFit.Column] {
    var cell: [UInt8] = []
    return columns.map { column in
      let heading = HumanText.width(of: table.columns[column].name.bytes[...])
      var width = heading
      for row in 0..<table.rowCount {
        cell.removeAll(keepingCapacity: true)
        _ = append(row, column, of: table, &lists, to: &cell)
        width = max(width, HumanText.width(of: cell[...]))
      }
      return ColumnFit.Column(
        width: width, headingWidth: heading, canShrink: table.canShrink(column: column))
    }
  }

  private func appendHeading(
    _ table: ResultTable, _ columns: [Int], _ widths: [Int], to bytes: inout [UInt8]
  ) {
    var cell: [UInt8] = []
    for (index, column) in columns.enumerated() {
      cell.removeAll(keepingCapacity: true)
      cell.append(table.columns[column].name)
      HumanText.escape(from: 0, in: &cell)
      appendCell(
        &cell, style: .strong, width: widths[index],
        isRightAligned: table.isRightAligned(column: column), isLast: index == columns.count - 1,
        to: &bytes)
    }
    bytes.append(ascii: "\n")
    screen.append(.faint, to: &bytes) { bytes in
      for (index, width) in widths.enumerated() {
        if index > 0 { bytes.append("  ") }
        for _ in 0..<width { bytes.append("─") }
      }
    }
    bytes.append(ascii: "\n")
  }

  private func append(
    _ row: Int, _ column: Int, of table: ResultTable, _ lists: inout ListCells,
    to cell: inout [UInt8]
  ) -> Style {
    if case .list = table.columns[column].kind,
      case .list(let list) = table.value(row: row, column: column)
    {
      return lists.append(list, to: &cell)
    }
    return table.appendHuman(row: row, column: column, to: &cell)
  }

  /// Appends a row's first line.
  ///
  /// - Returns: how many lines the row has.
  private func appendRow(
    _ row: Int, of table: ResultTable, _ columns: [Int], _ widths: [Int], bars: Bars?,
    _ lists: inout ListCells, to bytes: inout [UInt8]
  ) -> Int {
    var cell: [UInt8] = []
    var height = 1
    for (index, column) in columns.enumerated() {
      cell.removeAll(keepingCapacity: true)
      let style = append(row, column, of: table, &lists, to: &cell)
      if screen.width != nil, case .list = table.columns[column].kind,
        HumanText.width(of: cell[...]) > widths[index],
        let lines = lines(row, column, of: table, width: widths[index], &lists)
      {
        cell = lines[0]
        height = max(height, lines.count)
      }
      appendCell(
        &cell, style: style, width: widths[index],
        isRightAligned: table.isRightAligned(column: column), isLast: index == columns.count - 1,
        to: &bytes)
    }
    bars?.append(row: row, of: table, on: screen, to: &bytes)
    bytes.append(ascii: "\n")
    return height
  }

  private func lines(
    _ row: Int, _ column: Int, of table: ResultTable, width: Int, _ lists: inout ListCells
  ) -> [[UInt8]]? {
    guard case .list = table.columns[column].kind,
      case .list(let list) = table.value(row: row, column: column), !list.isEmpty
    else { return nil }
    return lists.lines(list, width: width)
  }

  /// Appends the lines of a row after its first: only lists have any.
  private func appendRest(
    _ row: Int, of table: ResultTable, _ columns: [Int], _ widths: [Int], height: Int,
    _ lists: inout ListCells, to bytes: inout [UInt8]
  ) {
    var cells: [[[UInt8]]] = []
    for (index, column) in columns.enumerated() {
      cells.append(lines(row, column, of: table, width: widths[index], &lists) ?? [])
    }
    for line in 1..<height {
      let last = cells.lastIndex { $0.count > line } ?? 0
      for index in 0...last {
        var cell = cells[index].count > line ? cells[index][line] : []
        appendCell(
          &cell, style: .plain, width: widths[index], isRightAligned: false, isLast: index == last,
          to: &bytes)
      }
      bytes.append(ascii: "\n")
    }
  }

  /// Appends a cell with the blanks that align it; nothing follows the last one of a line.
  private func appendCell(
    _ cell: inout [UInt8], style: Style, width: Int, isRightAligned: Bool, isLast: Bool,
    to bytes: inout [UInt8]
  ) {
    let padding = width - HumanText.cut(&cell, to: width)
    if isRightAligned { bytes.append(blanks: padding) }
    screen.append(style, to: &bytes) { $0.append(contentsOf: cell) }
    if isLast { return }
    if !isRightAligned { bytes.append(blanks: padding) }
    bytes.append("  ")
  }

  private func appendFooter(_ table: ResultTable, hidden: [Text], to bytes: inout [UInt8]) {
    var text: [UInt8] = []
    text.append(table.humanFooter)
    if !hidden.isEmpty {
      text.append("; no room for ")
      text.append(hidden.map(\.string).joined(separator: ", "))
    }
    HumanText.escape(from: 0, in: &text)
    let lines = HumanText.wrapped(text, to: screen.width)
    screen.append(.faint, to: &bytes) { bytes in
      bytes.append(contentsOf: lines)
    }
    bytes.append(ascii: "\n")
  }
}
