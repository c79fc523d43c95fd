import Console
import Evaluation
import Testing

@Suite("formats for programs")
struct MachineFormatTests {
  static let cases: [(OutputFormat, String)] = [
    (
      .csv,
      """
      name,plan,minutes,quota,open,since,tags
      Acme Dental,pro,12,2.5,true,2026-11-05T09:30:00Z,a;b
      서울밝은치과,,-3,unlimited,false,1969-12-31T23:59:59.999Z,
      "a,""b""\t|<\u{1B}[31m\u{202E}
      🍕",,0,1e+300,,,c;d

      """
    ),
    (
      .tsv,
      """
      name\tplan\tminutes\tquota\topen\tsince\ttags
      Acme Dental\tpro\t12\t2.5\ttrue\t2026-11-05T09:30:00Z\ta;b
      서울밝은치과\t\t-3\tunlimited\tfalse\t1969-12-31T23:59:59.999Z\t
      a,"b"\\t|<\u{1B}[31m\u{202E}\\n🍕\t\t0\t1e+300\t\t\tc;d

      """
    ),
    (
      .jsonl,
      #"""
      {"name":"Acme Dental","plan":"pro","minutes":12,"quota":2.5,"open":true,"since":"2026-11-05T09:30:00Z","tags":["a","b"]}
      {"name":"서울밝은치과","plan":null,"minutes":-3,"quota":"unlimited","open":false,"since":"1969-12-31T23:59:59.999Z","tags":[]}
      {"name":"a,\"b\"\t|<\u001b[31m\u202e\n🍕","plan":"","minutes":0,"quota":1e+300,"open":null,"since":null,"tags":["c;d"]}

      """#
    ),
    (
      .list,
      #"""
      Acme Dental
      서울밝은치과
      a,"b"\t|<\u{1B}[31m\u{202E}\n🍕

      """#
    ),
  ]

  @Test("rows are written as the contract says", arguments: cases)
  func rows(format: OutputFormat, expected: String) throws {
    #expect(try SampleTables.written(.table(SampleTables.people), as: format) == expected)
  }

  @Test("json writes a query's rows as one array on one line")
  func array() throws {
    let lines = try SampleTables.written(.table(SampleTables.people), as: .jsonl)
      .split(separator: "\n").joined(separator: ",")
    let json = try SampleTables.written(.table(SampleTables.people), as: .json)
    #expect(json == "[\(lines)]\n")
  }

  @Test(
    "a query that finds nothing still says what it would have",
    arguments: [
      (OutputFormat.csv, "name,count\n"), (.tsv, "name\tcount\n"), (.json, "[]\n"), (.jsonl, ""),
      (.list, ""),
    ])
  func empty(format: OutputFormat, expected: String) throws {
    #expect(try SampleTables.written(.table(SampleTables.empty), as: format) == expected)
  }

  @Test(
    "one answer is one object",
    arguments: [
      (OutputFormat.csv, "count\n37\n"), (.json, "{\"count\":37}\n"), (.jsonl, "{\"count\":37}\n"),
      (.list, "37\n"),
    ])
  func single(format: OutputFormat, expected: String) throws {
    #expect(try SampleTables.written(.table(SampleTables.count), as: format) == expected)
  }

  @Test("a card's permissions are an object in json, and those that are on in csv")
  func flags() throws {
    #expect(
      try SampleTables.written(.table(SampleTables.card), as: .json) == """
        {"id":"17x1","name":"Acme","permissions":{"agent_types.inbound":true,\
        "agent_types.outbound":false,"own.thing":true}}

        """)
    #expect(
      try SampleTables.written(.table(SampleTables.card), as: .csv) == """
        id,name,permissions
        17x1,Acme,agent_types.inbound;own.thing

        """)
  }

  @Test(
    "a write is an object, or a table of one row",
    arguments: [
      (
        OutputFormat.json,
        """
        {"statement":"rename","matched":1,"changed":1,"already":0,"protected":0,"change":17}

        """
      ),
      (.csv, "statement,matched,changed,already,protected,change\nrename,1,1,0,0,17\n"),
      (
        .tsv,
        "statement\tmatched\tchanged\talready\tprotected\tchange\nrename\t1\t1\t0\t0\t17\n"
      ),
    ])
  func write(format: OutputFormat, expected: String) throws {
    #expect(try SampleTables.written(.change(SampleTables.granted), as: format) == expected)
  }

  @Test("a write that changed nothing has no change number")
  func nothing() throws {
    let json = try SampleTables.written(.change(SampleTables.nothing), as: .json)
    #expect(json.hasSuffix("\"change\":null}\n"))
    let csv = try SampleTables.written(.change(SampleTables.nothing), as: .csv)
    #expect(csv.hasSuffix("delete,0,0,0,0,\n"))
  }

  @Test("on a terminal even csv and tsv can't act", arguments: [OutputFormat.csv, .tsv])
  func shown(format: OutputFormat) throws {
    let text = try SampleTables.written(
      .table(SampleTables.people), as: format, on: Screen(width: 80, hasColors: false))
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect(text.contains("\\u{1B}[31m\\u{202E}"))
  }
}
