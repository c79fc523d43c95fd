import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("chart")
struct ChartTests {
  @Test("bars are what a look at every cell counts", arguments: 0..<7)
  func law(seed: Int) throws {
    var world = try InsightWorld(seed: seed)
    for (name, value) in InsightWorld.groupings where !["id", "name", "created"].contains(name) {
      let selection = world.agency.randomSelection(using: &world.generator)
      let groups = world.groups(of: world.agency.indices(of: selection), by: value)
      let run = CollectedRun("chart permissions of \(selection.source) by \(name)", on: world.store)
      #expect(run.status == .done, "\(run.messages)")
      var lines = ["permission|group|have|lack|share"]
      for permission in world.agency.permissions.map(\.canonical) {
        for (group, members) in groups {
          let have = members.count {
            world.agency.subaccounts[$0].permissions.contains(permission)
          }
          let share = ResultValue.number(Double(have) / Double(members.count)).plain
          lines.append(
            "\(permission)|\(group?.shown ?? "-")|\(have)|\(members.count - have)|\(share)")
        }
      }
      #expect(run.tables[0].lines(for: .objects) == lines, "by \(name)")
    }
  }

  @Test("without groups there is a bar for each permission")
  func permissions() throws {
    let store = try ModelAgency.small.store()
    let table = CollectedRun("chart permissions of where plan = \"pro\"", on: store).tables[0]
    #expect(table.presentation == .bars(labels: 1, length: 3))
    #expect(table.rowCount == 36)
    #expect(table.lines(for: .flat)[0] == "permission|have|lack|share")
    #expect(table.lines(for: .flat).contains("agent_types.outbound|1|1|0.5"))
    #expect(table.footer == "2 of 5 subaccounts")
    let none = CollectedRun("chart permissions as of change 0", on: store).tables[0]
    #expect(none.lines(for: .flat)[1] == "general.assistants|0|0|-")
  }

  @Test("a chart has room for the fifty largest groups, in their order")
  func manyGroups() {
    let bench = Bench()
    let names = (100...159).map { "\"S\($0)\"" }
    bench.run("create subaccount \(names.joined(separator: ", ")) with nothing")
    bench.run("set team = \"S159\" for \"S159\", \"S100\"; set team = \"S100\" for \"S101\"")
    let result = bench.run("chart permissions by name")
    let table = result.tables[0]
    #expect(table.rowCount == 36 * 50)
    #expect(
      table.texts(of: "group").prefix(50)
        == names.prefix(50).map { String($0.dropFirst().dropLast()) }[...])
    #expect(table.footer == "60 subaccounts in 60 groups")
    #expect(result.codes == ["N0428"])
    #expect(result.messages == ["the chart shows the 50 largest of 60 groups"])
    #expect(bench.run("chart permissions by team").codes.isEmpty)
  }

  /// Changes on days that the table says, by two actors.
  private static func history() -> Bench {
    let bench = Bench()
    let day: Int64 = 86_400_000
    // Monday 2026-11-02 is the first.
    let start: Int64 = 1_793_577_600_000
    for (days, actor, script) in [
      (0, "anna", "create subaccount \"A\" with inbound"),
      (0, "anna", "grant outbound to all"),
      (2, "nightly", "grant chat to all"),
      (6, "nightly", "revoke chat, outbound from all"),
      (7, "anna", "grant logs to all; grant widget to all"),
    ] {
      let now = start + Int64(days) * day + 3_600_000
      bench.options = SessionOptions(actor: Text(actor), user: "os-user", host: "bench") { now }
      bench.run(script)
    }
    return bench
  }

  struct Case: CustomTestStringConvertible {
    let source: String
    let lines: [String]
    let footer: String
    var testDescription: String { source }
  }

  static let cases = [
    Case(
      source: "chart changes",
      lines: [
        "day|changes|gained|lost", "2026-11-02|2|3|0", "2026-11-04|1|1|0", "2026-11-08|1|0|2",
        "2026-11-09|2|2|0",
      ], footer: "6 changes"),
    Case(
      source: "chart changes by week since change 1",
      lines: ["week|changes|gained|lost", "2026-11-02|3|2|2", "2026-11-09|2|2|0"],
      footer: "5 of 6 changes"),
    Case(
      source: "chart changes since 2026-11-08 by actor",
      lines: ["actor|changes|gained|lost", "anna|2|2|0", "nightly|1|0|2"],
      footer: "3 of 6 changes"),
    Case(
      source: "chart changes since now", lines: ["day|changes|gained|lost"],
      footer: "no changes since then: the last of 6 changes was at 2026-11-09T01:00Z"),
  ]

  @Test("changes are counted by day, week and actor", arguments: cases)
  func changes(test: Case) {
    let result = Self.history().run(test.source)
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.tables[0].lines(for: .flat) == test.lines)
    #expect(result.tables[0].footer == test.footer)
  }

  @Test("a store without changes says so")
  func empty() {
    let table = Bench().run("chart changes by actor").tables[0]
    #expect(table.rowCount == 0)
    #expect(table.footer == "no changes")
  }

  @Test("changes of a transaction that is open count, and days before 1970 are days")
  func pendingAndEarly() {
    let bench = Bench()
    bench.options = SessionOptions(actor: "a", user: "u", host: "h") { -1 }
    let table = bench.run("create subaccount \"A\"\nchart changes by week").tables[0]
    #expect(table.lines(for: .flat) == ["week|changes|gained|lost", "1969-12-29|1|1|0"])
  }
}
