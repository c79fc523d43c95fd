import Diagnostics
import Evaluation
import Permissions
import Storage

/// Writes subaccounts as CSV.
///
/// A text that a reader would take for a number, a flag or a time is put in quotes, and so is the
/// empty text: that is how an import knows it from what it looks like, and from no value.
struct CSVExport {
  private static let on = Array("true".utf8)
  private static let off = Array("false".utf8)

  private let plan: ExportPlan
  private let isSpreadsheetSafe: Bool
  /// The first cell that a spreadsheet would calculate, and how many there are.
  private var formulas: (first: Text, count: Int)?

  init(_ plan: ExportPlan, isSpreadsheetSafe: Bool) {
    self.plan = plan
    self.isSpreadsheetSafe = isSpreadsheetSafe
  }

  /// What to warn of, after everything was written.
  var warning: InterchangeProblem? {
    guard !isSpreadsheetSafe, let formulas else { return nil }
    return .formulas(formulas.first, rows: formulas.count)
  }

  mutating func write(to output: inout FileOutput) throws(FileFailure) {
    appendHeader(to: &output.bytes)
    for row in plan.rows {
      append(row, to: &output.bytes)
      try output.flushIfFull()
    }
    try output.flush()
  }

  private mutating func appendHeader(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "id,name,created".utf8)
    for attribute in plan.attributes {
      bytes.append(CSVWriter.comma)
      let start = bytes.count
      bytes.append(contentsOf: attribute.name.utf8)
      endText(from: start, isTyped: false, in: &bytes)
    }
    if plan.hasProtection { bytes.append(contentsOf: ",protected".utf8) }
    for permission in plan.permissions {
      bytes.append(CSVWriter.comma)
      CSVWriter.append(plan.table.catalog[permission].canonicalName, to: &bytes)
    }
    bytes.append(CSVWriter.newline)
  }

  private mutating func append(_ row: Row, to bytes: inout [UInt8]) {
    let table = plan.table
    var start = bytes.count
    table.withID(of: row) { bytes.append(bytes: $0) }
    endText(from: start, isTyped: false, in: &bytes)
    bytes.append(CSVWriter.comma)
    start = bytes.count
    table.withName(of: row) { bytes.append(bytes: $0) }
    endText(from: start, isTyped: false, in: &bytes)
    bytes.append(CSVWriter.comma)
    Moment(milliseconds: table.created(of: row))?.append(to: &bytes)
    for attribute in plan.attributes {
      bytes.append(CSVWriter.comma)
      append(attribute, of: row, to: &bytes)
    }
    if plan.hasProtection {
      bytes.append(CSVWriter.comma)
      bytes.append(contentsOf: table.isProtected(row) ? Self.on : Self.off)
    }
    for permission in plan.permissions {
      bytes.append(CSVWriter.comma)
      bytes.append(contentsOf: table.has(permission, row) ? Self.on : Self.off)
    }
    bytes.append(CSVWriter.newline)
  }

  private mutating func append(
    _ attribute: ExportPlan.Attribute, of row: Row, to bytes: inout [UInt8]
  ) {
    if attribute.type == .text {
      let start = bytes.count
      let isTyped = plan.table.withText(of: attribute.number, in: row) { text in
        bytes.append(bytes: text)
        return text.isEmpty || TypeGuess.looksTyped(text)
      }
      if let isTyped { endText(from: start, isTyped: isTyped, in: &bytes) }
      return
    }
    switch plan.table.value(of: attribute.number, in: row) {
    case .number(let number) where number == .infinity:
      bytes.append(contentsOf: "unlimited".utf8)
    case .number(let number): NumberText.append(number, to: &bytes)
    case .boolean(let flag): bytes.append(contentsOf: flag ? Self.on : Self.off)
    case .time(let time): Moment(milliseconds: time)?.append(to: &bytes)
    case .text, nil: break
    }
  }

  /// Ends a text whose bytes begin at `start`: makes it harmless to spreadsheets where asked, and puts
  /// it in quotes where needed.
  private mutating func endText(from start: Int, isTyped: Bool, in bytes: inout [UInt8]) {
    if start < bytes.count, CSVExport.beginsFormula(bytes[start]) {
      if isSpreadsheetSafe {
        bytes.insert(0x27, at: start)
      } else if let formulas {
        self.formulas = (formulas.first, formulas.count + 1)
      } else {
        formulas = (Excerpt.of(bytes.span.extracting(start..<bytes.count)), 1)
      }
    }
    if isTyped {
      CSVWriter.quote(from: start, in: &bytes)
    } else {
      CSVWriter.quoteIfNeeded(from: start, in: &bytes)
    }
  }

  /// `=`, `+`, `-`, `@`, tab and CR.
  private static func beginsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: true
    default: false
    }
  }
}
