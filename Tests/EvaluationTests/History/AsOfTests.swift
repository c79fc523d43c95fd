import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("as of")
struct AsOfTests {
  @Test("as of each change is the state just after it", arguments: 0..<6)
  func replay(seed: Int) throws {
    let world = try HistoryWorld(seed: seed, changes: 40)
    #expect(world.store.lastChange >= 20)
    for change in 0...world.store.lastChange {
      let table = try world.store.table(asOf: change)
      #expect(ModelAgency(table).subaccounts == world.states[change], "change \(change)")
    }
  }

  @Test("a query as of a change answers as it would have then", arguments: 10..<14)
  func queries(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 25)
    for _ in 0..<20 {
      let change = world.pick(0...world.store.lastChange)
      let names = world.states[change].map(\.name)
      let lacking = world.states[change].filter { !$0.permissions.contains("agent_types.outbound") }
      let run = CollectedRun(
        """
        show subaccounts columns name as of change \(change)
        count lacking outbound as of change \(change)
        count by permission as of change \(change)
        show matrix outbound as of change \(change)
        """, on: world.store)
      #expect(run.status == .done, "\(run.messages)")
      #expect(run.tables[0].texts(of: "name") == names)
      #expect(run.tables[1].texts(of: "count") == [String(lacking.count)])
      #expect(run.tables[3].rowCount == names.count)
    }
  }

  struct Moment: CustomTestStringConvertible {
    let time: String
    let count: String
    var testDescription: String { time }
  }

  static let written = [
    Moment(time: "change 0", count: "0"), Moment(time: "change 1", count: "1"),
    Moment(time: "change 2", count: "2"), Moment(time: "change 4", count: "2"),
    Moment(time: "1999-12-31", count: "0"), Moment(time: "now", count: "2"),
    Moment(time: "2026-09-21T14:13Z", count: "0"), Moment(time: "2026-09-21T14:14Z", count: "2"),
  ]

  @Test("times and change numbers both name a moment", arguments: written)
  func moments(input: Moment) {
    let bench = Bench.standard()
    bench.run("delete subaccounts \"Borg\"")
    let result = bench.run("count as of \(input.time)")
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.tables.map { $0.texts(of: "count") } == [[input.count]])
  }

  @Test("what is named today and was not there yet, nobody had")
  func laterNames() {
    let bench = Bench.standard()
    bench.run(
      """
      create permission integrations.zapier label "Zapier"
      grant zapier to all
      set tier = 3 for all
      """)
    let result = bench.run(
      """
      count having zapier as of change 2
      count where tier is set as of change 2
      count lacking zapier as of change 4
      show "Borg" as of change 2
      show subaccounts columns name, zapier, tier as of change 2
      show attributes as of change 0
      show permissions zapier as of change 1
      """)
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.tables[0].texts(of: "count") == ["0"])
    #expect(result.tables[1].texts(of: "count") == ["0"])
    #expect(result.tables[2].texts(of: "count") == ["3"])
    #expect(
      result.tables[4].lines(for: .objects) == [
        "name|integrations.zapier|tier", "Acme|false|-", "Borg|false|-",
      ])
  }

  @Test("a name that nobody had then is an error; names are those of then")
  func names() {
    let bench = Bench.standard()
    bench.run("rename \"Borg\" to \"Borgia\"")
    #expect(bench.run("show \"Borg\" as of change 3").status == .done)
    #expect(bench.run("show \"Borgia\" as of change 3").errors.map(\.code) == ["E0420"])
    #expect(bench.run("show \"Cyan\" as of change 2").errors.map(\.code) == ["E0420"])
    #expect(bench.run("count as of change 7").errors.map(\.code) == ["E0216"])
  }

  @Test("changed and changed_by are as of then too")
  func changed() {
    let bench = Bench.standard()
    bench.options.actor = "anna"
    bench.run("grant chat to all")
    let result = bench.run(
      """
      count where changed_by = "anna" as of change 3
      count where changed_by = "anna" as of change 4
      show subaccounts columns changed_by as of change 3
      """)
    #expect(result.tables[0].texts(of: "count") == ["0"])
    #expect(result.tables[1].texts(of: "count") == ["3"])
    #expect(result.tables[2].texts(of: "changed_by") == ["tester", "tester", "tester"])
  }

  @Test("the changes of one transaction are moments of their own, pending ones too")
  func transaction() {
    let bench = Bench.standard()
    let result = bench.run(
      """
      grant chat to "Acme"
      grant chat to "Borg"
      count having chat as of change 4
      count having chat as of change 5
      count having chat as of change 3
      """)
    #expect(result.tables.map { $0.texts(of: "count") } == [["1"], ["2"], ["0"]])
  }

  @Test("an export may be of an earlier moment")
  func export() {
    let bench = Bench.standard()
    bench.run("export to \"then\" as of change 1")
    #expect(bench.files.published == ["then": 1])
  }
}
