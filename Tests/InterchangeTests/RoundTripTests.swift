import Diagnostics
import Evaluation
import Interchange
import Language
import Permissions
import Storage
import Testing

/// Random agencies that nobody would wish for.
struct HostileAgency {
  private var generator: SeededGenerator
  private(set) var table: Table
  private var usedIDs: Set<Text> = []

  init(seed: UInt64, count: Int) {
    generator = SeededGenerator(state: seed)
    var effects = Effects()
    effects.addedAttributes = [
      AttributeDefinition(name: "plan", type: .text),
      AttributeDefinition(name: "seats", type: .number),
      AttributeDefinition(name: "vip", type: .boolean),
      AttributeDefinition(name: "since", type: .time),
      AttributeDefinition(name: "cap", type: .quota),
      AttributeDefinition(name: "chat", type: .boolean),
      AttributeDefinition(name: "odd, \"name\"", type: .text),
    ]
    table = Table()
    for _ in 0..<count {
      effects.created.ids.append(makeID())
      effects.created.names.append(makeText(.min))
      effects.created.times.append(makeTime())
    }
    let definitions = table.attributes + effects.addedAttributes
    for (index, definition) in definitions.enumerated() {
      var values = ValueColumn(type: definition.type)
      var rows: [Row] = []
      for row in 0..<count where row == 0 || Int.random(in: 0..<3, using: &generator) > 0 {
        rows.append(Row(UInt32(row)))
        values.append(makeValue(definition.type, isFirst: row == 0))
      }
      effects.cells.append(
        AttributeCells(
          attribute: AttributeNumber(index), rows: RowSet(sorted: rows),
          old: ValueColumn(type: definition.type, count: rows.count), new: values))
    }
    for number in 0..<table.catalog.count {
      let isAlways = table.catalog.alwaysEnabled.contains(PermissionNumber(number))
      let rows = (0..<count).filter { _ in isAlways || Bool.random(using: &generator) }
      if rows.isEmpty { continue }
      effects.flips.append(
        PermissionFlips(
          permission: PermissionNumber(number), rows: RowSet(rows.map { Row(UInt32($0)) })))
    }
    if Bool.random(using: &generator) { effects.protection = RowSet(Row(0)) }
    table.apply(effects)
  }

  private mutating func makeID() -> Text {
    var id = makeText(.min)
    while !usedIDs.insert(id).inserted {
      id = Text("\(id)\(Int.random(in: 0..<1000, using: &generator))")
    }
    return id
  }

  private mutating func makeTime() -> Int64 {
    Int64.random(in: Moment.validMilliseconds, using: &generator)
  }

  private mutating func makeValue(_ type: AttributeType, isFirst: Bool) -> AttributeValue {
    switch type {
    case .text: .text(Bool.random(using: &generator) ? makeText(.zero) : lookalike())
    case .number: .number(makeNumber())
    // The first one has no limit, so that a file says that this is a quota.
    case .quota: .number(isFirst || Bool.random(using: &generator) ? .infinity : makeNumber())
    case .boolean: .boolean(Bool.random(using: &generator))
    case .time: .time(makeTime())
    }
  }

  private mutating func makeNumber() -> Double {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return Double(Int.random(in: -1000...1000, using: &generator))
    case 1: return Double(Int.random(in: -(1 << 53)...(1 << 53), using: &generator))
    case 2: return Double.random(in: -10...10, using: &generator)
    default:
      let number = Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
      return number.isFinite ? number : 0.1
    }
  }

  /// Text that looks like something else.
  private mutating func lookalike() -> Text {
    let words: [Text] = [
      "", "1", "007", "-5", "1e+17", "12E5", "true", "FALSE", "unlimited", "Unlimited",
      "2026-11-01",
      "2026-11-01T09:30:00Z", "null", "yes", " ", "9007199254740993", "\"", "'", "NaN",
    ]
    return words.randomElement(using: &generator) ?? ""
  }

  private enum Shortest {
    case zero
    case min
  }

  private mutating func makeText(_ shortest: Shortest) -> Text {
    let pieces = [
      "a", "Z", "7", " ", ",", "\"", "'", "\n", "\r", "\r\n", "\t", ";", "=", "+", "-", "@", "\\",
      "\\u0041", "/",
      "\u{1}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{9B}", "é", "e\u{301}", "ß", "İ", "Σ", "株式会社",
      "\u{202E}", "\u{200B}",
      "\u{200D}", "\u{FEFF}", "\u{2028}", "\u{FFFE}", "\u{FFFF}", "😀", "👨‍👩‍👧‍👦", "\u{E0041}",
      "\u{10FFFF}", "{", "}", "[", "]", ":",
      "null", "true", "#", "$", "`", "--",
    ]
    let count = Int.random(in: (shortest == .min ? 1 : 0)...6, using: &generator)
    return Text((0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined())
  }
}

