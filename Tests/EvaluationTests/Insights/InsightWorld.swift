import Storage

@testable import Evaluation

/// A random agency of a few permission sets and some who differ from theirs.
struct InsightWorld {
  let store: Store
  let agency: ModelAgency
  var generator: SeededGenerator

  /// Adds as many `permissions` to the standard ones.
  init(seed: Int, permissions: Int = 0) throws {
    var generator = SeededGenerator(seed: seed)
    let count = [0, 1, 9, 13, 64, 65, 150][seed % 7]
    var agency = ModelAgency.random(count, using: &generator)
    let sets = (0..<3).map { _ in
      agency.alwaysEnabled.union(
        agency.permissions.map(\.canonical).filter { _ in generator.chance(oneIn: 2) })
    }
    for index in agency.subaccounts.indices {
      var set = generator.pick(sets)
      if generator.chance(oneIn: 8) {
        set.formSymmetricDifference([generator.pick(agency.permissions).canonical])
      }
      agency.subaccounts[index].permissions = set.union(agency.alwaysEnabled)
    }
    store = try agency.store(declared: RandomWords.attributes)
    for number in 0..<permissions {
      let always = generator.chance(oneIn: 20) ? " always" : ""
      var script = "create permission more.p\(number) label \"P\(number)\"\(always)\n"
      if always.isEmpty {
        script += "grant more.p\(number) to where permission_count < \(generator.pick([18, 20]))"
      }
      _ = CollectedRun(script, on: store)
    }
    for subaccount in agency.subaccounts where generator.chance(oneIn: 10) {
      _ = CollectedRun("delete subaccounts #\(subaccount.id) including protected", on: store)
    }
    self.agency = ModelAgency(store.table)
    self.generator = generator
  }

  /// What can be grouped by, and each subaccount's value of it; nil is unset.
  static let groupings: [(name: String, value: @Sendable (ModelAgency.Subaccount) -> ModelValue?)] =
    [
      ("plan", { $0.attributes["plan"] }),
      ("max_minutes", { $0.attributes["max_minutes"] }),
      ("active", { $0.attributes["active"] }),
      ("renewed", { $0.attributes["renewed"] }),
      ("name", { .text($0.name) }),
      ("id", { .text($0.id) }),
      ("created", { .time($0.created) }),
      ("permission_count", { .number(Double($0.permissions.count)) }),
      ("protected", { .boolean($0.isProtected) }),
    ]

  /// Places of the subaccounts by value, ascending, unset last.
  func groups(
    of places: [Int], by value: (ModelAgency.Subaccount) -> ModelValue?
  ) -> [(value: ModelValue?, members: [Int])] {
    var groups: [(value: ModelValue?, members: [Int])] = []
    for place in places {
      let found = value(agency.subaccounts[place])
      if let index = groups.firstIndex(where: { $0.value == found }) {
        groups[index].members.append(place)
      } else {
        groups.append((found, [place]))
      }
    }
    return groups.sorted { left, right in
      guard let a = left.value, let b = right.value else { return left.value != nil }
      return a < b
    }
  }
}

extension ModelValue {
  /// As a result shows it.
  var shown: String {
    switch self {
    case .text(let text): text
    case .number(.infinity): "unlimited"
    case .number(let number) where number == number.rounded(): String(Int(number))
    case .number(let number): String(number)
    case .boolean(let isTrue): String(isTrue)
    case .time(let time): dateSource(time)
    }
  }
}
