import Diagnostics
import Evaluation

/// A block of names and values for each row.
struct VerticalFormat {
  let screen: Screen

  func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    let nameWidth =
      columns.map { HumanText.width(of: table.columns[$0].name.bytes[...]) }.max() ?? 0
    for row in 0..<table.rowCount {
      if !table.isSingleObject { appendRule(row: row, to: &output.bytes) }
      for column in columns {
        var name = table.columns[column].name.bytes
        HumanText.escape(from: 0, in: &name)
        let padding = nameWidth - HumanText.width(of: name[...])
        screen.append(.strong, to: &output.bytes) { $0.append(contentsOf: name) }
        output.bytes.append(blanks: padding + 2)
        var cell: [UInt8] = []
        let style = table.appendHuman(row: row, column: column, to: &cell)
        screen.append(style, to: &output.bytes) { $0.append(contentsOf: cell) }
        output.bytes.append(ascii: "\n")
      }
      try output.spill()
    }
    if !table.isSingleObject {
      screen.append(.faint, to: &output.bytes) { $0.append(table.humanFooter) }
      output.bytes.append(ascii: "\n")
    }
  }

  private func appendRule(row: Int, to bytes: inout [UInt8]) {
    screen.append(.faint, to: &bytes) { bytes in
      bytes.append("── \(row + 1) ──")
    }
    bytes.append(ascii: "\n")
  }
}
