package import Evaluation

/// list: the first column only, a line for each row.
package enum ListFormat {
  /// A value is escaped, so that one line is one row and nothing in it acts on a terminal.
  package static func write(_ table: ResultTable, to output: inout OutputBuffer)
    throws(OutputFailure)
  {
    guard let column = table.flatColumns.first else { return }
    for row in 0..<table.rowCount {
      let start = output.bytes.count
      table.appendPlain(row: row, column: column, to: &output.bytes)
      HumanText.escape(from: start, in: &output.bytes)
      output.bytes.append(ascii: "\n")
      try output.spill()
    }
  }
}
