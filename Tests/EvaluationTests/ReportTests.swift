import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("Counts and reports")
struct ReportTests {
  struct Case: CustomTestStringConvertible {
    let source: String
    let lines: [String]
    var isSingleObject = false
    var testDescription: String { source }
  }

  static let cases = [
    Case(source: "count", lines: ["count", "5"], isSingleObject: true),
    Case(
      source: "count subaccounts where plan = \"pro\"", lines: ["count", "2"], isSingleObject: true),
    Case(source: "count by plan", lines: ["plan|count", "pro|2", "trial|1", "-|2"]),
    Case(
      source: "count by max_minutes",
      lines: ["max_minutes|count", "0|1", "500|1", "unlimited|1", "-|2"]),
    Case(
      source: "count having outbound by name", lines: ["name|count", "Acme Dental|1", "Twin|1"]),
    Case(
      source: "count by name",
      lines: [
        "name|count", "Acme Dental|1", "Corner Caf\u{E9}|1", "Harbor Law|1", "Twin|2",
      ]),
    Case(source: "count by protected", lines: ["protected|count", "false|4", "true|1"]),
    Case(
      source: "count by permission_count",
      lines: ["permission_count|count", "1|1", "2|3", "3|1"]),
    Case(source: "count by changed_by", lines: ["changed_by|count", "setup|5"]),
    Case(source: "count where plan = \"none\" by plan", lines: ["plan|count"]),
    Case(
      source: "show permissions logs, agent_types.* without widget",
      lines: [
        "permission|area|label|api_field|flags|have|lack",
        "general.logs|general|Logs|logs||1|4",
        "agent_types.inbound|agent_types|Inbound agents|inbound||2|3",
        "agent_types.outbound|agent_types|Outbound agents|outbound||2|3",
        "agent_types.chat|agent_types|Chat agents|chat||0|5",
      ]),
    Case(
      source: "show permissions of where plan = \"pro\" columns `permission`, `have`, flags "
        + "sort by `have` desc, `permission` limit 2",
      lines: [
        "permission|have|flags", "general.assistants|2|always", "agent_types.inbound|1|",
      ]),
    Case(
      source: "show attributes",
      lines: [
        "attribute|type|set|distinct", "email|text|1|1", "concurrency|number|0|0",
        "max_agents|number or unlimited|0|0", "max_minutes|number or unlimited|3|3",
        "max_workflow_runs|number or unlimited|0|0", "minutes_used|number|0|0", "plan|text|3|2",
      ]),
    Case(
      source: """
        define $starter as permissions inbound, logs
        define $dentists as subaccounts where name ~ "*dental*"
        show definitions sort by definition desc
        """,
      lines: [
        "definition|kind|text", "starter|permissions|inbound, logs",
        "dentists|subaccounts|where name ~ \"*dental*\"",
      ]),
    Case(
      source: """
        define policy quiet as no subaccounts having chat because "FIN-77"
        show policies
        """,
      lines: ["policy|text|because", "quiet|having chat|FIN-77"]),
    Case(
      source: "define policy quiet as no subaccounts having chat; check",
      lines: ["policy|holds|violators|because", "quiet|true||-"]),
    Case(source: "check", lines: ["policy|holds|violators|because"]),
  ]

  @Test("a report has its fields and rows", arguments: cases)
  func reports(_ test: Case) throws {
    let run = CollectedRun(test.source, on: try ModelAgency.small.store())
    #expect(run.messages == [])
    let table = try #require(run.tables.first)
    #expect(table.lines(for: .flat) == test.lines)
    #expect(table.lines(for: .objects) == test.lines)
    #expect(table.isSingleObject == test.isSingleObject)
  }

  @Test("a policy that is broken names its violators")
  func violators() throws {
    let run = CollectedRun(
      """
      begin
      define policy trials as no subaccounts where plan = "trial" having inbound because "FIN-77"
      check policy trials
      rollback
      """, on: try ModelAgency.small.store())
    #expect(run.messages == [])
    #expect(run.tables.first?.lines(for: .flat).last == "trials|false|Harbor Law|FIN-77")
    #expect(run.tables.first?.footer == "0 of 1 policy holds")
  }

  @Test("counting by permission has a row for each")
  func permissions() throws {
    let run = CollectedRun("count by permission", on: try ModelAgency.small.store())
    let lines = try #require(run.tables.first?.lines(for: .flat))
    #expect(lines.count == 37)
    #expect(
      lines.prefix(3) == ["permission|count", "general.assistants|5", "general.knowledge_base|0"])
    #expect(lines.contains("agent_types.outbound|2"))
  }

  @Test("the store tells about itself in one object")
  func store() throws {
    let run = CollectedRun("show store", on: try ModelAgency.small.store())
    let table = try #require(run.tables.first)
    #expect(table.isSingleObject)
    #expect(table.texts(of: "subaccounts") == ["5"])
    #expect(table.texts(of: "protected") == ["1"])
    #expect(table.texts(of: "permissions") == ["36"])
    #expect(table.texts(of: "changes") == ["1"])
  }
}
