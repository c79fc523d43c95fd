import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("Lists of subaccounts")
struct ListingTests {
  struct Case: CustomTestStringConvertible {
    let source: String
    var audience = ResultTable.Audience.flat
    let lines: [String]
    var footer: String?
    var testDescription: String { source }
  }

  static let cases = [
    Case(
      source: "show subaccounts",
      lines: [
        "id|name|created|email|max_minutes|plan|permission_count",
        "100x1|Acme Dental|2026-01-01T00:01Z|dental@acme.example|500|pro|3",
        "100x2|Harbor Law|2026-01-01T00:02Z|-|0|trial|2",
        "100x3|Corner Caf\u{E9}|2026-01-01T00:03Z|-|unlimited|pro|2",
        "100x4|Twin|2026-01-01T00:04Z|-|-|-|1",
        "100x5|Twin|2026-01-01T00:05Z|-|-|-|2",
      ], footer: "5 subaccounts"),
    Case(
      source: "show subaccounts where plan = \"trial\"", audience: .objects,
      lines: [
        "id|name|created|email|max_minutes|plan|permissions",
        "100x2|Harbor Law|2026-01-01T00:02Z|-|0|trial|general.assistants;agent_types.inbound",
      ], footer: "1 of 5 subaccounts"),
    Case(
      source: "show subaccounts columns outbound, name, protected, permission_count limit 2",
      lines: [
        "agent_types.outbound|name|protected|permission_count", "true|Acme Dental|false|3",
        "false|Harbor Law|true|2",
      ], footer: "the first 2 of 5 subaccounts"),
    Case(
      source: "show subaccounts columns id sort by max_minutes desc, name desc",
      lines: ["id", "100x3", "100x1", "100x2", "100x4", "100x5"]),
    Case(
      source: "show subaccounts columns id sort by plan, outbound desc, id desc",
      lines: ["id", "100x1", "100x3", "100x2", "100x5", "100x4"]),
    Case(
      source: "show subaccounts columns id sort by changed_by, protected desc limit 1",
      lines: ["id", "100x2"]),
    Case(
      source: "show subaccounts \"Acme Dental\" columns id, changed, changed_by",
      lines: ["id|changed|changed_by", "100x1|2026-02-01T00:00Z|setup"]),
    Case(
      source: "show subaccounts having chat columns id", lines: ["id"], footer: "0 of 5 subaccounts"
    ),
    Case(
      source: "show matrix agent_types.* without widget, chat of having inbound",
      lines: [
        "id|name|agent_types.inbound|agent_types.outbound", "100x1|Acme Dental|true|true",
        "100x2|Harbor Law|true|false",
      ], footer: "2 of 5 subaccounts"),
  ]

  @Test("a list has the columns, rows and order that it is asked for", arguments: cases)
  func lists(_ test: Case) throws {
    let store = try ModelAgency.small.store(time: 1_769_904_000_000)
    let run = CollectedRun(test.source, on: store)
    #expect(run.messages == [])
    let table = try #require(run.tables.first)
    #expect(table.lines(for: test.audience) == test.lines)
    if let footer = test.footer { #expect(table.footer == footer) }
  }

  @Test("'those' are the subaccounts that were last listed, and shown")
  func those() throws {
    let store = try ModelAgency.small.store()
    let run = CollectedRun(
      """
      show subaccounts sort by name limit 2
      count those
      show matrix outbound of having outbound
      show subaccounts those except "Acme Dental" columns id
      """, on: store)
    #expect(run.messages == [])
    #expect(
      run.tables.map { $0.lines(for: .flat).last } == [
        "100x3|Corner Caf\u{E9}|2026-01-01T00:03Z|-|unlimited|pro|2", "2", "100x5|Twin|true",
        "100x5",
      ])
  }

