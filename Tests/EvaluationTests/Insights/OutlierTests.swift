import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("show outliers")
struct OutlierTests {
  private func expected(
    _ world: InsightWorld, _ places: [Int], by value: (ModelAgency.Subaccount) -> ModelValue?
  ) -> [String] {
    var found: [(share: Double, line: String)] = []
    for (group, members) in world.groups(of: places, by: value) where members.count >= 10 {
      for permission in world.agency.permissions.map(\.canonical) {
        for has in [true, false] {
          let alike = members.filter {
            world.agency.subaccounts[$0].permissions.contains(permission) == has
          }
          let isRare = alike.count == 1 || alike.count * 20 <= members.count
          guard isRare, alike.count < members.count else { continue }
          let share = Double(alike.count) / Double(members.count)
          for place in alike {
            let subaccount = world.agency.subaccounts[place]
            found.append(
              (
                share,
                [
                  subaccount.id, subaccount.name, group?.shown ?? "-", permission, String(has),
                  ResultValue.number(share).plain,
                ].joined(separator: "|")
              ))
          }
        }
      }
    }
    return found.enumerated().sorted { left, right in
      left.element.share == right.element.share
        ? left.offset < right.offset : left.element.share < right.element.share
    }.map(\.element.line)
  }

  @Test("outliers are what a look at every cell finds", arguments: 0..<14)
  func law(seed: Int) throws {
    var world = try InsightWorld(seed: seed, permissions: [0, 30, 100][seed % 3])
    let all = Array(world.agency.subaccounts.indices)
    let whole = CollectedRun("show outliers", on: world.store)
    #expect(whole.status == .done, "\(whole.messages)")
    #expect(
      whole.tables[0].lines(for: .objects).dropFirst() == expected(world, all) { _ in nil }[...])
    for (name, value) in InsightWorld.groupings {
      let selection = world.agency.randomSelection(using: &world.generator)
      for (source, places) in [
        ("", all), (" of \(selection.source)", world.agency.indices(of: selection)),
      ] {
        let run = CollectedRun("show outliers\(source) by \(name)", on: world.store)
        #expect(run.status == .done, "\(run.messages)")
        #expect(
          run.tables[0].lines(for: .flat).dropFirst() == expected(world, places, by: value)[...],
          "by \(name)\(source)")
      }
    }
  }

  /// `count` subaccounts of which the first `odd` have logs.
  private func bench(_ count: Int, odd: Int) -> Bench {
    let bench = Bench()
    let names = (1...count).map { "\"S\($0)\"" }
    bench.run("create subaccount \(names.joined(separator: ", ")) with nothing")
    if odd > 0 { bench.run("grant logs to \(names.prefix(odd).joined(separator: ", "))") }
    return bench
  }

  @Test(
    "the threshold is what the rule says",
    arguments: [
      (9, 1, 0), (10, 1, 1), (10, 2, 0), (19, 1, 1), (39, 2, 0), (40, 2, 2), (40, 3, 0), (60, 3, 3),
      (60, 4, 0), (60, 57, 3), (60, 56, 0), (60, 60, 0),
    ])
  func threshold(count: Int, odd: Int, outliers: Int) {
    let table = bench(count, odd: odd).run("show outliers").tables[0]
    #expect(table.rowCount == outliers)
  }

  @Test("the rule is said, and who was too few to be judged")
  func footers() {
    let rule =
      "a cell is one if at most 5% of its group agree with it, or nobody else does in a group of "
      + "10 or more"
    let many = bench(40, odd: 2)
    many.run("set plan = \"pro\" for \"S1\", \"S2\", \"S3\"")
    func footer(_ source: String) -> String? { many.run(source).tables[0].footer }
    #expect(footer("show outliers") == "2 outliers in 40 subaccounts: \(rule)")
    #expect(
      footer("show outliers limit 1") == "the first 1 of 2 outliers in 40 subaccounts: \(rule)")
    #expect(
      footer("show outliers by plan")
        == "no outliers in 40 subaccounts: \(rule); 3 subaccounts in smaller groups not judged")
    #expect(
      footer("show outliers of \"S1\"")
        == "no outliers in 1 of 40 subaccounts: \(rule); so few can't be judged")
    #expect(
      footer("show outliers as of change 0") == "no outliers in 0 subaccounts: \(rule)")
  }

  @Test("who changed somebody last is a group like any other")
  func changedBy() {
    let bench = bench(12, odd: 1)
    bench.run("grant chat to all")
    bench.options.actor = "anna"
    bench.run("revoke chat from \"S7\"")
    let table = bench.run("show outliers by changed_by columns name, `group`, `permission`").tables[
      0]
    #expect(
      table.lines(for: .flat) == ["name|group|permission", "S1|tester|general.logs"])
    let changed = bench.run("show outliers by changed").tables[0]
    #expect(changed.texts(of: "name") == ["S1", "S7"])
  }
}
