import Diagnostics
package import Evaluation
import Interchange

/// Cells as csv, tsv and list write them, before quotes and escapes.
extension ResultTable {
  /// The columns that a flat format shows, in order.
  package var flatColumns: [Int] {
    columns.indices.filter { columns[$0].audience == .all || columns[$0].audience == .flat }
  }

  /// The columns that json shows, in order.
  package var objectColumns: [Int] {
    columns.indices.filter { columns[$0].audience == .all || columns[$0].audience == .objects }
  }

  /// Appends a cell; nothing where it is unset.
  func appendPlain(row: Int, column: Int, to bytes: inout [UInt8]) {
    if appendText(row: row, column: column, to: &bytes) { return }
    value(row: row, column: column).appendPlain(to: &bytes)
  }
}

extension ResultValue {
  /// Appends the value; nothing where it is unset.
  ///
  /// Lists are joined by `;`.
  func appendPlain(to bytes: inout [UInt8]) {
    switch self {
    case .null: break
    case .text(let text): bytes.append(text)
    case .integer(let number): NumberText.append(number, to: &bytes)
    case .number(let number): NumberText.append(number, to: &bytes)
    case .unlimited: bytes.append("unlimited")
    case .boolean(let isTrue): JSONWriter.append(isTrue, to: &bytes)
    case .time(let milliseconds): bytes.append(time: milliseconds)
    case .list(let texts): ResultValue.appendJoined(texts, to: &bytes)
    case .flags(let flags):
      ResultValue.appendJoined(flags.filter(\.isOn).map(\.name), to: &bytes)
    }
  }

  private static func appendJoined(_ texts: [Text], to bytes: inout [UInt8]) {
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ";")) }
      bytes.append(text)
    }
  }
}
