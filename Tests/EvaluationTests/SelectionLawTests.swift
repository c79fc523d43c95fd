import Diagnostics
import Evaluation
import Storage
import Testing

/// Laws of language.md section 3 on random agencies, through the whole way from source text.
@Suite("Laws of selections")
struct SelectionLawTests {
  /// A random agency, its store, and random words about it.
  private struct World {
    var generator: SeededGenerator
    let agency: ModelAgency
    let store: Store

    init(seed: Int) throws {
      generator = SeededGenerator(seed: seed)
      // Around 64 the store changes from looking at single rows to whole columns.
      let size = generator.pick([0, 1, 7, 40, 63, 64, 65, 130, 200])
      agency = ModelAgency.random(size, using: &generator)
      store = try agency.store(declared: RandomWords.attributes)
    }

    /// The ids that each selection lists, in order.
    func ids(of selections: [String]) -> [[String]] {
      let script = selections.map { "show subaccounts \($0) columns id" }.joined(separator: "\n")
      let run = CollectedRun(script, on: store)
      #expect(run.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
      return run.tables.map { $0.texts(of: "id") }
    }

    /// Expects that two selections of each pair list the same.
    func expectSame(_ pairs: [(String, String)]) {
      let lists = ids(of: pairs.flatMap { [$0.0, $0.1] })
      guard lists.count == pairs.count * 2 else {
        Issue.record("some selections did not run")
        return
      }
      for (index, pair) in pairs.enumerated() {
        #expect(lists[2 * index] == lists[2 * index + 1], "\(pair.0) and \(pair.1)")
      }
    }

    mutating func condition() -> String { agency.randomCondition(using: &generator).source }
  }

  @Test("every selection lists what the naive model lists", arguments: 0..<24)
  func model(seed: Int) throws {
    var world = try World(seed: seed)
    var selections: [ModelSelection] = []
    for _ in 0..<60 {
      selections.append(world.agency.randomSelection(using: &world.generator))
    }
    let lists = world.ids(of: selections.map(\.source))
    try #require(lists.count == selections.count)
    for (selection, list) in zip(selections, lists) {
      let expected = world.agency.indices(of: selection).map { world.agency.subaccounts[$0].id }
      #expect(list == expected, "\(selection.source)")
    }
  }

  @Test("having and lacking one permission part any selection", arguments: 100..<108)
  func partition(seed: Int) throws {
    var world = try World(seed: seed)
    var sources: [String] = []
    for _ in 0..<20 {
      let permission = world.generator.pick(world.agency.permissions).canonical
      let selection = "where \(world.condition())"
      sources += [
        selection, "\(selection) having \(permission)", "\(selection) lacking \(permission)",
      ]
    }
    let lists = world.ids(of: sources)
    try #require(lists.count == sources.count)
    for index in stride(from: 0, to: lists.count, by: 3) {
      let (all, having, lacking) = (lists[index], lists[index + 1], lists[index + 2])
      #expect(Set(having).isDisjoint(with: lacking))
      #expect(Set(having).union(lacking) == Set(all))
    }
  }

  @Test("De Morgan, double negation and excluded middle hold", arguments: 200..<210)
  func negation(seed: Int) throws {
    var world = try World(seed: seed)
    var pairs: [(String, String)] = []
    for _ in 0..<10 {
      let (a, b) = (world.condition(), world.condition())
      pairs += [
        ("where not (\(a) or \(b))", "where not \(a) and not \(b)"),
        ("where not (\(a) and \(b))", "where not \(a) or not \(b)"),
        ("where not not \(a)", "where \(a)"), ("where \(a) or not \(a)", "all"),
        ("where \(a) and not \(a)", "all except (all)"),
        ("all except (where \(a))", "where not \(a)"),
        ("where \(a) where \(b)", "where \(a) and \(b)"),
      ]
    }
    world.expectSame(pairs)
  }

