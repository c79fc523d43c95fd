import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("show differences and compare")
struct DifferencesTests {
  @Test("differences are those of the two states", arguments: 0..<6)
  func law(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 25)
    let names = ModelAgency.standardPermissions.map(\.canonical)
    for _ in 0..<12 {
      let last = world.pick(0...world.store.lastChange)
      let first = world.pick(0...last)
      let run = CollectedRun(
        "show differences since change \(first) until change \(last)", on: world.store)
      #expect(run.status == .done, "\(run.messages)")
      let (before, after) = (world.states[first], world.states[last])
      var expected: Set<String> = []
      for id in Set((before + after).map(\.id)) {
        let had = before.first { $0.id == id }?.permissions ?? []
        let has = after.first { $0.id == id }?.permissions ?? []
        if had == has { continue }
        expected.insert(
          "\(id)|\(names.filter { has.contains($0) && !had.contains($0) }.joined(separator: ";"))"
            + "|\(names.filter { had.contains($0) && !has.contains($0) }.joined(separator: ";"))")
      }
      let table = run.tables[0]
      let lines = zip(
        table.texts(of: "id"), zip(table.texts(of: "gained"), table.texts(of: "lost"))
      )
      .map { "\($0)|\($1.0)|\($1.1)" }
      #expect(Set(lines) == expected)
      #expect(lines.count == expected.count)
    }
  }

  struct Case: CustomTestStringConvertible {
    let statement: String
    let lines: [String]
    var testDescription: String { statement }
  }

  static let cases = [
    Case(
      statement: "show differences since change 3 columns name, gained, lost",
      lines: [
        "name|gained|lost", "Acme|agent_types.chat|agent_types.inbound",
        "Borg||general.assistants;agent_types.inbound",
      ]),
    Case(
      statement: "show differences since change 3 of \"Cyan\" columns name", lines: ["name"]),
    Case(
      statement: "show differences since change 0 until change 1 columns name, gained",
      lines: ["name|gained", "Acme|general.assistants;agent_types.inbound;agent_types.outbound"]),
    Case(
      statement: "show differences since change 2 columns name sort by name desc limit 2",
      lines: ["name", "Cyan", "Borg"]),
    Case(statement: "show differences since now columns name", lines: ["name"]),
    Case(
      statement: "show differences since change 5 until change 2 columns name", lines: ["name"]),
    Case(
      statement: "compare \"Acme\" with \"Cyan\"",
      lines: [
        "permission|left|right", "agent_types.outbound|true|false", "agent_types.chat|true|false",
      ]),
    Case(
      statement: "compare \"Acme\" as of change 3 with \"Acme\"",
      lines: [
        "permission|left|right", "agent_types.inbound|true|false", "agent_types.chat|false|true",
      ]),
    Case(
      statement: "compare \"Borg\" as of change 2 with \"Acme\" as of change 1",
      lines: ["permission|left|right", "agent_types.outbound|false|true"]),
    Case(
      statement: "compare \"Acme\" with \"Acme\"", lines: ["permission|left|right"]),
  ]

  static func bench() -> Bench {
    let bench = Bench.standard()
    bench.run(
      """
      grant chat to "Acme", "Borg"
      revoke chat from "Borg"
      revoke inbound from "Acme"
      delete subaccounts "Borg"
      """)
    return bench
  }

  @Test("only what differs is listed", arguments: cases)
  func statements(input: Case) {
    let result = Self.bench().run(input.statement)
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.tables.map { $0.lines(for: .objects) } == [input.lines])
  }

  @Test("people are told what is compared, and which attributes differ")
  func words() {
    let bench = Self.bench()
    let table = bench.run("compare \"Acme\" as of change 1 with \"Cyan\"").tables[0]
    #expect(table.heading == "left   \"Acme\" as of change 1\nright  \"Cyan\"")
    #expect(table.footer == "2 of 36 permissions differ; attributes that differ: plan, seats")
    let differences = bench.run("show differences since change 2").tables[0]
    #expect(
      differences.footer
        == "3 subaccounts gained or lost permissions; 1 came into being; 1 deleted")
  }

  @Test("a reference that names nobody at its moment is an error")
  func missing() {
    let bench = Self.bench()
    #expect(bench.run("compare \"Borg\" with \"Acme\"").errors.map(\.code) == ["E0420"])
    #expect(bench.run("compare all with \"Acme\"").status == .unusable)
    #expect(bench.run("compare \"Acme\" as of change 99 with \"Acme\"").status == .failed)
  }
}
