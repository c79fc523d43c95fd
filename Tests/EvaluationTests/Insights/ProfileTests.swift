import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("show profiles")
struct ProfileTests {
  /// Each set with its holders, the most frequent first.
  private func expected(_ world: InsightWorld, _ places: [Int]) -> [String] {
    var sets: [(set: Set<String>, holders: [Int])] = []
    for place in places {
      let set = world.agency.subaccounts[place].permissions
      if let index = sets.firstIndex(where: { $0.set == set }) {
        sets[index].holders.append(place)
      } else {
        sets.append((set, [place]))
      }
    }
    let ranked = sets.enumerated().sorted { left, right in
      let (a, b) = (left.element.holders.count, right.element.holders.count)
      return a == b ? left.offset < right.offset : a > b
    }.map(\.element)
    var covered = 0
    return ranked.enumerated().map { index, entry in
      covered += entry.holders.count
      let names = world.agency.permissions.map(\.canonical).filter { entry.set.contains($0) }
      func share(_ part: Int) -> String {
        ResultValue.number(Double(part) / Double(places.count)).plain
      }
      return [
        String(index + 1), String(entry.holders.count), names.joined(separator: ";"),
        share(entry.holders.count), share(covered),
        world.agency.subaccounts[entry.holders[0]].name,
      ].joined(separator: "|")
    }
  }

  @Test("profiles are what a look at every subaccount finds", arguments: 0..<14)
  func law(seed: Int) throws {
    // So many permissions take one word a row, two, and three.
    var world = try InsightWorld(seed: seed, permissions: [0, 30, 100][seed % 3])
    let all = Array(world.agency.subaccounts.indices)
    let columns = "columns profile, `count`, `permissions`, share, covered, example"
    let whole = CollectedRun("show profiles \(columns)", on: world.store)
    #expect(whole.status == .done, "\(whole.messages)")
    #expect(whole.tables[0].lines(for: .objects).dropFirst() == expected(world, all)[...])
    for _ in 0..<4 {
      let selection = world.agency.randomSelection(using: &world.generator)
      let run = CollectedRun(
        "show profiles of \(selection.source) \(columns)", on: world.store)
      #expect(run.status == .done, "\(run.messages)")
      #expect(
        run.tables[0].lines(for: .flat).dropFirst()
          == expected(world, world.agency.indices(of: selection))[...],
        "\(selection.source)")
    }
  }

  struct Case: CustomTestStringConvertible {
    let source: String
    let lines: [String]
    let footer: String
    var testDescription: String { source }
  }

  static let cases = [
    Case(
      source: "show profiles",
      lines: [
        "profile|count|permissions",
        "1|1|general.assistants;agent_types.inbound;agent_types.outbound",
        "2|1|general.assistants;agent_types.inbound", "3|1|general.assistants;general.logs",
        "4|1|general.assistants", "5|1|general.assistants;agent_types.outbound",
      ],
      footer: "5 profiles of 5 subaccounts: the largest covers 20%, the largest 3 cover 60%"),
    Case(
      source: "show profiles of having logs",
      lines: ["profile|count|permissions", "1|1|general.assistants;general.logs"],
      footer: "1 profile of 1 of 5 subaccounts"),
    Case(
      source: "show profiles of where plan = \"none\"", lines: ["profile|count|permissions"],
      footer: "no profiles: 0 of 5 subaccounts"),
    Case(
      source: "show profiles columns profile, `count` sort by profile desc limit 2",
      lines: ["profile|count", "5|1", "4|1"],
      footer: "the first 2 of 5 profiles of 5 subaccounts: the largest covers 20%, "
        + "the largest 3 cover 60%"),
    Case(
      source: "show profiles as of change 0", lines: ["profile|count|permissions"],
      footer: "no profiles: 0 subaccounts"),
  ]

  @Test("profiles take what lists take", arguments: cases)
  func lists(test: Case) throws {
    let run = CollectedRun(test.source, on: try ModelAgency.small.store())
    #expect(run.status == .done, "\(run.messages)")
    #expect(run.tables[0].lines(for: .flat) == test.lines)
    #expect(run.tables[0].footer == test.footer)
  }
}