  @Test("every operator with 'not' in it is the negation of the one without", arguments: 300..<306)
  func negatedOperators(seed: Int) throws {
    var world = try World(seed: seed)
    var pairs: [(String, String)] = []
    for (name, _) in RandomWords.attributes {
      let values = (0..<3).map { _ in
        RandomWords.value(of: name, using: &world.generator).source
      }
      pairs += [
        ("where \(name) != \(values[0])", "where not \(name) = \(values[0])"),
        (
          "where \(name) not in (\(values.joined(separator: ", ")))",
          "where not \(name) in (\(values.joined(separator: ", ")))"
        ),
        (
          "where \(name) in (\(values.joined(separator: ", ")))",
          "where \(values.map { "\(name) = \($0)" }.joined(separator: " or "))"
        ),
        ("where \(name) is not set", "where not \(name) is set"),
      ]
      let many = (0..<12).map { _ in
        RandomWords.value(of: name, using: &world.generator).source
      }
      pairs.append(
        (
          "where \(many.map { "\(name) = \($0)" }.joined(separator: " or ")) or plan = \"pro\"",
          "where \(name) in (\(many.joined(separator: ", "))) or plan in (\"pro\", \"pro\")"
        ))
      guard name != "active" else { continue }
      pairs += [
        (
          "where \(name) between \(values[0]) and \(values[1])",
          "where \(name) >= \(values[0]) and \(name) <= \(values[1])"
        ),
        (
          "where \(name) < \(values[0]) or \(name) >= \(values[0])",
          "where \(name) is set"
        ),
      ]
    }
    for pattern in RandomWords.patterns {
      pairs.append(("where plan !~ \(quoted(pattern))", "where not plan ~ \(quoted(pattern))"))
    }
    world.expectSame(pairs)
  }

  @Test("the forms with 'any' are unions, those without intersections", arguments: 400..<406)
  func anyForms(seed: Int) throws {
    var world = try World(seed: seed)
    var pairs: [(String, String)] = []
    for _ in 0..<10 {
      let a = world.generator.pick(world.agency.permissions).canonical
      let b = world.generator.pick(world.agency.permissions).canonical
      pairs += [
        ("having \(a), \(b)", "having \(a) having \(b)"),
        ("having any \(a), \(b)", "where having \(a) or having \(b)"),
        ("lacking \(a), \(b)", "lacking \(a) lacking \(b)"),
        ("lacking any \(a), \(b)", "where lacking \(a) or lacking \(b)"),
        ("lacking any \(a), \(b)", "where not having \(a), \(b)"),
        ("lacking \(a), \(b)", "where not having any \(a), \(b)"),
      ]
    }
    world.expectSame(pairs)
  }

  @Test("a list is sorted stably by each key in turn, unset values last", arguments: 500..<508)
  func sorting(seed: Int) throws {
    var world = try World(seed: seed)
    for _ in 0..<12 {
      let keys = (0..<2).map { _ in
        let names = RandomWords.attributes.map(\.name) + ["name", "protected", "created"]
        let isDescending = Bool.random(using: &world.generator)
        return (name: world.generator.pick(names), isDescending: isDescending)
      }
      let clause = keys.map { "\($0.name)\($0.isDescending ? " desc" : "")" }
      let source = "show subaccounts columns id sort by \(clause.joined(separator: ", "))"
      let run = CollectedRun(source, on: world.store)
      let expected = world.agency.subaccounts.enumerated().sorted { left, right in
        for key in keys {
          let a = left.element.value(of: key.name)
          let b = right.element.value(of: key.name)
          guard let a, let b else {
            if (a == nil) != (b == nil) { return b == nil }
            continue
          }
          if !(a == b) { return key.isDescending ? b < a : a < b }
        }
        return left.offset < right.offset
      }
      #expect(run.tables.first?.texts(of: "id") == expected.map(\.element.id), "\(source)")
    }
  }
}
