import Console
import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("formats for people")
struct HumanFormatTests {
  @Test("a table is aligned, whatever is in it")
  func table() throws {
    #expect(
      try SampleTables.written(.table(SampleTables.people), as: .table) == #"""
        name                             plan  minutes      quota  open   since                 tags
        ───────────────────────────────  ────  ───────  ─────────  ─────  ────────────────────  ────
        Acme Dental                      pro        12        2.5  true   2026-11-05T09:30:00Z  a;b
        서울밝은치과                     —          -3  unlimited  false  1969-12-31T23:59:59Z  —
        a,"b"\t|<\u{1B}[31m\u{202E}\n🍕  ""          0     1e+300  —      —                     c;d
        3 rows

        """#)
  }

  @Test("a narrow screen shortens text, then leaves columns out and says so")
  func narrow() throws {
    let text = try SampleTables.written(
      .table(SampleTables.people), as: .table, on: Screen(width: 40, hasColors: false))
    #expect(
      text == """
        name                   plan  open   tags
        ─────────────────────  ────  ─────  ────
        Acme Dental            pro   true   a, b
        서울밝은치과           —     false  —
        a,"b"\\t|<\\u{1B}[31m\\…  ""    —      c;d
        3 rows; no room for minutes, quota,
        since

        """)
  }

  @Test("colours are put around cells, never into what is aligned")
  func colors() throws {
    let table = SampleTables.table(
      ["plan", "n"], [.text, .integer], [[.null, .integer(1)]], footer: "1 of 2 plans")
    #expect(
      try SampleTables.written(.table(table), as: .table, on: Screen(width: nil, hasColors: true))
        == """
        \u{1B}[1mplan\u{1B}[0m  \u{1B}[1mn\u{1B}[0m
        \u{1B}[2m────  ─\u{1B}[0m
        \u{1B}[2m—\u{1B}[0m     1
        \u{1B}[2m1 of 2 plans\u{1B}[0m

        """)
  }

  @Test("a card groups permissions by area, with the catalogue's labels")
  func card() throws {
    #expect(
      try SampleTables.written(.table(SampleTables.card), as: .table) == """
        id    17x1
        name  Acme

        Agent types  1 of 2
          ✓ inbound   · outbound

        own  1 of 1
          ✓ thing

        """)
  }

  @Test("vertical, markdown and html")
  func others() throws {
    let table = SampleTables.table(
      ["name", "n"], [.text, .integer], [[.text("a|*<b>&"), .integer(1)]])
    #expect(
      try SampleTables.written(.table(table), as: .vertical)
        == "── 1 ──\nname  a|*<b>&\nn     1\n1 row\n")
    #expect(
      try SampleTables.written(.table(table), as: .markdown) == #"""
        | name | n |
        | --- | ---: |
        | a\|\*\<b\>\& | 1 |

        """#)
    #expect(
      try SampleTables.written(.table(table), as: .html) == """
        <table>
        <thead>
        <tr><th>name</th><th align="right">n</th></tr>
        </thead>
        <tbody>
        <tr><td>a|*&lt;b&gt;&amp;</td><td align="right">1</td></tr>
        </tbody>
        </table>

        """)
  }

  @Test(
    "what a write says is escaped", arguments: [OutputFormat.table, .vertical, .markdown, .html])
  func sentence(format: OutputFormat) throws {
    let text = try SampleTables.written(.change(SampleTables.granted), as: format)
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("u{1B}"))
  }

  @Test("permissions in a table are as short as they can be, and wrap on a terminal")
  func lists() throws {
    let table = SampleTables.table(
      ["name", "gained"], [.text, .list],
      [
        [
          .text("Acme"),
          .list([
            "integrations.twilio", "integrations.elevenlabs", "integrations.gohighlevel",
            "integrations.hubspot", "integrations.calcom", "integrations.salesforce",
            "agent_types.outbound", "general.actions", "capabilities.calls",
          ]),
        ], [.text("Borg"), .list([])],
      ])
    #expect(
      try SampleTables.written(.table(table), as: .table).contains(
        "Acme  general.actions;outbound;calls;integrations.*\n"))
    let narrow = try SampleTables.written(
      .table(table), as: .table, on: Screen(width: 28, hasColors: false))
    #expect(
      narrow.hasSuffix(
        """
        Acme  general.actions,
              outbound, calls,
              integrations.*
        Borg  —
        2 rows

        """), "\(narrow)")
    #expect(
      try SampleTables.written(.table(table), as: .csv).contains(
        "integrations.salesforce;agent_types.outbound;general.actions;capabilities.calls"))
  }

  @Test("an export is a sentence for people and a row for programs")
  func sentences() throws {
    let table = ResultTable(
      columns: [
        ResultTable.Column(name: "file", kind: .text, cells: .values([.text("x.csv")])),
        ResultTable.Column(name: "subaccounts", kind: .integer, cells: .values([.integer(2)])),
      ], rowCount: 1, isSingleObject: true, presentation: .sentence,
      footer: "exported 2 subaccounts to 'x.csv'", table: Table())
    for format in [OutputFormat.table, .vertical] {
      #expect(
        try SampleTables.written(.table(table), as: format)
          == "exported 2 subaccounts to 'x.csv'\n")
    }
    #expect(
      try SampleTables.written(.table(table), as: .json)
        == "{\"file\":\"x.csv\",\"subaccounts\":2}\n")
    #expect(
      try SampleTables.written(.table(table), as: .csv) == "file,subaccounts\nx.csv,2\n")
  }

  @Test("print joins its values by blanks")
  func message() throws {
    let values: [ResultValue] = [.text("a\tb"), .integer(3), .null, .time(0), .list(["x", "y"])]
    #expect(
      try SampleTables.written(.message(values), as: .table)
        == "a\\tb 3 — 1970-01-01T00:00:00Z x;y\n")
  }

  @Test(
    "permissions have bars on a terminal, and none in a pipe",
    arguments: [
      (0, "················   0%"), (1, "▏···············   1%"), (50, "████████········  50%"),
      (99, "███████████████▊  99%"), (100, "████████████████ 100%"),
    ])
  func bars(part: Int, bar: String) throws {
    let table = SampleTables.table(
      ["permission", "have", "lack"], [.text, .integer, .integer],
      [[.text("a.b"), .integer(part), .integer(100 - part)]])
    let screen = Screen(width: 80, hasColors: false)
    let line = try SampleTables.written(.table(table), as: .table, on: screen)
      .split(separator: "\n")[2]
    #expect(line.hasSuffix(bar))
    #expect(try !SampleTables.written(.table(table), as: .table).contains("%"))
  }

  @Test("where there is no room for bars beside the numbers, the numbers stay")
  func narrowBars() throws {
    let table = SampleTables.table(
      ["permission", "have", "lack"], [.text, .integer, .integer],
      [[.text("agent_types.outbound"), .integer(142), .integer(98)]])
    let screen = Screen(width: 40, hasColors: false)
    let lines = try SampleTables.written(.table(table), as: .table, on: screen)
      .split(separator: "\n")
    #expect(lines[2] == "agent_types.outbound   142    98")
    #expect(lines.allSatisfy { $0.count <= 40 })
  }
}
