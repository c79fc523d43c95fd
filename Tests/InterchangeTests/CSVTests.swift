import Diagnostics
import Evaluation
import Interchange
import Language
import Permissions
import Storage
import Testing

@Suite struct CSVTests {
  @Test(
    "what stands in the cells is read, however the file is laid out",
    arguments: [
      ("LF", "id,name\n1,A\n2,B\n", ["id=1 name=A", "id=2 name=B"]),
      ("no line end at the end", "id,name\n1,A", ["id=1 name=A"]),
      ("CRLF", "id,name\r\n1,A\r\n2,B\r\n", ["id=1 name=A", "id=2 name=B"]),
      ("CR", "id,name\r1,A\r2,B\r", ["id=1 name=A", "id=2 name=B"]),
      (
        "mixed line ends", "id,name\n1,A\r2,B\r\n3,C",
        ["id=1 name=A", "id=2 name=B", "id=3 name=C"]
      ),
      ("byte order mark", "\u{FEFF}id,name\n1,A\n", ["id=1 name=A"]),
      ("empty lines", "\n\r\n\nid,name\n\n1,A\n\r\n\n2,B\n\n", ["id=1 name=A", "id=2 name=B"]),
      ("rows of commas alone", "id,name\n,\n1,A\n,\n", ["id=1 name=A"]),
      ("header only", "id,name\n", []),
      ("quotes", "\"id\",\"name\"\n\"1\",\"A\"\n", ["id=1 name=A"]),
      ("doubled quotes", "id,name\n1,\"A \"\"B\"\" C\"\n", ["id=1 name=A \"B\" C"]),
      ("only doubled quotes", "id,name\n1,\"\"\"\"\"\"\n", ["id=1 name=\"\""]),
      ("comma in quotes", "id,name\n1,\"A, B\"\n", ["id=1 name=A, B"]),
      ("lines in quotes", "id,name\n1,\"A\nB\r\nC\rD\"\n", ["id=1 name=A\nB\r\nC\rD"]),
      (
        "quotes inside a cell that begins with something else",
        "id,name\n1,5\" pipe\n2,A \"B\"\"\n3,37° 21'17.9\"\n",
        ["id=1 name=5\" pipe", "id=2 name=A \"B\"\"", "id=3 name=37° 21'17.9\""]
      ),
      ("spaces belong to the cell", "id,name\n 1 , A \n", ["id= 1  name= A "]),
      ("spaces around names of columns", "id, name \n1,A\n", ["id=1 name=A"]),
      ("names of columns in any case", "ID,Name\n1,A\n", ["id=1 name=A"]),
      ("last cell empty", "name,id\nA,\n", ["id= name=A"]),
      ("last cell empty at the end", "name,id\nA,", ["id= name=A"]),
      ("one column", "name\nA\n\nB", ["name=A", "name=B"]),
      ("UTF-8", "name\nZoë\n株式会社\n👩‍👧\n", ["name=Zoë", "name=株式会社", "name=👩‍👧"]),
      (
        "names as platform's answers have them", "subaccount_id,subaccount_name\n1,A\n",
        ["id=1 name=A"]
      ),
      (
        "time of creation", "name,created\nA,2026-11-01\nB,\nC,2026-11-01 10:00:00.123456+01:00\n",
        [
          "name=A created=2026-11-01T00:00:00Z", "name=B",
          "name=C created=2026-11-01T09:00:00.123Z",
        ]
      ),
      (
        "protection", "name,protected\nA,true\nB,no\nC,\n",
        ["name=A +protected", "name=B -protected", "name=C"]
      ),
    ] as [(String, String, [String])])
  func reads(layout: String, text: String, rows: [String]) throws {
    for piece in [1, 2, 3, 7, 1 << 20] {
      #expect(
        try read(text, as: .csv, piece: piece).rows() == rows, "\(layout), pieces of \(piece)")
    }
  }

  @Test("lines are where rows begin")
  func lines() throws {
    let text = "\nid,name\n1,\"a\r\nb\nc\"\n\n2,B\r3,\"\r\"\r\n4,D"
    #expect(try read(text, as: .csv).lines == [3, 7, 8, 10])
    #expect(try read(text, as: .csv, piece: 1).lines == [3, 7, 8, 10])
  }

  @Test(
    "permissions are found under whole and bare names, and cells say on, off or nothing",
    arguments: [
      ("outbound", "true", "+agent_types.outbound"), ("Outbound", "TRUE", "+agent_types.outbound"),
      ("agent_types.outbound", "false", "-agent_types.outbound"),
      ("actions", "1", "+general.actions"), ("capabilities.actions", "0", "-capabilities.actions"),
      ("zap", "yes", nil), ("logs", "Yes", "+general.logs"), ("logs", "No", "-general.logs"),
      ("logs", "on", "+general.logs"), ("logs", "OFF", "-general.logs"),
      ("logs", " true ", "+general.logs"),
      ("logs", "", ""), ("logs", "  ", ""), ("logs", "\"true\"", "+general.logs"),
    ] as [(String, String, String?)])
  func permissions(column: String, cell: String, expected: String?) throws {
    let row = try read("id,\(column)\n7,\(cell)\n", as: .csv).row(0)
    #expect(row == (expected.map { $0.isEmpty ? "id=7" : "id=7 \($0)" } ?? "id=7 zap=[yes]"))
  }

  @Test(
    "a new column has the type that fits all of its values",
    arguments: [
      (["1", "2.5", "-3"], "[1.0, 2.5, -3.0] number"), (["007", "1"], "[[007], [1]] text"),
      (["0", "-0"], "[0.0, 0.0] number"), (["", "5"], "[-, 5.0] number"),
      (["9007199254740993"], "[[9007199254740993]] text"),
      (["9007199254740992"], "[9007199254740992.0] number"),
      (["1e+17", "5e-324"], "[1e+17, 5e-324] number"), (["12E5"], "[[12E5]] text"),
      (["1e+400"], "[[1e+400]] text"),
      (["0.1234567890123456789"], "[[0.1234567890123456789]] text"),
      (["+1"], "[[+1]] text"), (["1 "], "[[1 ]] text"), ([".5"], "[[.5]] text"),
      (["NaN"], "[[NaN]] text"),
      (["true", "FALSE"], "[true, false] boolean"), (["true", "yes"], "[[true], [yes]] text"),
      (["500", "unlimited"], "[500.0, unlimited] quota"), (["unlimited"], "[unlimited] quota"),
      (["2026-11-01", "2026-11-01T09:30Z"], "[2026-11-01T00:00:00Z, 2026-11-01T09:30:00Z] time"),
      (["2026-11-01T00:00:00.1234Z"], "[[2026-11-01T00:00:00.1234Z]] text"),
      (["2026-02-30"], "[[2026-02-30]] text"), (["1", "a"], "[[1], [a]] text"),
      (["\"1\"", "2"], "[[1], [2]] text"), (["\"\"", ""], "[[], -] text"), (["", ""], "dropped"),
    ] as [([String], String)])
  func typing(cells: [String], expected: String) throws {
    let text = "id,plan\n" + cells.enumerated().map { "\($0),\($1)\n" }.joined()
    let column = try read(text, as: .csv).attributes.first
    let found = column.map { column in
      let values = (0..<column.values.count).map {
        column.values[$0].map(ImportedSubaccounts.word) ?? "-"
      }
      return "[\(values.joined(separator: ", "))] \(column.definition.type)"
    }
    #expect(found ?? "dropped" == expected)
  }

  @Test("quotes say nothing in a column whose own name is needlessly quoted")
  func quoteEverything() throws {
    let text = "\"id\",\"seats\",\"note\"\n\"1\",\"5\",\"\"\n"
    #expect(try read(text, as: .csv).rows() == ["id=1 seats=5.0"])
  }

  @Test("a column that the store knows keeps its type, and unlimited is for quotas")
  func knownTypes() throws {
    let text = "id,email,max_minutes,minutes_used\n1,007,unlimited,+5\n2,,0,\n3,\"\",,.5\n"
    #expect(
      try read(text, as: .csv).rows() == [
        "id=1 email=[007] max_minutes=unlimited minutes_used=5.0", "id=2 max_minutes=0.0",
        "id=3 email=[] minutes_used=0.5",
      ])
  }

  @Test("what becomes an attribute, is ignored or dropped is told")
  func notes() throws {
    let file = try read(
      "id,plan,seats,empty,permission_count,changed,api_key,logs\n1,pro,5,,3,x,secret,true\n",
      as: .csv)
    #expect(file.rows() == ["id=1 plan=[pro] seats=5.0 +general.logs"])
    #expect(
      file.notes.map(\.message) == [
        "'agency': column 'permission_count' can't be set: ignored",
        "'agency': column 'changed' can't be set: ignored",
        "'agency': column 'plan' becomes an attribute (text)",
        "'agency': column 'seats' becomes an attribute (number)",
        "'agency': column 'empty' holds no values: ignored",
        "'agency': secrets are not stored: dropped 'api_key'",
      ])
    #expect(file.notes.allSatisfy { $0.severity == .note })
    #expect(!"\(file)".contains("secret\""))
  }

  @Test("a bare name beside the whole one is an attribute")
  func namesakes() throws {
    let file = try read("id,outbound,agent_types.outbound\n1,false,true\n", as: .csv)
    #expect(file.rows() == ["id=1 outbound=false +agent_types.outbound"])
  }

  @Test("an attribute of the store keeps a permission's name to itself")
  func knownNamesake() throws {
    let file = try read(
      "id,chat\n1,weekly\n", as: .csv, attributes: [AttributeDefinition(name: "chat", type: .text)])
    #expect(file.rows() == ["id=1 chat=[weekly]"])
  }
}

