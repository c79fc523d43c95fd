import Diagnostics
import Storage

@testable import Evaluation

/// A random history, and the state after each of its changes.
struct HistoryWorld {
  let store: Store
  /// After change 0, 1, 2 and so on.
  private(set) var states: [[ModelAgency.Subaccount]]
  var generator: SeededGenerator
  private var agency: ModelAgency
  private(set) var now: Int64 = 1_790_000_040_000

  init(seed: Int, changes: Int) throws {
    generator = SeededGenerator(seed: seed)
    agency = ModelAgency.random(generator.pick([3, 12, 40]), using: &generator)
    store = try agency.store(declared: RandomWords.attributes)
    states = [[], ModelAgency(store.table).subaccounts]
    var tries = 0
    while store.lastChange < changes, tries < changes * 10 {
      tries += 1
      step(tries)
    }
  }

  var state: [ModelAgency.Subaccount] { ModelAgency(store.table).subaccounts }

  /// Runs a random statement; not all of them change something.
  mutating func step(_ number: Int) {
    agency.subaccounts = state
    run(agency.randomStatement(number, using: &generator).source)
  }

  /// Runs a script at a later minute; keeps the state after each of its changes.
  @discardableResult
  mutating func run(_ script: String) -> CollectedRun {
    now += 60_000
    let before = store.lastChange
    let run = CollectedRun(script, on: store, now: now)
    if store.lastChange == before + 1 { states.append(state) }
    return run
  }

  mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }
}
