import Diagnostics
import Evaluation

/// A bar beside each permission: how many of the subaccounts have it.
struct Bars {
  /// Columns that a bar takes, with the blanks before it and the percentage after it.
  static let width = 2 + length + 5
  private static let length = 16
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  private let have: Int
  private let lack: Int

  /// Nil where the table does not tell how many have and lack something, in its last columns.
  init?(_ table: ResultTable, _ columns: [Int]) {
    guard columns.count > 2, let lack = columns.last, table.columns[lack].name == "lack",
      let have = columns.dropLast().last, table.columns[have].name == "have"
    else { return nil }
    self.have = have
    self.lack = lack
  }

  func append(row: Int, of table: ResultTable, on screen: Screen, to bytes: inout [UInt8]) {
    guard case .integer(let have) = table.value(row: row, column: have),
      case .integer(let lack) = table.value(row: row, column: lack), have + lack > 0
    else { return }
    let bar = Bars.bar(have, of: have + lack, length: Bars.length)
    bytes.append("  ")
    screen.append(.good, to: &bytes) { $0.append(bar.filled) }
    screen.append(.faint, to: &bytes) { $0.append(bar.rest) }
    let percentage = Bars.percentage(have, of: have + lack)
    bytes.append(blanks: 4 - percentage.count)
    bytes.append("\(percentage)%")
  }

  /// A full bar means all and an empty one nobody; whatever lies between shows as such.
  static func bar(_ part: Int, of whole: Int, length: Int) -> (filled: String, rest: String) {
    var filled = part * length * 8 / whole
    if part > 0 { filled = max(filled, 1) }
    let text = String(repeating: "█", count: filled / 8) + eighths[filled % 8]
    return (text, String(repeating: "·", count: length - text.unicodeScalars.count))
  }

  private static func percentage(_ part: Int, of whole: Int) -> String {
    String(part == whole ? 100 : min(99, (part * 100 + whole / 2) / whole))
  }
}
