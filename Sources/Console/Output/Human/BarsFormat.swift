import Diagnostics
import Evaluation

/// A chart of horizontal bars, as wide as a terminal has room for.
///
/// ```
/// permission           group                                share  have  lack
/// agent_types.inbound  growth   ██████████████████████████   100%    85     0
///                      starter  █████████████▎············    51%    58    55
/// ```
/// A pipe has no bars: what they would show are its columns.
struct BarsFormat {
  let screen: Screen
  /// How many columns, from the left, name a bar.
  let labels: Int
  /// The column that tells how long it is: a share of all, or a number beside the largest.
  let length: Int

  private static let shortest = 10
  private static let longest = 60
  /// A share of one, in the units in which bars are measured.
  private static let whole = 1 << 30

  func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let numbers = [length] + table.flatColumns.filter { $0 >= labels && $0 != length }
    let plain = TableFormat(screen: screen)
    let measured = plain.measure(table, Array(0..<labels) + numbers)
    guard let room = screen.width, table.rowCount > 0 else {
      return try plain.write(table, to: &output)
    }
    let numberWidths = measured[labels...].map(\.width)
    let taken = numberWidths.reduce(0) { $0 + $1 + ColumnFit.gap } + ColumnFit.gap
    let names = ColumnFit(
      Array(measured[..<labels]), room: room - taken - BarsFormat.shortest, squeezes: false)
    let nameWidth = names.widths.reduce(-ColumnFit.gap) { $0 + $1 + ColumnFit.gap }
    let barLength = min(room - taken - nameWidth, BarsFormat.longest)
    guard barLength >= BarsFormat.shortest else { return try plain.write(table, to: &output) }

    appendHeading(table, names, numbers, numberWidths, barLength, to: &output.bytes)
    let scale = scale(of: table)
    var group: [UInt8] = []
    for row in 0..<table.rowCount {
      for (index, column) in names.shown.enumerated() {
        var cell: [UInt8] = []
        var style = table.appendHuman(row: row, column: column, to: &cell)
        // What several bars in a row have in common is said once.
        if column == 0, labels > 1 {
          if cell == group { cell = [] } else { group = cell }
          style = .strong
        }
        append(&cell, style, width: names.widths[index], to: &output.bytes)
        output.bytes.append(blanks: ColumnFit.gap)
      }
      let bar = Bars.bar(part(of: table, row), of: scale, length: barLength)
      screen.append(.good, to: &output.bytes) { $0.append(bar.filled) }
      screen.append(.faint, to: &output.bytes) { $0.append(bar.rest) }
      for (column, width) in zip(numbers, numberWidths) {
        var cell: [UInt8] = []
        let style = table.appendHuman(row: row, column: column, to: &cell)
        output.bytes.append(blanks: ColumnFit.gap + width - HumanText.width(of: cell[...]))
        screen.append(style, to: &output.bytes) { $0.append(contentsOf: cell) }
      }
      output.bytes.append(ascii: "\n")
      try output.spill()
    }
    screen.append(.faint, to: &output.bytes) { $0.append(table.humanFooter) }
    output.bytes.append(ascii: "\n")
  }

  private func appendHeading(
    _ table: ResultTable, _ names: ColumnFit, _ numbers: [Int], _ widths: [Int], _ barLength: Int,
    to bytes: inout [UInt8]
  ) {
    for (column, width) in zip(names.shown, names.widths) {
      var cell = table.columns[column].name.bytes
      append(&cell, .strong, width: width, to: &bytes)
      bytes.append(blanks: ColumnFit.gap)
    }
    bytes.append(blanks: barLength)
    for (column, width) in zip(numbers, widths) {
      let name = table.columns[column].name.bytes
      bytes.append(blanks: ColumnFit.gap + width - HumanText.width(of: name[...]))
      screen.append(.strong, to: &bytes) { $0.append(contentsOf: name) }
    }
    bytes.append(ascii: "\n")
  }

  private func append(
    _ cell: inout [UInt8], _ style: Style, width: Int, to bytes: inout [UInt8]
  ) {
    let used = HumanText.cut(&cell, to: width)
    screen.append(style, to: &bytes) { $0.append(contentsOf: cell) }
    bytes.append(blanks: width - used)
  }

  private func part(of table: ResultTable, _ row: Int) -> Int {
    switch table.value(row: row, column: length) {
    case .integer(let number): number
    case .number(let share): Int(share * Double(BarsFormat.whole))
    default: 0
    }
  }

  /// What a full bar stands for.
  private func scale(of table: ResultTable) -> Int {
    if table.columns[length].kind == .share { return BarsFormat.whole }
    return max(1, (0..<table.rowCount).reduce(0) { max($0, part(of: table, $1)) })
  }
}