@Suite struct CSVWriterTests {
  @Test(
    "a field is quoted only where it must be",
    arguments: [
      ("", ""), ("Acme", "Acme"), ("A B", "A B"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""),
      ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""),
      ("Zoë 😀", "Zoë 😀"), ("=1", "=1"), (" a ", " a "), (",", "\",\""),
    ])
  func fields(text: String, expected: String) {
    for start in ["", "before,"] {
      var bytes = Array(start.utf8)
      CSVWriter.append(Text(text), to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == start + expected)
      var spanned = Array(start.utf8)
      CSVWriter.append(Array(text.utf8).span, to: &spanned)
      #expect(spanned == bytes)
    }
  }
}

@Suite struct CSVMistakeTests {
  @Test(
    "a damaged file is refused with its place",
    arguments: [
      ("", "'agency': it is empty"), ("\u{FEFF}", "'agency': it is empty"),
      ("\n\r\n", "'agency': it is empty"),
      ("1,A\n2,B\n", "'agency' line 1: there is neither a column 'id' nor a column 'name'"),
      ("id;name\n1;A\n", "'agency' line 1: columns are parted by semicolons"),
      ("id,,name\n", "'agency' line 1, column 2: the column has no name"),
      ("id,name,Id\n", "'agency' line 1, column 3 ('id'): column 'id' is there twice"),
      ("id,plan,plan\n", "'agency' line 1, column 3 ('plan'): column 'plan' is there twice"),
      (
        "id,changed,changed\n",
        "'agency' line 1, column 3 ('changed'): column 'changed' is there twice"
      ),
      (
        "id,outbound,OUTBOUND\n",
        "'agency' line 1, column 3 ('outbound'): column 'outbound' is there twice"
      ),
      (
        "id,general.lgos\n",
        "'agency' line 1, column 2 ('general.lgos'): unknown permission 'general.lgos'"
      ),
      ("id,name\n1,A\n2\n", "'agency' line 3: 1 cells, but the header has 2"),
      ("id,name\n1,A,B\n", "'agency' line 2: more than 2 cells, but the header has 2"),
      (
        "id,name\n1,A\n2,\"B\n3,C\n4,D\n",
        "'agency' line 3, column 2 ('name'): the quote that opens here is never closed"
      ),
      (
        "id,name\n1,\"A\nB\"x\n",
        "'agency' line 2, column 2 ('name'): the quoted cell that opens here ends on line 3, and more text follows it"
      ),
      (
        "id,name\n1, \t\"A\"\n",
        "'agency' line 2, column 2 ('name'): blanks stand before the quote that opens the cell"
      ),
      ("id,name\n1,A\0B\n", "'agency' line 2, column 2 ('name'): there is a NUL at byte offset 11"),
      (
        "id,name\n1,\"A\0B\"\n",
        "'agency' line 2, column 2 ('name'): there is a NUL at byte offset 12"
      ),
      (
        "id,outbound\n1,maybe\n",
        "'agency' line 2, column 2 ('outbound'): 'maybe' is not true or false"
      ),
      (
        "id,max_minutes\n1,lots\n",
        "'agency' line 2, column 2 ('max_minutes'): 'lots' is not a number or 'unlimited'"
      ),
      (
        "id,concurrency\n1,unlimited\n",
        "'agency' line 2, column 2 ('concurrency'): 'unlimited' is not a number"
      ),
      (
        "id,concurrency\n1,1e400\n",
        "'agency' line 2, column 2 ('concurrency'): '1e400' is not within the range of numbers"
      ),
      (
        "id,created\n1,yesterday\n",
        "'agency' line 2, column 2 ('created'): 'yesterday' is not a time"
      ),
      (
        "id,protected\n1,x\u{1B}[2J\n",
        "'agency' line 2, column 2 ('protected'): 'x\\u{1B}[2J' is not true or false"
      ),
    ])
  func refuses(text: String, expected: String) {
    for piece in [1, 5, 1 << 20] {
      let found = misread(text, as: .csv, piece: piece)
      #expect(found.map { FileProblem(file: "agency", $0).message } == expected)
    }
  }

