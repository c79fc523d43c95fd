package import Evaluation

/// list: the first column only, a line for each row.
package enum ListFormat {
  /// A line end within a value is written as a space: one line is one row.
  package static func write(_ table: ResultTable, to output: inout OutputBuffer)
    throws(OutputFailure)
  {
    guard let column = table.flatColumns.first else { return }
    for row in 0..<table.rowCount {
      let start = output.bytes.count
      table.appendPlain(row: row, column: column, to: &output.bytes)
      for index in start..<output.bytes.count where isLineEnd(output.bytes[index]) {
        output.bytes[index] = UInt8(ascii: " ")
      }
      output.bytes.append(ascii: "\n")
      try output.spill()
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
