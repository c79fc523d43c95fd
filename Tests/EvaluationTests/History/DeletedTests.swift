import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("questions about who was deleted")
struct DeletedTests {
  /// Changes 1 to 3 create Acme, Borg and Cyan; 4 grants Borg chat, 5 renames and 6 deletes it.
  static func bench() -> Bench {
    let bench = Bench.standard()
    bench.run("grant chat to \"Borg\"")
    bench.run("rename \"Borg\" to \"Borgia\"")
    bench.run("delete subaccounts \"Borgia\"")
    return bench
  }

  @Test("changes of a deleted subaccount are found by its last name and by its id")
  func changes() {
    let bench = Self.bench()
    let id = bench.store.table.id(of: Row(1))
    for reference in ["\"Borgia\"", "#\(id)"] {
      let result = bench.run("show changes of \(reference)")
      #expect(result.status == .done, "\(result.messages)")
      #expect(result.tables[0].texts(of: "change") == ["6", "5", "4", "2"])
      #expect(result.diagnostics.isEmpty)
    }
    #expect(
      bench.run("show changes of \"Borgia\" to chat").tables[0].texts(of: "change") == ["4"])
  }

  @Test("who was deleted has the changes that a look at every state finds", arguments: 0..<8)
  func law(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 25)
    // Somebody is deleted in every history.
    if let first = world.state.first {
      world.run("delete subaccounts #\(first.id) including protected")
    }
    let living = Set(world.state.map(\.id))
    let ids = Set(world.states.flatMap { $0.map(\.id) }).subtracting(living)
    for id in ids.sorted().prefix(10) {
      func found(_ change: Int) -> ModelAgency.Subaccount? {
        world.states[change].first { $0.id == id }
      }
      let touching = (1...world.store.lastChange).filter { found($0 - 1) != found($0) }
      let run = CollectedRun("show changes of #\(id)", on: world.store)
      #expect(run.status == .done, "\(run.messages)")
      #expect(
        run.tables.first?.texts(of: "change") == touching.reversed().map(String.init), "\(id)")
    }
    #expect(!ids.isEmpty || world.states.allSatisfy(\.isEmpty))
  }

  @Test("its differences are told: it lost what it had")
  func differences() {
    let table = Self.bench().run("show differences since change 3 of \"Borgia\"").tables[0]
    #expect(table.texts(of: "name") == ["Borgia"])
    #expect(table.texts(of: "lost") == ["general.assistants;agent_types.inbound"])
  }

  @Test("saved and listed subaccounts may have been deleted since")
  func frozen() {
    let bench = Bench.standard()
    let result = bench.run(
      """
      let $gone = subaccounts "Borg"
      show subaccounts "Borg", "Cyan"
      delete subaccounts $gone
      show changes of $gone
      show changes of those
      show subaccounts those columns name
      """)
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.tables[1].texts(of: "change") == ["4", "2"])
    #expect(result.tables[2].texts(of: "change") == ["4", "3", "2"])
    #expect(result.tables[3].texts(of: "name") == ["Cyan"])
  }

  @Test("who is there comes before who was, with a note")
  func namesakes() {
    let bench = Self.bench()
    bench.run("create subaccount \"Borgia\" with nothing")
    let first = bench.run("show changes of \"Borgia\"")
    #expect(first.tables[0].texts(of: "change") == ["7"])
    #expect(first.codes == ["N0427"])
    #expect(first.messages == ["1 deleted subaccount was named 'Borgia' too"])
    bench.run("delete subaccounts \"Borgia\"")
    let second = bench.run("show changes of \"Borgia\"")
    #expect(second.errors.map(\.code) == ["E0422"])
  }

  @Test(
    "what is about now knows nobody who was deleted",
    arguments: [
      "show \"Borgia\"", "count \"Borgia\"", "grant chat to \"Borgia\"",
      "show profiles of \"Borgia\"",
      "why \"Borgia\" lacks chat",
    ])
  func now(source: String) {
    #expect(Self.bench().run(source).errors.map(\.code) == ["E0420"])
  }

  @Test("who never was is nobody, with the nearest names")
  func never() {
    let result = Self.bench().run("show changes of \"Acmee\"")
    #expect(result.errors.map(\.code) == ["E0420"])
    #expect(result.errors.first?.label == "did you mean 'Acme'?")
  }
}
