import Diagnostics
import Evaluation

/// Rows under headings, aligned as the terminal shows them.
///
/// Cells are made twice, once to be measured and once to be written, so that a table of any length
/// takes no memory but its bytes.
struct TableFormat {
  let screen: Screen

  func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    let (fit, bars) = fit(table, columns)
    let shown = fit.shown.map { columns[$0] }
    appendHeading(table, shown, fit.widths, to: &output.bytes)
    for row in 0..<table.rowCount {
      appendRow(row, of: table, shown, fit.widths, bars: bars, to: &output.bytes)
      try output.spill()
    }
    let hidden = columns.filter { !shown.contains($0) }.map { table.columns[$0].name }
    appendFooter(table, hidden: hidden, to: &output.bytes)
  }

  /// The columns that fit, and bars where these leave room for them: a number tells more than its bar.
  private func fit(_ table: ResultTable, _ columns: [Int]) -> (ColumnFit, Bars?) {
    let measured = measure(table, columns)
    let expendable = expendable(table, columns)
    let alone = ColumnFit(measured, room: screen.width, expendable: expendable)
    guard screen.isTerminal, let bars = Bars(table, columns) else { return (alone, nil) }
    let room = screen.width.map { $0 - Bars.width }
    let beside = ColumnFit(measured, room: room, expendable: expendable)
    let keepsNumbers = Set(columns.indices.suffix(2)).isSubset(of: beside.shown)
    return keepsNumbers ? (beside, bars) : (alone, nil)
  }

  /// What tells nothing that the rest does not: a person knows subaccounts by their names.
  private func expendable(_ table: ResultTable, _ columns: [Int]) -> [Int] {
    func position(_ name: Text) -> Int? {
      columns.firstIndex { table.columns[$0].name == name }
    }
    if position("permission") != nil {
      return [position("area"), position("api_field"), position("flags")].compactMap { $0 }
    }
    return position("name") == nil ? [] : [position("id")].compactMap { $0 }
  }

  func measure(_ table: ResultTable, _ columns: [Int]) -> [ColumnFit.Column] {
    var cell: [UInt8] = []
    return columns.map { column in
      let heading = HumanText.width(of: table.columns[column].name.bytes[...])
      var width = heading
      for row in 0..<table.rowCount {
        cell.removeAll(keepingCapacity: true)
        _ = table.appendHuman(row: row, column: column, to: &cell)
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

  private func appendRow(
    _ row: Int, of table: ResultTable, _ columns: [Int], _ widths: [Int], bars: Bars?,
    to bytes: inout [UInt8]
  ) {
    var cell: [UInt8] = []
    for (index, column) in columns.enumerated() {
      cell.removeAll(keepingCapacity: true)
      let style = table.appendHuman(row: row, column: column, to: &cell)
      appendCell(
        &cell, style: style, width: widths[index],
        isRightAligned: table.isRightAligned(column: column), isLast: index == columns.count - 1,
        to: &bytes)
    }
    bars?.append(row: row, of: table, on: screen, to: &bytes)
    bytes.append(ascii: "\n")
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
    screen.append(.faint, to: &bytes) { bytes in
      bytes.append(table.humanFooter)
      if !hidden.isEmpty {
        bytes.append("; no room for ")
        let start = bytes.count
        bytes.append(hidden.map(\.string).joined(separator: ", "))
        HumanText.escape(from: start, in: &bytes)
      }
    }
    bytes.append(ascii: "\n")
  }
}
