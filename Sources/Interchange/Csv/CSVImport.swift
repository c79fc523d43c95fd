import Diagnostics
import Evaluation
import Permissions
import Storage

/// Takes a CSV file of subaccounts, cell by cell.
///
/// What quotes say: in a column whose own name is in quotes though it need not be, nothing, because
/// some programs quote everything. In any other column a quoted cell is text, whatever it looks like:
/// so `"007"` and `"true"` stay text, and `""` is the empty text where an empty cell says nothing.
/// That is what makes an exported file the same store again.
struct CSVImport: CSVVisitor {
  private struct Column {
    let name: Text
    let field: FileField?
    /// Quotes in this column say that a cell is text.
    let heedsQuotes: Bool
  }

  private struct HeaderCell {
    let name: Text
    let isNeedlesslyQuoted: Bool
  }

  private(set) var builder: SubaccountBuilder
  private(set) var notes = ImportNotes()
  private let fieldNames: FieldNames
  private var header: [HeaderCell] = []
  private var columns: [Column] = []
  /// For each column how many from it on are permissions that follow each other in the catalogue; of
  /// the last none.
  private var runs: [(first: PermissionNumber, count: Int)] = []
  /// The row has anything at all.
  private var hasCell = false

  init(catalog: Catalog, attributes: [AttributeDefinition]) {
    builder = SubaccountBuilder(catalog: catalog, attributes: attributes)
    fieldNames = FieldNames(catalog: catalog, attributes: attributes)
  }

  mutating func header(
    _ cell: Span<UInt8>, column: Int, isQuoted: Bool
  ) throws(Misread) {
    var needsQuotes = false
    for index in cell.indices {
      let byte = cell[index]
      if byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D { needsQuotes = true }
    }
    header.append(
      HeaderCell(
        name: FieldNames.folded(cell), isNeedlesslyQuoted: isQuoted && !needsQuotes))
  }

  mutating func endHeader(line: Int) throws(Misread) {
    if header.count == 1, header[0].name.utf8.contains(0x3B) {
      throw Misread(.semicolons, line: line)
    }
    let full = PermissionSet(header.compactMap { fieldNames.fullName($0.name) })
    var fields: Set<FileField> = []
    for (index, cell) in header.enumerated() {
      let field: FileField?
      do {
        field = try self.field(of: cell.name, besides: full)
      } catch {
        throw Misread(error, line: line, column: index)
      }
      if let field {
        guard fields.insert(field).inserted else {
          throw Misread(.duplicateColumn(cell.name), line: line, column: index)
        }
        builder.announce(field)
      } else if header[..<index].contains(where: { $0.name == cell.name }) {
        throw Misread(.duplicateColumn(cell.name), line: line, column: index)
      }
      columns.append(
        Column(name: cell.name, field: field, heedsQuotes: !cell.isNeedlesslyQuoted))
    }
    guard fields.contains(.id) || fields.contains(.name) else {
      throw Misread(.noKeyColumn, line: line)
    }
    findRuns()
  }

  private mutating func findRuns() {
    runs = Array(repeating: (PermissionNumber(0), 0), count: columns.count)
    for index in columns.indices.dropLast().reversed() {
      guard case .permission(let number) = columns[index].field else { continue }
      let next = runs[index + 1]
      let goesOn = next.count > 0 && next.first.value == number.value + 1
      runs[index] = (number, goesOn ? next.count + 1 : 1)
    }
  }

  /// What a column is about; nil where its cells are left out.
  private mutating func field(
    of name: Text, besides full: PermissionSet
  ) throws(InterchangeProblem) -> FileField? {
    switch try fieldNames.meaning(of: name, besides: full) {
    case .id: return .id
    case .name: return .name
    case .created: return .created
    case .protection: return .protection
    case .permission(let number): return .permission(number)
    case .attribute(let name): return .attribute(builder.attribute(named: name))
    case .ignored: notes.ignore(name)
    case .secret: notes.dropSecret(name)
    }
    return nil
  }

  @inline(__always)
  mutating func cell(
    _ cell: Span<UInt8>, column: Int, isQuoted: Bool, line: Int
  ) throws(Misread) {
    if cell.isEmpty && !isQuoted { return }
    hasCell = true
    guard let field = columns[column].field else { return }
    let form: CellForm = isQuoted && columns[column].heedsQuotes ? .text : .bare
    do {
      try builder.set(field, cell, form: form)
    } catch {
      throw Misread(error, line: line, column: column, name: columns[column].name)
    }
  }

  @inline(__always)
  mutating func glance(
    _ bytes: Span<UInt8>, at start: Int, column: Int
  ) -> (count: Int, end: Int) {
    let run = runs[column]
    guard run.count > 0 else { return (0, start) }
    let taken = builder.setFlags(from: run.first, atMost: run.count, bytes, at: start)
    if taken.count > 0 { hasCell = true }
    return taken
  }

  mutating func expect(_ factor: Double) { builder.reserve(factor) }

  mutating func endRow(line: Int) throws(Misread) {
    // A row of commas alone, as spreadsheets leave them behind, is as good as an empty line.
    guard hasCell else { return }
    hasCell = false
    builder.endRow(line: line)
  }

  /// The same columns without rows: for a helper.
  var emptied: CSVImport {
    var visitor = self
    visitor.builder = builder.emptied
    visitor.hasCell = false
    return visitor
  }

  mutating func write(to output: inout HelperOutput) { builder.write(to: &output) }

  mutating func append(
    from input: inout HelperInput, linesBefore: Int
  ) throws(HelperLost) {
    try builder.append(from: &input, linesBefore: linesBefore)
  }

  func name(ofColumn column: Int) -> Text? {
    column < header.count && !header[column].name.isEmpty ? header[column].name : nil
  }

  mutating func finish(file: Text) -> ImportedSubaccounts {
    builder.finish(file: file, notes: notes)
  }
}
