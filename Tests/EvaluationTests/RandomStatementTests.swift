import Diagnostics
import Evaluation
import Storage
import Testing

/// Random statements through a session, and the naive model beside it.
@Suite("Random statements")
struct RandomStatementTests {
  private struct World {
    var generator: SeededGenerator
    var agency: ModelAgency
    let store: Store
    var now: Int64 = 1_790_000_040_000

    init(seed: Int) throws {
      generator = SeededGenerator(seed: seed)
      agency = ModelAgency.random(generator.pick([0, 5, 30, 80]), using: &generator)
      store = try agency.store(declared: RandomWords.attributes)
    }

    var state: [ModelAgency.Subaccount] { ModelAgency(store.table).subaccounts }

    mutating func statement(_ number: Int) -> ModelStatement {
      agency.randomStatement(number, using: &generator)
    }
  }

  @Test("after each statement the state and the counts are the model's", arguments: 0..<12)
  func model(seed: Int) throws {
    var world = try World(seed: seed)
    for number in 1...40 {
      let statement = world.statement(number)
      let source = statement.source
      let change = world.store.lastChange
      world.now += 60_000
      let reach = CollectedRun.reach(of: source, on: world.store, now: world.now)
      let run = CollectedRun(source, on: world.store, now: world.now)
      let expected = world.agency.apply(statement, now: world.now)
      world.agency.learnIDs(from: world.state)
      switch expected {
      case .failed(let status):
        #expect(run.status == status, "\(source): \(run.messages)")
        #expect(run.changes.isEmpty)
      case .done(let matched, let changed, let protected):
        #expect(run.status == .done, "\(source): \(run.messages)")
        let summary = try #require(run.changes.first, "\(source)")
        #expect(summary.matched == matched, "\(source)")
        #expect(summary.changed == changed, "\(source)")
        #expect(reach == nil || reach?.changed == changed, "\(source)")
        #expect(summary.protected == protected, "\(source)")
        #expect(summary.already == matched - changed - protected, "\(source)")
        #expect(summary.change == (changed > 0 ? change + 1 : nil), "\(source)")
      }
      try #require(world.state == world.agency.subaccounts, "\(source)")
      read(&world)
    }
  }

  /// A random question, answered by both.
  private func read(_ world: inout World) {
    let selection = world.agency.randomSelection(using: &world.generator)
    let rows = world.agency.indices(of: selection).map { world.agency.subaccounts[$0] }
    let run = CollectedRun(
      "count \(selection.source); count \(selection.source) by plan", on: world.store)
    guard run.tables.count == 2 else {
      Issue.record("\(selection.source): \(run.messages)")
      return
    }
    #expect(run.tables[0].texts(of: "count") == [String(rows.count)], "\(selection.source)")
    let unset = rows.count { $0.attributes["plan"] == nil }
    let counts = run.tables[1].texts(of: "count").compactMap(Int.init)
    #expect(counts.reduce(0, +) == rows.count, "\(selection.source)")
    if unset > 0 { #expect(counts.last == unset, "\(selection.source)") }
    #expect(
      run.tables[1].rowCount
        == Set(
          rows.map { subaccount -> [Unicode.Scalar]? in
            if case .text(let text)? = subaccount.attributes["plan"] {
              Array(text.unicodeScalars)
            } else {
              nil
            }
          }
        ).count, "\(selection.source)")
  }

  @Test("what a preview shows is what the statement then does", arguments: 100..<108)
  func preview(seed: Int) throws {
    var world = try World(seed: seed)
    for number in 1...15 {
      let statement = world.statement(number)
      switch statement.action {
      case .grant, .revoke, .grantOnly, .copy: break
      default: continue
      }
      let before = world.agency
      let run = CollectedRun("preview \(statement.source)", on: world.store)
      #expect(world.state == before.subaccounts, "\(statement.source)")
      guard case .done(_, let changed, _) = world.agency.apply(statement, now: world.now) else {
        #expect(run.status != .done, "\(statement.source)")
        continue
      }
      let table = try #require(run.tables.first, "\(statement.source): \(run.messages)")
      #expect(table.rowCount == changed, "\(statement.source)")
      let changes = zip(before.subaccounts, world.agency.subaccounts).filter { $0 != $1 }
      #expect(table.texts(of: "id") == changes.map(\.0.id), "\(statement.source)")
      let names = before.permissions.map(\.canonical)
      #expect(
        table.texts(of: "gained")
          == changes.map { old, new in
            names.filter { new.permissions.contains($0) && !old.permissions.contains($0) }
              .joined(separator: ";")
          }, "\(statement.source)")
      #expect(
        table.texts(of: "lost")
          == changes.map { old, new in
            names.filter { old.permissions.contains($0) && !new.permissions.contains($0) }
              .joined(separator: ";")
          }, "\(statement.source)")
      _ = CollectedRun(statement.source, on: world.store)
      try #require(world.state == world.agency.subaccounts, "\(statement.source)")
    }
  }

  @Test("a script that fails, or rolls back, changes nothing", arguments: 200..<208)
  func atomicity(seed: Int) throws {
    var world = try World(seed: seed)
    let before = world.state
    var statements: [String] = []
    // The model runs along, so that later statements name those whom earlier ones make.
    for number in 1...12 {
      let statement = world.statement(number)
      guard case .done = world.agency.apply(statement, now: world.now) else { continue }
      statements.append(statement.source)
    }
    let script = statements.joined(separator: "\n")
    let endings = [
      ("", "\nassert at least 1000 subaccounts", ExitStatus.unexpected),
      ("", "\nshow \"nobody at all\"", .failed), ("", "\ngrant outbond to all", .unusable),
      ("begin\n", "\nrollback", .done),
    ]
    for (start, end, status) in endings {
      let run = CollectedRun(start + script + end, on: world.store)
      #expect(run.status == status, "\(run.messages)")
      #expect(world.state == before)
      #expect(world.store.lastChange == 1)
    }
    let run = CollectedRun(script, on: world.store, now: world.now)
    #expect(run.status == .done, "\(run.messages)")
    world.agency.learnIDs(from: world.state)
    #expect(world.state == world.agency.subaccounts)
  }
}
