import Diagnostics
import Evaluation

/// Subaccounts by permissions: a mark for each, as on the dashboard.
///
/// The names of the permissions stand above as a stair, so that a column is one mark wide:
/// ```
///           agent_types.outbound ┐
///            agent_types.inbound ┐│
/// name                           ││
/// Acme Dental                    ✓·
/// ```
struct MatrixFormat {
  let screen: Screen

  func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let columns = table.flatColumns
    let marks = columns.filter { isMark(table, $0) }
    let labels = columns.filter { !isMark(table, $0) }
    if marks.isEmpty || labels.isEmpty {
      return try TableFormat(screen: screen).write(table, to: &output)
    }
    let blocks = blocks(of: marks, in: table)
    for (index, block) in blocks.enumerated() {
      if index > 0 { output.bytes.append(ascii: "\n") }
      try write(table, labels: labels, block, to: &output)
    }
    screen.append(.faint, to: &output.bytes) {
      $0.append(Folding.fold(table.humanFooter, to: screen.width))
    }
    output.bytes.append(ascii: "\n")
  }

  /// A run of permissions that has room beside the names, with a blank before each new area.
  private struct Block {
    var columns: [Int] = []
    /// Where each mark stands, from 0.
    var offsets: [Int] = []
    var width = 0
  }

  private func isMark(_ table: ResultTable, _ column: Int) -> Bool {
    if case .permission = table.columns[column].cells { true } else { false }
  }

  private func area(_ table: ResultTable, _ column: Int) -> Substring {
    table.columns[column].name.string.prefix { $0 != "." }
  }

  private func blocks(of marks: [Int], in table: ResultTable) -> [Block] {
    let room = screen.width.map { max(8, $0 / 2) } ?? .max
    var blocks: [Block] = []
    var block = Block()
    for column in marks {
      let isNewArea = block.columns.last.map { area(table, $0) != area(table, column) } ?? false
      if block.width + (isNewArea ? 2 : 1) > room {
        blocks.append(block)
        block = Block()
      } else if isNewArea {
        block.width += 1
      }
      block.columns.append(column)
      block.offsets.append(block.width)
      block.width += 1
    }
    return blocks + [block]
  }

  private func write(
    _ table: ResultTable, labels: [Int], _ block: Block, to output: inout OutputBuffer
  ) throws(OutputFailure) {
    let room = screen.width.map { $0 - block.width - ColumnFit.gap }
    let fit = fit(table, labels, room: room)
    let natural = fit.widths.reduce(0, +) + ColumnFit.gap * (fit.widths.count - 1)
    // The stair's names need room to the left of their columns.
    let stair = zip(block.columns, block.offsets).map { column, offset in
      HumanText.width(of: table.columns[column].name.bytes[...]) + 1 - offset - ColumnFit.gap
    }
    let labelWidth = max(natural, min(stair.max() ?? 0, room ?? .max))
    appendStair(table, block, labelWidth: labelWidth, to: &output.bytes)
    appendHeading(table, labels, fit, block, labelWidth: labelWidth, to: &output.bytes)
    for row in 0..<table.rowCount {
      let cells = fit.shown.map { position -> [UInt8] in
        var cell: [UInt8] = []
        _ = table.appendHuman(row: row, column: labels[position], to: &cell)
        return cell
      }
      appendLabels(cells, fit.widths, labelWidth: labelWidth, style: .plain, to: &output.bytes)
      var end = 0
      for (column, offset) in zip(block.columns, block.offsets) {
        output.bytes.append(blanks: offset - end)
        var mark: [UInt8] = []
        let style = table.appendHuman(row: row, column: column, to: &mark)
        screen.append(style, to: &output.bytes) { $0.append(contentsOf: mark) }
        end = offset + 1
      }
      output.bytes.append(ascii: "\n")
      try output.spill()
    }
  }

  /// Ids are left out before names are cut: marks are read beside names.
  private func fit(_ table: ResultTable, _ labels: [Int], room: Int?) -> ColumnFit {
    let measured = TableFormat(screen: screen).measure(table, labels)
    let fit = ColumnFit(measured, room: room)
    guard let room, let name = labels.firstIndex(where: { table.columns[$0].name == "name" }),
      measured.map(\.width).reduce(ColumnFit.gap * (labels.count - 1), +) > room
    else { return fit }
    return ColumnFit(onlyColumn: name, width: min(measured[name].width, max(1, room)))
  }

  private func appendStair(
    _ table: ResultTable, _ block: Block, labelWidth: Int, to bytes: inout [UInt8]
  ) {
    for index in block.columns.indices.reversed() {
      var name = table.columns[block.columns[index]].name.bytes
      HumanText.escape(from: 0, in: &name)
      let room = labelWidth + ColumnFit.gap + block.offsets[index] - 1
      let width = HumanText.cut(&name, to: room)
      bytes.append(blanks: room - width)
      bytes.append(contentsOf: name)
      screen.append(.faint, to: &bytes) { bytes in
        bytes.append(" ┐")
        appendPosts(block, after: index, to: &bytes)
      }
      bytes.append(ascii: "\n")
    }
  }

  /// The lines down to the marks to the right of a column.
  private func appendPosts(_ block: Block, after index: Int, to bytes: inout [UInt8]) {
    var end = index < 0 ? 0 : block.offsets[index] + 1
    for offset in block.offsets[(index + 1)...] {
      bytes.append(blanks: offset - end)
      bytes.append("│")
      end = offset + 1
    }
  }

  private func appendHeading(
    _ table: ResultTable, _ labels: [Int], _ fit: ColumnFit, _ block: Block, labelWidth: Int,
    to bytes: inout [UInt8]
  ) {
    let names = fit.shown.map { table.columns[labels[$0]].name.bytes }
    appendLabels(names, fit.widths, labelWidth: labelWidth, style: .strong, to: &bytes)
    screen.append(.faint, to: &bytes) { appendPosts(block, after: -1, to: &$0) }
    bytes.append(ascii: "\n")
  }

  private func appendLabels(
    _ cells: [[UInt8]], _ widths: [Int], labelWidth: Int, style: Style, to bytes: inout [UInt8]
  ) {
    var end = 0
    for (index, width) in widths.enumerated() {
      var cell = cells[index]
      let used = HumanText.cut(&cell, to: width)
      screen.append(style, to: &bytes) { $0.append(contentsOf: cell) }
      bytes.append(blanks: width - used)
      end += width
      if index < widths.count - 1 {
        bytes.append("  ")
        end += 2
      }
    }
    bytes.append(blanks: labelWidth - end + ColumnFit.gap)
  }
}