@Suite struct RoundTripTests {
  @Test(
    "what is exported is imported as the same store",
    arguments: [FileFormat.csv, .json, .jsonl], 1...6)
  func roundTrip(format: FileFormat, seed: Int) throws {
    let table = HostileAgency(seed: UInt64(seed), count: 50).table
    let bytes = try exported(table, as: format)
    // Once into an empty store, once into one that knows the attributes, and in small pieces.
    for (attributes, piece) in [
      (AttributeDefinition.standard, 1 << 20), (table.attributes, 1 << 20), (table.attributes, 13),
    ] {
      let file = try read(
        bytes: bytes, as: seed % 2 == 0 ? nil : format, piece: piece, attributes: attributes)
      compare(file, table)
      #expect(file.attributes.count == table.attributes.count)
    }
  }

  @Test(
    "an import of an export makes the same store, and a second one changes nothing",
    arguments: [FileFormat.csv, .json, .jsonl], 20...23)
  func merging(format: FileFormat, seed: Int) throws {
    let table = HostileAgency(seed: UInt64(seed), count: 90).table
    let bytes = try exported(table, as: format)
    var copy = Table()
    let first = try merge(bytes, into: copy)
    #expect(first.created == table.rowCount)
    copy.apply(first.effects)
    #expect(copy.live.count == table.live.count && copy.protected.count == table.protected.count)
    for row in table.live {
      guard let twin = copy.row(id: table.id(of: row)) else {
        Issue.record("row \(row.number) is not there")
        continue
      }
      #expect(copy.name(of: twin) == table.name(of: row))
      #expect(copy.created(of: twin) == table.created(of: row))
      #expect(copy.permissions(of: twin) == table.permissions(of: row))
      #expect(copy.isProtected(twin) == table.isProtected(row))
      for (index, definition) in table.attributes.enumerated() {
        guard let number = copy.attribute(named: definition.name) else {
          Issue.record("no attribute '\(definition.name)'")
          continue
        }
        #expect(
          copy.value(of: number, in: twin) == table.value(of: AttributeNumber(index), in: row))
        #expect(copy.attributes[number.value].type == definition.type)
      }
    }
    let second = try merge(bytes, into: copy, includingProtected: true)
    #expect(second.created == 0 && second.updated.isEmpty && second.already == table.rowCount)
    #expect(second.effects.flips.isEmpty && second.effects.cells.isEmpty)
    #expect(second.effects.protection.isEmpty && second.effects.renames.isEmpty)
  }

  private func merge(
    _ bytes: [UInt8], into table: Table, includingProtected: Bool = false
  ) throws -> ImportMerge {
    try ImportMerge(
      of: read(bytes: bytes, catalog: table.catalog, attributes: table.attributes), into: table,
      matching: nil, includingProtected: includingProtected, now: 0,
      makeIDs: { count in (0..<count).map { Text("made \($0)") } })
  }

  private func compare(_ file: ImportedSubaccounts, _ table: Table) {
    #expect(file.rowCount == table.rowCount)
    guard file.rowCount == table.rowCount else { return }
    for row in table.live {
      #expect(file.ids?[row.index] == table.id(of: row))
      #expect(file.names?[row.index] == table.name(of: row))
      #expect(file.created?[row.index] == .time(table.created(of: row)))
      if let protection = file.protection {
        #expect(protection.on.contains(row) == table.isProtected(row))
        #expect(protection.off.contains(row) != table.isProtected(row))
      } else {
        #expect(!table.isProtected(row))
      }
    }
    for column in file.attributes {
      guard let number = table.attribute(named: column.definition.name) else {
        Issue.record("no attribute '\(column.definition.name)'")
        continue
      }
      #expect(column.definition.type == table.attributes[number.value].type)
      for row in table.live {
        #expect(
          column.values[row.index] == table.value(of: number, in: row),
          "\(column.definition.name) of row \(row.number)")
      }
    }
    #expect(file.permissions.count == table.catalog.count)
    for column in file.permissions {
      #expect(column.on == table.holders(of: column.permission))
      #expect(column.off == table.live.subtracting(table.holders(of: column.permission)))
    }
  }

  @Test("an export to csv has the columns that scripts rely on")
  func columns() throws {
    let table = try table(
      of:
        "id,name,created,plan,max_minutes,logs\n1,A,2026-11-01,007,unlimited,true\n2,\"B, C\",2026-11-02,,,\n"
    )
    let text = String(decoding: try exported(table, as: .csv), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(
      lines[0].hasPrefix(
        "id,name,created,max_minutes,plan,general.assistants,general.knowledge_base,"))
    #expect(lines[1].hasPrefix("1,A,2026-11-01T00:00:00Z,unlimited,007,false,"))
    #expect(lines[2].hasPrefix("2,\"B, C\",2026-11-02T00:00:00Z,,,false,"))
    #expect(text.hasSuffix("\n") && !text.contains("\r"))
  }

  @Test("an export to json lines has one object a line, null where nothing is set")
  func objects() throws {
    let table = try table(
      of:
        "id,name,created,plan,max_minutes,logs\n1,A,2026-11-01,2026-11-01x,unlimited,true\n2,B,2026-11-02,,0,\n"
    )
    let lines = String(decoding: try exported(table, as: .jsonl), as: UTF8.self)
      .split(separator: "\n")
    #expect(
      lines[0].hasPrefix(
        "{\"id\":\"1\",\"name\":\"A\",\"created\":\"2026-11-01T00:00:00Z\",\"max_minutes\":\"unlimited\",\"plan\":\"2026-11-01x\",\"permissions\":{\"general.assistants\":false,"
      ))
    #expect(lines[1].contains("\"max_minutes\":0,\"plan\":null,\"permissions\":{"))
    let array = String(decoding: try exported(table, as: .json), as: UTF8.self)
    #expect(array == "[\n" + lines.joined(separator: ",\n") + "\n]\n")
  }

  @Test("cells that a spreadsheet would calculate are told, and changed only where asked")
  func formulas() throws {
    let table = try table(
      of:
        "id,name,plan,minutes_used\n1,=HYPERLINK(1),@SUM,-5\n2,+1,\"\tx\",1\n3,-a,\"\rx\",1\n4,fine,a=b,1\n"
    )
    let (bytes, notes) = try exportedWithNotes(table, as: .csv)
    #expect(
      notes.first?.message.hasSuffix(
        "a spreadsheet would take '=HYPERLINK(1)' for a formula (6 such cells)") == true)
    #expect(notes.first?.severity == .warning)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\n1,=HYPERLINK(1),"))
    let (safe, none) = try exportedWithNotes(table, as: .csv, isSpreadsheetSafe: true)
    #expect(none.isEmpty)
    let text = String(decoding: safe, as: UTF8.self)
    #expect(
      text.contains("\n1,'=HYPERLINK(1),") && text.contains(",'@SUM,") && text.contains(",-5,"))
    #expect(text.contains("\n2,'+1,") && text.contains(",'\tx,") && text.contains("\n3,'-a,"))
    #expect(text.contains("\"'\rx\"") && text.contains(",a=b,"))
    #expect(try exportedWithNotes(table, as: .json).notes.isEmpty)
  }
}

