import Diagnostics
package import Evaluation
import Interchange
import Storage

/// csv and tsv: a header, then a line for each row.
package struct SeparatedFormat: Sendable {
  package enum Kind: Sendable {
    /// RFC 4180, with lines that end in LF.
    case commas
    /// Fields hold no tab and no line end: those are `\t`, `\n` and `\r`, and a backslash is `\\`.
    case tabs
  }

  private let kind: Kind
  /// A program gets the bytes as they are; on a terminal they must not act.
  private let isShown: Bool

  package init(_ kind: Kind, isShown: Bool) {
    self.kind = kind
    self.isShown = isShown
  }

  package func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    for column in columns {
      appendSeparator(before: column, in: columns, to: &output.bytes)
      let start = output.bytes.count
      output.bytes.append(table.columns[column].name)
      finishField(from: start, in: &output.bytes)
    }
    output.bytes.append(ascii: "\n")
    var start = 0
    while start < table.rowCount {
      let rows = start..<min(start + SeparatedFormat.rowsAtOnce, table.rowCount)
      if !appendBare(rows, of: table, columns, to: &output.bytes) {
        try write(rows, of: table, columns, to: &output)
      }
      try output.spill()
      start = rows.upperBound
    }
  }

  private static let rowsAtOnce = 512

  /// Appends rows of one name or id, which stand bare in a program's input nearly always.
  ///
  /// A list of half a million takes a quarter of the time that it takes cell by cell.
  ///
  /// - Returns: false where there is more to a row, or one must be quoted; nothing is appended then.
  private func appendBare(
    _ rows: Range<Int>, of table: ResultTable, _ columns: [Int], to bytes: inout [UInt8]
  ) -> Bool {
    guard columns.count == 1, !isShown else { return false }
    let start = bytes.count
    let newline = CSVWriter.newline
    guard table.appendTexts(of: rows, column: columns[0], terminator: newline, to: &bytes) else {
      return false
    }
    let marks: [UInt8] = kind == .commas ? [0x2C, 0x22, 0x0A, 0x0D] : [0x09, 0x5C, 0x0A, 0x0D]
    // What is no line end of a row can't stand bare in a field.
    if bytes.span.extracting(start...).count(ofAny: marks) == rows.count { return true }
    bytes.removeSubrange(start...)
    return false
  }

  private func write(
    _ rows: Range<Int>, of table: ResultTable, _ columns: [Int], to output: inout OutputBuffer
  ) throws(OutputFailure) {
    for row in rows {
      for column in columns {
        appendSeparator(before: column, in: columns, to: &output.bytes)
        let start = output.bytes.count
        table.appendPlain(row: row, column: column, to: &output.bytes)
        finishField(from: start, in: &output.bytes)
      }
      output.bytes.append(ascii: "\n")
      try output.spill()
    }
  }

  /// A write is a table of one row.
  package func write(_ summary: ChangeSummary, to bytes: inout [UInt8]) {
    let cells: [(name: String, value: ResultValue)] = summary.cells
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(ascii: separator) }
      bytes.append(cell.name)
    }
    bytes.append(ascii: "\n")
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(ascii: separator) }
      cell.value.appendPlain(to: &bytes)
    }
    bytes.append(ascii: "\n")
  }

  private var separator: Unicode.Scalar {
    switch kind {
    case .commas: ","
    case .tabs: "\t"
    }
  }

  private func appendSeparator(before column: Int, in columns: [Int], to bytes: inout [UInt8]) {
    if column != columns[0] { bytes.append(ascii: separator) }
  }

  private func finishField(from start: Int, in bytes: inout [UInt8]) {
    switch kind {
    case .commas:
      if isShown { HumanText.escape(from: start, in: &bytes) }
      CSVWriter.quoteIfNeeded(from: start, in: &bytes)
    case .tabs:
      SeparatedFormat.escapeIfNeeded(from: start, in: &bytes)
      if isShown { HumanText.escape(from: start, in: &bytes) }
    }
  }

  private static func escapeIfNeeded(from start: Int, in bytes: inout [UInt8]) {
    guard bytes[start...].contains(where: { escape(for: $0) != nil }) else { return }
    let field = Array(bytes[start...])
    bytes.removeSubrange(start...)
    for byte in field {
      if let letter = escape(for: byte) {
        bytes.append(ascii: "\\")
        bytes.append(ascii: letter)
      } else {
        bytes.append(byte)
      }
    }
  }

  private static func escape(for byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case UInt8(ascii: "\t"): "t"
    case UInt8(ascii: "\n"): "n"
    case UInt8(ascii: "\r"): "r"
    case UInt8(ascii: "\\"): "\\"
    default: nil
    }
  }
}

extension ChangeSummary {
  /// What programs are told of a write, in order.
  var cells: [(name: String, value: ResultValue)] {
    [
      ("statement", .text(Text(statement))),
      ("matched", .integer(matched)),
      ("changed", .integer(changed)),
      ("already", .integer(already)),
      ("protected", .integer(protected)),
      ("change", change.map { .integer($0) } ?? .null),
    ]
  }
}
