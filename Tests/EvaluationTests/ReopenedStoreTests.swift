import Diagnostics
import Evaluation
import Foundation
import Storage
import Testing

/// Random statements on a store of files that is opened anew at random, and the naive model beside it.
@Suite("Reopened stores")
struct ReopenedStoreTests {
  private static let context = CommitContext(
    actor: "tester", user: "tester", host: "test", script: nil, time: 1_790_000_040_000)

  /// A store, the model, and what both were after each change.
  private struct World {
    var generator: SeededGenerator
    var agency: ModelAgency
    var store: Store
    let path: Text
    var now = context.time
    private(set) var states: [[ModelAgency.Subaccount]] = [[]]

    init(seed: Int, in folder: String) throws {
      generator = SeededGenerator(seed: seed)
      agency = ModelAgency.random(generator.pick([3, 40, 150]), using: &generator)
      path = Text("\(folder)/agency.permdb")
      store = try Store.open(path)
      try agency.fill(store, declared: RandomWords.attributes)
      states.append(agency.subaccounts)
    }

    mutating func step(_ number: Int) throws {
      let statement = agency.randomStatement(number, using: &generator)
      now += 60_000
      let run = CollectedRun(statement.source, on: store, now: now)
      let expected = agency.apply(statement, now: now)
      let found = ModelAgency(store.table).subaccounts
      agency.learnIDs(from: found)
      if store.lastChange == states.count { states.append(agency.subaccounts) }
      try #require(found == agency.subaccounts, "\(statement.source): \(run.messages)")
      let hasChanged = if case .done(_, let changed, _) = expected { changed > 0 } else { false }
      #expect(run.changes.contains { $0.change == store.lastChange } == hasChanged)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: store = try Store.open(path)
      case 1:
        _ = try store.takeSnapshot(context)
        store = try Store.open(path)
      case 2: try store.refresh()
      default: break
      }
      try compare(statement.source)
    }

    /// Compares state, counts, history and a random moment of the past.
    private mutating func compare(_ source: String) throws {
      let last = store.lastChange
      try #require(last == states.count - 1, "\(source)")
      try #require(ModelAgency(store.table).subaccounts == agency.subaccounts, "\(source)")
      let change = Int.random(in: 0...last, using: &generator)
      let then = try store.table(asOf: change)
      try #require(ModelAgency(then).subaccounts == states[change], "as of \(change) of \(last)")
      let holder = "agent_types.outbound"
      let run = CollectedRun(
        "count; count having outbound as of change \(change); show changes", on: store, now: now)
      try #require(run.tables.count == 3, "\(run.messages)")
      let holders = states[change].count { $0.permissions.contains(holder) }
      #expect(run.tables[0].texts(of: "count") == [String(agency.subaccounts.count)])
      #expect(run.tables[1].texts(of: "count") == [String(holders)])
      #expect(run.tables[2].rowCount == last)
    }
  }

  @Test("state, history and past are the model's, however often it is opened", arguments: 0..<6)
  func reopened(seed: Int) throws {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/evaluation-tests-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var world = try World(seed: 900 + seed, in: folder)
    for number in 1...30 { try world.step(number) }
    #expect(try Store.verify(world.path).changes == world.store.lastChange)
  }
}
