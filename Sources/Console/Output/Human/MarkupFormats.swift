import Evaluation
import Interchange

/// A table as GitHub's markdown has it.
enum MarkdownFormat {
  static func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    for column in columns {
      output.bytes.append("| ")
      let start = output.bytes.count
      output.bytes.append(table.columns[column].name)
      HumanText.escape(from: start, in: &output.bytes)
      escape(from: start, in: &output.bytes)
      output.bytes.append(ascii: " ")
    }
    output.bytes.append("|\n")
    for column in columns {
      output.bytes.append(table.isRightAligned(column: column) ? "| ---: " : "| --- ")
    }
    output.bytes.append("|\n")
    for row in 0..<table.rowCount {
      for column in columns {
        output.bytes.append("| ")
        let start = output.bytes.count
        _ = table.appendHuman(row: row, column: column, to: &output.bytes)
        escape(from: start, in: &output.bytes)
        output.bytes.append(ascii: " ")
      }
      output.bytes.append("|\n")
      try output.spill()
    }
  }

  /// Puts a backslash before what would end a cell or change how the text looks.
  static func escape(from start: Int, in bytes: inout [UInt8]) {
    guard bytes[start...].contains(where: isMarkup) else { return }
    let text = Array(bytes[start...])
    bytes.removeSubrange(start...)
    for byte in text {
      if isMarkup(byte) { bytes.append(ascii: "\\") }
      bytes.append(byte)
    }
  }

  /// An underscore within a word is none: `max_agents` stays readable.
  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "|", "\\", "`", "*", "<", ">", "[", "]", "~", "&", "#": true
    default: false
    }
  }
}

/// A table as html, to be put into a page.
enum HTMLFormat {
  static func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    output.bytes.append("<table>\n<thead>\n<tr>")
    for column in columns {
      openCell("th", table, column, in: &output.bytes)
      let start = output.bytes.count
      output.bytes.append(table.columns[column].name)
      HumanText.escape(from: start, in: &output.bytes)
      escape(from: start, in: &output.bytes)
      output.bytes.append("</th>")
    }
    output.bytes.append("</tr>\n</thead>\n<tbody>\n")
    for row in 0..<table.rowCount {
      output.bytes.append("<tr>")
      for column in columns {
        openCell("td", table, column, in: &output.bytes)
        let start = output.bytes.count
        _ = table.appendHuman(row: row, column: column, to: &output.bytes)
        escape(from: start, in: &output.bytes)
        output.bytes.append("</td>")
      }
      output.bytes.append("</tr>\n")
      try output.spill()
    }
    output.bytes.append("</tbody>\n</table>\n")
  }

  private static func openCell(
    _ tag: String, _ table: ResultTable, _ column: Int, in bytes: inout [UInt8]
  ) {
    let alignment = table.isRightAligned(column: column) ? " align=\"right\"" : ""
    bytes.append("<\(tag)\(alignment)>")
  }

  static func escape(from start: Int, in bytes: inout [UInt8]) {
    HTMLWriter.escape(from: start, in: &bytes)
  }
}