  @Test(
    "invalid UTF-8 is refused at its byte",
    arguments: [
      ([0xFF], 0xFF, 0), ([0x41, 0xC0, 0xAF], 0xC0, 1), ([0xED, 0xA0, 0x80], 0xED, 0),
      ([0xE2, 0x82], 0xE2, 0), ([0xF4, 0x90, 0x80, 0x80], 0xF4, 0), ([0xC3, 0x28], 0xC3, 0),
      ([0x41, 0x80], 0x80, 1), ([0xF8, 0x88, 0x80, 0x80, 0x80], 0xF8, 0),
    ] as [([UInt8], UInt8, Int)])
  func invalidUTF8(bytes: [UInt8], byte: UInt8, offset: Int) {
    let start = Array("name\nAcme\n".utf8)
    for (before, after) in [("", ""), ("\"", "\"")] {
      let file = start + Array(before.utf8) + bytes + Array(after.utf8) + Array("\nB\n".utf8)
      #expect(
        misread(bytes: file, as: .csv)?.problem
          == .invalidUTF8(byte: byte, offset: start.count + before.utf8.count + offset))
    }
  }

  @Test(
    "what is no text in UTF-8 is recognised by its first bytes",
    arguments: [
      ([0x1F, 0x8B, 0x08, 0x00], ForeignFormat.gzip), ([0x50, 0x4B, 0x03, 0x04], .zip),
      ([0xFF, 0xFE, 0x69, 0x00], .utf16), ([0xFE, 0xFF, 0x00, 0x69], .utf16),
      ([0x69, 0x00, 0x64, 0x00, 0x2C, 0x00], .utf16), ([0x00, 0x69, 0x00, 0x64], .utf16),
      ([0xFF, 0xFE, 0x00, 0x00], .utf32), ([0x42, 0x5A, 0x68, 0x39], .bzip2),
      ([0x28, 0xB5, 0x2F, 0xFD], .zstandard), (Array("%PDF-1.7".utf8), .pdf),
      (Array("SQLite format 3\0".utf8), .sqlite), (Array("PAR1".utf8), .parquet),
    ] as [([UInt8], ForeignFormat)])
  func foreign(bytes: [UInt8], format: ForeignFormat) {
    #expect(misread(bytes: bytes)?.problem == .foreign(format))
    #expect(misread(bytes: bytes, as: .json)?.problem == .foreign(format))
    #expect(misread(bytes: bytes, as: .csv, piece: 1)?.problem == .foreign(format))
  }

  @Test("a cell of more than a mebibyte is refused, with a source that never ends")
  func longCells() {
    #expect(endless("id,name\n1,", "x")?.problem == .cellTooLong)
    let quoted = endless("id,name\n1,A\n2,\"", "\n")
    #expect(quoted?.problem == .quotedCellTooLong)
    #expect(quoted?.line == 3 && quoted?.column == 1)
    #expect(endless("id,name\n", "x,")?.problem == .cellCount(found: nil, expected: 2))
    #expect(endless("", "x,")?.problem == .tooManyColumns)
    #expect(endless("[{\"id\":\"", "x")?.problem == .json(.textTooLong))
    #expect(endless("[", "[")?.line == 1)
    #expect(endless("{\"id\":1,\"x\":", "[")?.problem == .json(.tooDeep))
    #expect(endless("{\"id\":1,\"x\":", "{\"a\":")?.problem == .json(.tooDeep))
  }

  private func endless(_ start: String, _ rest: String) -> Misread? {
    do {
      _ = try ImportReading.read(
        EndlessSource(start: Array(start.utf8), rest: Array(rest.utf8)),
        ImportRequest(path: "agency", format: nil, catalog: .standard, attributes: []))
      return nil
    } catch {
      return error
    }
  }
}

/// A beginning, and then the same again and again.
private struct EndlessSource: ByteSource {
  var start: [UInt8]
  let rest: [UInt8]

  mutating func read(into bytes: inout [UInt8], limit: Int) -> Int {
    let before = bytes.count
    bytes.append(contentsOf: start)
    start = []
    while bytes.count - before + rest.count <= min(limit, 1 << 16) {
      bytes.append(contentsOf: rest)
    }
    if bytes.count == before { bytes.append(rest[0]) }
    return bytes.count - before
  }
}
