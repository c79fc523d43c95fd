import Diagnostics
package import Evaluation
import Interchange
import Permissions
import Storage

/// json and jsonl: rows as objects.
package enum ObjectFormat: Sendable {
  /// One line for each statement.
  case json
  /// One line for each row.
  case lines

  package func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.objectColumns
    let keys = columns.map { column -> [UInt8] in
      var key: [UInt8] = column == columns[0] ? [] : [UInt8(ascii: ",")]
      JSONWriter.append(table.columns[column].name, to: &key)
      key.append(ascii: ":")
      return key
    }
    let names = ObjectFormat.names(of: table.table.catalog)
    let isArray = self == .json && !table.isSingleObject
    if isArray { output.bytes.append(ascii: "[") }
    for row in 0..<table.rowCount {
      if isArray && row > 0 { output.bytes.append(ascii: ",") }
      output.bytes.append(ascii: "{")
      for (key, column) in zip(keys, columns) {
        output.bytes.append(contentsOf: key)
        ObjectFormat.append(
          table, row: row, column: column, names: names, to: &output.bytes)
      }
      output.bytes.append(ascii: "}")
      if self == .lines { output.bytes.append(ascii: "\n") }
      try output.spill()
    }
    if isArray { output.bytes.append(ascii: "]") }
    if self == .json { output.bytes.append(ascii: "\n") }
  }

  /// A write is one object in both.
  package func write(_ summary: ChangeSummary, to bytes: inout [UInt8]) {
    for (index, cell) in summary.cells.enumerated() {
      bytes.append(ascii: index == 0 ? "{" : ",")
      JSONWriter.append(Text(cell.name), to: &bytes)
      bytes.append(ascii: ":")
      cell.value.appendJSON(to: &bytes)
    }
    bytes.append(ascii: "}")
    bytes.append(ascii: "\n")
  }

  private static func append(
    _ table: ResultTable, row: Int, column: Int, names: [[UInt8]], to bytes: inout [UInt8]
  ) {
    switch table.columns[column].cells {
    case .ids, .names, .attribute, .values, .coded, .computed:
      let start = bytes.count
      bytes.append(ascii: "\"")
      if table.appendText(row: row, column: column, to: &bytes) {
        JSONWriter.escapeIfNeeded(from: start + 1, in: &bytes)
        bytes.append(ascii: "\"")
        return
      }
      bytes.removeLast()
    case .permissions(let rows):
      bytes.append(ascii: "[")
      var isFirst = true
      for permission in table.table.permissions(of: rows[row]) {
        if !isFirst { bytes.append(ascii: ",") }
        isFirst = false
        bytes.append(contentsOf: names[permission.value])
      }
      bytes.append(ascii: "]")
      return
    case .created, .permission, .permissionCount, .protected: break
    }
    table.value(row: row, column: column).appendJSON(to: &bytes)
  }

  /// The canonical names of all permissions, with their quotes: made once, not for each row.
  private static func names(of catalog: Catalog) -> [[UInt8]] {
    catalog.permissions.map { permission in
      var bytes: [UInt8] = []
      JSONWriter.append(permission.canonicalName, to: &bytes)
      return bytes
    }
  }
}

extension ResultValue {
  func appendJSON(to bytes: inout [UInt8]) {
    switch self {
    case .null: JSONWriter.appendNull(to: &bytes)
    case .text(let text): JSONWriter.append(text, to: &bytes)
    case .integer(let number): NumberText.append(number, to: &bytes)
    case .number(let number): NumberText.append(number, to: &bytes)
    case .unlimited: bytes.append("\"unlimited\"")
    case .boolean(let isTrue): JSONWriter.append(isTrue, to: &bytes)
    case .time(let milliseconds):
      bytes.append(ascii: "\"")
      bytes.append(time: milliseconds)
      bytes.append(ascii: "\"")
    case .list(let texts):
      bytes.append(ascii: "[")
      for (index, text) in texts.enumerated() {
        if index > 0 { bytes.append(ascii: ",") }
        JSONWriter.append(text, to: &bytes)
      }
      bytes.append(ascii: "]")
    case .flags(let flags):
      bytes.append(ascii: "{")
      for (index, flag) in flags.enumerated() {
        if index > 0 { bytes.append(ascii: ",") }
        JSONWriter.append(flag.name, to: &bytes)
        bytes.append(ascii: ":")
        JSONWriter.append(flag.isOn, to: &bytes)
      }
      bytes.append(ascii: "}")
    }
  }
}
