import Diagnostics
import Evaluation
import Testing

@Suite("show changes and show change")
struct ChangesTests {
  /// Three creations, changes 1 to 3; then 4 to 9.
  static func bench() -> Bench {
    let bench = Bench.standard()
    bench.options.actor = "anna"
    bench.run("grant chat to all because \"T-1\"")
    bench.options.actor = "nightly"
    bench.run(
      """
      revoke inbound from "Acme"
      set seats = 7, plan = "free" for "Acme"
      rename "Borg" to "Borgia"
      protect "Cyan"
      delete subaccounts "Borgia"
      """)
    return bench
  }

  @Test("every change is told, the newest first, with how many cells it gained and lost")
  func all() {
    let lines = Self.bench().run("show changes").tables[0].lines(for: .objects)
    #expect(
      lines.map { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        return cells.indices.filter { ![1, 8, 9, 10, 11].contains($0) }.map { cells[$0] }
          .joined(separator: "|")
      } == [
        "change|actor|statement|because|subaccounts|gained|lost",
        "9|nightly|delete subaccounts \"Borgia\"|-|1|0|3",
        "8|nightly|protect \"Cyan\"|-|1|0|0",
        "7|nightly|rename \"Borg\" to \"Borgia\"|-|1|0|0",
        "6|nightly|set seats = 7, plan = \"free\" for \"Acme\"|-|1|0|0",
        "5|nightly|revoke inbound from \"Acme\"|-|1|0|1",
        "4|anna|grant chat to all because \"T-1\"|T-1|3|3|0",
        "3|tester|create subaccount \"Cyan\" with nothing set plan = \"free\"|-|1|1|0",
        "2|tester|create subaccount \"Borg\" with inbound set plan = \"pro\"|-|1|2|0",
        "1|tester|create subaccount \"Acme\" with inbound, outbound set plan = \"pro\", seats = 5|-|1|3|0",
      ])
  }

  struct Case: CustomTestStringConvertible {
    let filter: String
    let changes: [String]
    var testDescription: String { filter }
  }

  static let filters = [
    Case(filter: "limit 2", changes: ["9", "8"]),
    Case(filter: "limit 0", changes: []),
    Case(filter: "by \"anna\"", changes: ["4"]),
    Case(filter: "by \"nobody\"", changes: []),
    Case(filter: "of \"Acme\"", changes: ["6", "5", "4", "1"]),
    Case(filter: "of \"Acme\" to inbound", changes: ["5", "1"]),
    Case(filter: "to chat", changes: ["4"]),
    Case(filter: "to outbound, chat of \"Cyan\"", changes: ["4"]),
    Case(filter: "of \"Cyan\" since change 3", changes: ["8", "4"]),
    Case(filter: "since change 4 until change 6", changes: ["6", "5"]),
    Case(filter: "until change 0", changes: []),
    Case(filter: "since now", changes: []),
    Case(filter: "until 2020-01-01", changes: []),
    Case(filter: "of where plan = \"nobody\"", changes: []),
    Case(filter: "sort by change limit 2", changes: ["1", "2"]),
    Case(filter: "sort by gained desc, change limit 3", changes: ["1", "4", "2"]),
    Case(filter: "of all to assistants by \"tester\" since change 1", changes: ["3"]),
  ]

  @Test("filters let through what they say", arguments: filters)
  func filtered(input: Case) {
    let result = Self.bench().run("show changes \(input.filter)")
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.tables.map { $0.texts(of: "change") } == [input.changes])
  }

  @Test("script, line, user and host are columns that are shown where they are named")
  func furtherColumns() {
    let table = Self.bench().run(
      "show changes limit 2 columns change, script, line, user, host"
    ).tables[0]
    #expect(
      table.lines(for: .objects) == [
        "change|script|line|user|host", "9|test.pql|5|os-user|bench", "8|test.pql|4|os-user|bench",
      ])
  }

  static let single = [
    Case(
      filter: "1",
      changes: [
        "-|-|||attribute plan added", "-|-|||attribute seats added",
        "Acme|general.assistants;agent_types.inbound;agent_types.outbound||created;plan set to pro;seats set to 5",
      ]),
    Case(
      filter: "4",
      changes: [
        "Acme|agent_types.chat||", "Borg|agent_types.chat||", "Cyan|agent_types.chat||",
      ]),
    Case(filter: "5", changes: ["Acme||agent_types.inbound|"]),
    Case(filter: "6", changes: ["Acme|||plan set to free, was pro;seats set to 7, was 5"]),
    Case(filter: "7", changes: ["Borgia|||renamed from Borg"]),
    Case(filter: "8", changes: ["Cyan|||protected"]),
    Case(
      filter: "9",
      changes: [
        "Borgia||general.assistants;agent_types.inbound;agent_types.chat|deleted"
      ]),
  ]

  @Test("a change tells who gained and lost what, and what else became of whom", arguments: single)
  func one(input: Case) {
    let result = Self.bench().run("show change \(input.filter)")
    #expect(result.status == .done, "\(result.messages)")
    let lines = result.tables[0].lines(for: .objects).dropFirst().map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      let isGeneral = cells[0] == "-"
      return cells.dropFirst(isGeneral ? 0 : 1).joined(separator: "|")
    }
    #expect(lines == input.changes)
  }

  @Test("its heading is for people: who, when, where and which statement")
  func heading() {
    let result = Self.bench().run("show change 4")
    #expect(
      result.tables[0].heading == """
        change 4 of 2026-09-21T14:13:20Z by anna, user os-user on bench
          grant chat to all because "T-1"  (test.pql:1)
        """)
  }

  @Test("definitions, policies and permissions have no subaccount")
  func general() {
    let bench = Bench.standard()
    bench.run(
      """
      define $set as permissions chat
      define policy p as no subaccounts having mcp
      drop $set
      create permission integrations.zapier label "Zapier" always
      """)
    let words = (4...7).map {
      bench.run("show change \($0)").tables[0].lines(for: .objects).dropFirst().joined(
        separator: "\n")
    }
    #expect(words[0] == "-|-|||$set defined as chat")
    #expect(words[1] == "-|-|||policy p defined as having mcp")
    #expect(words[2] == "-|-|||$set dropped, was chat")
    #expect(words[3].hasPrefix("-|-|||permission integrations.zapier created\n"))
    #expect(words[3].contains("|Acme|integrations.zapier||"))
  }

  @Test("a change that is not there is an error", arguments: ["0", "10", "4000000000"])
  func missing(number: String) {
    let result = Self.bench().run("show change \(number)")
    #expect(result.status == .failed)
    #expect(result.errors.map(\.code) == ["E0514"])
  }

  @Test("what is pending in the transaction is told too")
  func pending() {
    let result = Self.bench().run(
      "grant widget to \"Acme\"\nshow changes limit 1\nshow change 10\nrevoke widget from \"Acme\"")
    #expect(result.tables[0].texts(of: "statement") == ["grant widget to \"Acme\""])
    #expect(result.tables[1].texts(of: "gained") == ["agent_types.widget"])
    #expect(Self.bench().run("show changes").tables[0].rowCount == 9)
  }
}