/// A table that holds what a CSV text says.
func table(of text: String) throws -> Table {
  let file = try read(text, as: .csv)
  var table = Table()
  var effects = Effects()
  for row in 0..<file.rowCount {
    effects.created.ids.append(file.ids?[row] ?? "")
    effects.created.names.append(file.names?[row] ?? "")
    if case .time(let time)? = file.created?[row] {
      effects.created.times.append(time)
    } else {
      effects.created.times.append(0)
    }
  }
  for column in file.attributes {
    let known = table.attribute(named: column.definition.name)
    let number = known ?? AttributeNumber(table.attributes.count + effects.addedAttributes.count)
    if known == nil { effects.addedAttributes.append(column.definition) }
    let rows = (0..<file.rowCount).filter { column.values[$0] != nil }
    var values = ValueColumn(type: column.definition.type)
    for row in rows { values.append(column.values[row]) }
    effects.cells.append(
      AttributeCells(
        attribute: number, rows: RowSet(rows.map { Row(UInt32($0)) }),
        old: ValueColumn(type: column.definition.type, count: rows.count), new: values))
  }
  effects.cells.sort { $0.attribute.value < $1.attribute.value }
  for column in file.permissions where !column.on.isEmpty {
    effects.flips.append(PermissionFlips(permission: column.permission, rows: column.on))
  }
  table.apply(effects)
  return table
}

/// What an export of everybody writes.
func exported(_ table: Table, as format: FileFormat) throws -> [UInt8] {
  try exportedWithNotes(table, as: format).bytes
}

func exportedWithNotes(
  _ table: Table, as format: FileFormat, isSpreadsheetSafe: Bool = false
) throws -> (bytes: [UInt8], notes: [Diagnostic]) {
  let folder = try TemporaryFolder()
  let path = folder.path("out")
  let pending = try Files().write(
    ExportRequest(
      path: path, format: format, isSpreadsheetSafe: isSpreadsheetSafe, rows: Array(table.live),
      table: table))
  _ = try pending.publish()
  return (try folder.contents("out"), pending.notes)
}