  @Test("a card has everything about one subaccount")
  func card() throws {
    let run = CollectedRun("show \"Harbor Law\"", on: try ModelAgency.small.store())
    let table = try #require(run.tables.first)
    #expect(table.isSingleObject)
    #expect(
      table.lines(for: .objects) == [
        "id|name|created|email|max_minutes|plan|protected|permissions",
        "100x2|Harbor Law|2026-01-01T00:02Z|-|0|trial|true|general.assistants;agent_types.inbound",
      ])
    let flags = table.value(row: 0, column: table.columns.count - 1)
    guard case .flags(let all) = flags else {
      Issue.record("the permissions of a card are flags")
      return
    }
    #expect(all.count == 36)
    #expect(all.first?.name == "general.assistants")
  }

  @Test("a text cell's bytes are those of its value")
  func bytes() throws {
    let run = CollectedRun(
      "show subaccounts columns id, name, plan, changed_by, created, outbound",
      on: try ModelAgency.small.store())
    let table = try #require(run.tables.first)
    for row in 0..<table.rowCount {
      for column in table.columns.indices {
        var bytes: [UInt8] = Array("x".utf8)
        let isText = table.appendText(row: row, column: column, to: &bytes)
        if case .text(let text) = table.value(row: row, column: column) {
          #expect(isText && bytes == Array("x\(text)".utf8))
        } else {
          #expect(!isText && bytes == Array("x".utf8))
        }
      }
    }
  }

  @Test("'changed' is the last change of a permission, and nothing else moves it")
  func changed() throws {
    let store = try ModelAgency.small.store(time: 1_769_904_000_000)
    _ = CollectedRun("grant chat to #100x4, #100x1", on: store, now: 1_769_990_400_000)
    _ = CollectedRun("revoke chat from #100x4", on: store, now: 1_770_076_800_000)
    _ = CollectedRun(
      "set plan = \"other\" for #100x3; rename #100x3 to \"Other\"; grant chat to #100x1",
      on: store, now: 1_770_163_200_000)
    let run = CollectedRun(
      """
      show subaccounts columns id, changed, changed_by sort by changed desc, id desc
      count where changed_by = "tester" and changed < 2026-02-03
      count by changed
      """, on: store)
    #expect(run.messages == [])
    #expect(
      run.tables.first?.lines(for: .flat) == [
        "id|changed|changed_by", "100x4|2026-02-03T00:00Z|tester", "100x1|2026-02-02T00:00Z|tester",
        "100x5|2026-02-01T00:00Z|setup", "100x3|2026-02-01T00:00Z|setup",
        "100x2|2026-02-01T00:00Z|setup",
      ])
    #expect(run.tables.dropFirst().first?.lines(for: .flat) == ["count", "1"])
    #expect(
      run.tables.last?.lines(for: .flat) == [
        "changed|count", "2026-02-01T00:00Z|3", "2026-02-02T00:00Z|1", "2026-02-03T00:00Z|1",
      ])
  }

  @Test("who has been deleted is in no list, whatever still names it")
  func deleted() throws {
    let run = CollectedRun(
      """
      let $found = subaccounts having outbound
      show subaccounts having outbound
      delete subaccounts "Acme Dental"
      show subaccounts $found columns id
      show subaccounts those columns id
      count having outbound
      count where name = "Acme Dental" or id = "100x1" or protected = true
      """, on: try ModelAgency.small.store())
    #expect(run.messages == [])
    #expect(
      run.tables.dropFirst().map { $0.lines(for: .flat).dropFirst() } == [
        ["100x5"], ["100x5"], ["1"], ["1"],
      ])
  }

  @Test("all permissions as a column are names in json and a number elsewhere")
  func permissionsColumn() throws {
    let run = CollectedRun(
      "show subaccounts \"Harbor Law\" columns id, `permissions`", on: try ModelAgency.small.store()
    )
    let table = try #require(run.tables.first)
    #expect(table.lines(for: .flat) == ["id|permission_count", "100x2|2"])
    #expect(
      table.lines(for: .objects)
        == ["id|permissions", "100x2|general.assistants;agent_types.inbound"])
  }
}
