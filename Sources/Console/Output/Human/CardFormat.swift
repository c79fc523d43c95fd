import Diagnostics
import Evaluation
import Permissions
import Storage

/// One subaccount or one answer: names beside values, then permissions by area.
struct CardFormat {
  let screen: Screen
  /// What a card fills where nothing bounds a line.
  private static let usualWidth = 80

  func write(_ table: ResultTable, to bytes: inout [UInt8]) {
    guard table.rowCount == 1 else { return }
    let columns = table.flatColumns
    let nameWidth =
      columns.filter { !isFlags(table, $0) }
      .map { HumanText.width(of: table.columns[$0].name.bytes[...]) }.max() ?? 0
    for column in columns where !isFlags(table, column) {
      appendName(table.columns[column].name, width: nameWidth, to: &bytes)
      appendValue(table, column, indent: nameWidth + 2, to: &bytes)
    }
    for column in columns {
      guard case .flags(let flags) = table.value(row: 0, column: column) else { continue }
      append(flags, of: table, to: &bytes)
    }
  }

  private func isFlags(_ table: ResultTable, _ column: Int) -> Bool {
    table.columns[column].kind == .flags
  }

  private func appendName(_ name: Text, width: Int, to bytes: inout [UInt8]) {
    var text = name.bytes
    HumanText.escape(from: 0, in: &text)
    screen.append(.faint, to: &bytes) { $0.append(contentsOf: text) }
    let padding = width - HumanText.width(of: text[...])
    bytes.append(blanks: padding + 2)
  }

  /// A list has a line for each of its parts.
  private func appendValue(
    _ table: ResultTable, _ column: Int, indent: Int, to bytes: inout [UInt8]
  ) {
    if case .list(let parts) = table.value(row: 0, column: column), !parts.isEmpty {
      for (index, part) in parts.enumerated() {
        if index > 0 { bytes.append(blanks: indent) }
        let start = bytes.count
        bytes.append(part)
        HumanText.escape(from: start, in: &bytes)
        bytes.append(ascii: "\n")
      }
      return
    }
    var cell: [UInt8] = []
    let style = table.appendHuman(row: 0, column: column, to: &cell)
    let isTitle = table.columns[column].name == "name"
    screen.append(isTitle ? .strong : style, to: &bytes) { $0.append(contentsOf: cell) }
    bytes.append(ascii: "\n")
  }

  /// A block for each area, in the catalogue's order: its label, how many are on, and each one.
  private func append(
    _ flags: [ResultValue.Flag], of table: ResultTable, to bytes: inout [UInt8]
  ) {
    let names = flags.map { CardName($0.name) }
    let fieldWidth = names.map { HumanText.width(of: $0.field.bytes[...]) }.max() ?? 0
    let perLine = max(1, ((screen.width ?? CardFormat.usualWidth) - 2) / (fieldWidth + 4))
    var areas: [Text] = []
    for name in names where !areas.contains(name.area) { areas.append(name.area) }
    for area in areas {
      let members = flags.indices.filter { names[$0].area == area }
      let label = table.table.catalog.areas.first { $0.name == area }?.label ?? area
      bytes.append(ascii: "\n")
      screen.append(.strong, to: &bytes) { bytes in
        let start = bytes.count
        bytes.append(label)
        HumanText.escape(from: start, in: &bytes)
      }
      let on = members.count { flags[$0].isOn }
      screen.append(.faint, to: &bytes) { $0.append("  \(on) of \(members.count)") }
      for (index, member) in members.enumerated() {
        bytes.append(index % perLine == 0 ? "\n  " : "  ")
        append(flags[member].isOn, names[member].field, to: &bytes)
        let isLast = index % perLine == perLine - 1 || index == members.count - 1
        let width = HumanText.width(of: names[member].field.bytes[...])
        if !isLast { bytes.append(blanks: fieldWidth - width) }
      }
      bytes.append(ascii: "\n")
    }
  }

  private func append(_ isOn: Bool, _ field: Text, to bytes: inout [UInt8]) {
    var mark: [UInt8] = []
    let style = HumanText.append(mark: isOn, to: &mark)
    screen.append(style, to: &bytes) { $0.append(contentsOf: mark) }
    bytes.append(ascii: " ")
    screen.append(isOn ? .plain : .faint, to: &bytes) { bytes in
      let start = bytes.count
      bytes.append(field)
      HumanText.escape(from: start, in: &bytes)
    }
  }
}

/// `area.field`, taken apart.
private struct CardName {
  let area: Text
  let field: Text

  init(_ canonicalName: Text) {
    let parts = canonicalName.string.split(separator: ".", maxSplits: 1)
    area = Text(parts.first ?? "")
    field = parts.count > 1 ? Text(parts[1]) : canonicalName
  }
}
