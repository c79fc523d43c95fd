package import Diagnostics
import Permissions
package import Storage

extension ResultTable {
  /// One cell, read from the table where the column does not hold it.
  package func value(row: Int, column: Int) -> ResultValue {
    switch columns[column].cells {
    case .values(let values): values[row]
    case .coded(let codes, let values): values[Int(codes[row])]
    case .computed(let value): value(row)
    case .ids(let rows): .text(table.id(of: rows[row]))
    case .names(let rows): .text(table.name(of: rows[row]))
    case .created(let rows): .time(table.created(of: rows[row]))
    case .attribute(let attribute, let rows): ResultValue(table.value(of: attribute, in: rows[row]))
    case .permission(let permission, let rows): .boolean(table.has(permission, rows[row]))
    case .permissionCount(let rows): .integer(table.permissionCount(of: rows[row]))
    case .permissions(let rows): .list(table.permissionNames(of: rows[row]))
    case .protected(let rows): .boolean(table.protected.contains(rows[row]))
    }
  }

  /// Appends a text cell's bytes without making a string of them: for formatters in their loop.
  ///
  /// - Returns: false where the cell is no text; nothing is appended then.
  package func appendText(row: Int, column: Int, to bytes: inout [UInt8]) -> Bool {
    switch columns[column].cells {
    case .ids(let rows):
      table.appendID(of: rows[row], to: &bytes)
      return true
    case .names(let rows):
      table.appendName(of: rows[row], to: &bytes)
      return true
    case .attribute(let attribute, let rows):
      return table.appendText(of: attribute, in: rows[row], to: &bytes)
    case .values, .coded, .computed:
      guard case .text(let text) = value(row: row, column: column) else { return false }
      bytes.append(contentsOf: text.utf8)
      return true
    case .created, .permission, .permissionCount, .permissions, .protected:
      return false
    }
  }

  /// Appends the texts of some rows, a byte behind each; false where they are not names or ids.
  package func appendTexts(
    of rows: Range<Int>, column: Int, terminator: UInt8, to bytes: inout [UInt8]
  ) -> Bool {
    switch columns[column].cells {
    case .ids(let all): table.append(.id, of: all[rows], terminator: terminator, to: &bytes)
    case .names(let all): table.append(.name, of: all[rows], terminator: terminator, to: &bytes)
    default: return false
    }
    return true
  }
}

extension ResultValue {
  /// An attribute's value as output has it: whole numbers as integers, infinity as `unlimited`.
  package init(_ value: AttributeValue?) {
    switch value {
    case nil: self = .null
    case .text(let text): self = .text(text)
    case .number(let number) where number == .infinity: self = .unlimited
    case .number(let number): self = .number(number)
    case .boolean(let isTrue): self = .boolean(isTrue)
    case .time(let milliseconds): self = .time(milliseconds)
    }
  }
}

extension Table {
  /// The canonical names of what a subaccount has, in the catalogue's order.
  package func permissionNames(of row: Row) -> [Text] {
    permissions(of: row).map { catalog[$0].canonicalName }
  }
}
