// Random agencies and random words about them, small enough that accidents are frequent: shared
// values, unset ones, names that differ by one scalar.

extension ModelAgency {
  static func random(_ count: Int, using generator: inout SeededGenerator) -> ModelAgency {
    var agency = ModelAgency(permissions: standardPermissions)
    for number in 0..<count {
      var subaccount = Subaccount(
        id: "\(1_700_000_000_000 + number * 1_000)x\(100_000 + number)",
        name: RandomWords.name(number, using: &generator),
        created: (1_700_000_000_000 + Int64(number) * 86_400_000) / 60_000 * 60_000)
      subaccount.permissions = agency.alwaysEnabled
      for permission in agency.permissions where generator.chance(oneIn: 2) {
        subaccount.permissions.insert(permission.canonical)
      }
      for (name, values) in RandomWords.attributes where !generator.chance(oneIn: 3) {
        subaccount.attributes[name] = generator.pick(values)
      }
      subaccount.isProtected = generator.chance(oneIn: 8)
      agency.subaccounts.append(subaccount)
    }
    return agency
  }
}

enum RandomWords {
  static let attributes: [(name: String, values: [ModelValue])] = [
    ("email", ["a@example.com", "b@example.com", "A@Example.com"].map { .text($0) }),
    ("max_minutes", [0, 100, 250.5, .infinity].map { .number($0) }),
    ("concurrency", [1, 2, 3, 10].map { .number($0) }),
    ("plan", ["pro", "Pro", "trial", "café", "cafe\u{301}", "*", "a[b]c", ""].map { .text($0) }),
    ("active", [.boolean(true), .boolean(false)]),
    ("renewed", [1_760_000_000_000, 1_770_000_000_000].map { .time($0 / 60_000 * 60_000) }),
  ]

  static let patterns = [
    "*", "?", "p*", "*o", "*r*", "[a-p]*", "[!a-p]*", "[^P]ro", "{pro,trial}", "caf?", "caf??",
    "CAF\u{C9}", "\\*", "*[*]*", "a\\[b*", "*acme*", "*DENTAL*", "* {dental,law} *", "*[0-9]",
    "{a,{b,c}}*", "[]x]*", "", "**a**",
  ]

  private static let words = ["Acme", "Dental", "law", "\u{C9}clair", "E\u{301}clair", "Harbor"]

  /// A name of its own, since names are unique where subaccounts are made here.
  static func name(_ number: Int, using generator: inout SeededGenerator) -> String {
    "\(generator.pick(words)) \(generator.pick(words)) \(number)"
  }

  /// Another value of an attribute's type, now and then one that nobody has.
  static func value(of attribute: String, using generator: inout SeededGenerator) -> ModelValue {
    let values = attributes.first { $0.name == attribute }?.values ?? []
    let value = generator.pick(values)
    guard generator.chance(oneIn: 4) else { return value }
    return switch value {
    case .text(let text): .text(text + "x")
    case .number(.infinity): .number(7)
    case .number(let number): .number(number + 1)
    case .boolean: value
    case .time(let time): .time(time + 60_000)
    }
  }
}

extension ModelAgency {
  func randomList(using generator: inout SeededGenerator) -> ModelPermissionList {
    var parts: [String] = []
    var names: Set<String> = []
    var outright: Set<String> = []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let permission = generator.pick(permissions)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0:
        parts.append("\(permission.area).*")
        names.formUnion(permissions.filter { $0.area == permission.area }.map(\.canonical))
      case 1:
        parts.append("*")
        names.formUnion(permissions.map(\.canonical))
      case 2:
        parts.append(quoted(permission.label))
        names.insert(permission.canonical)
        outright.insert(permission.canonical)
      default:
        parts.append(permission.canonical)
        names.insert(permission.canonical)
        outright.insert(permission.canonical)
      }
    }
    guard generator.chance(oneIn: 5) else {
      return ModelPermissionList(
        source: parts.joined(separator: ", "), names: names, outright: outright)
    }
    let excluded = generator.pick(permissions).canonical
    // To name no permission at all is an error.
    if names == [excluded] { return randomList(using: &generator) }
    return ModelPermissionList(
      source: "\(parts.joined(separator: ", ")) without \(excluded)",
      names: names.subtracting([excluded]), outright: outright.subtracting([excluded]))
  }

  func randomTest(using generator: inout SeededGenerator) -> ModelPermissionTest {
    ModelPermissionTest(
      isHaving: Bool.random(using: &generator), isAny: Bool.random(using: &generator),
      list: randomList(using: &generator))
  }

  func randomCondition(depth: Int = 3, using generator: inout SeededGenerator) -> ModelCondition {
    let kinds = depth > 0 ? 10 : 7
    switch Int.random(in: 0..<kinds, using: &generator) {
    case 0: return .permissions(randomTest(using: &generator))
    case 1: return randomBuiltIn(using: &generator)
    case 2:
      return .matches(
        generator.pick(["plan", "email", "name"]), pattern: generator.pick(RandomWords.patterns),
        negated: Bool.random(using: &generator))
    case 3, 4, 5, 6: return randomComparison(using: &generator)
    case 7:
      return .not(randomCondition(depth: depth - 1, using: &generator))
    case 8:
      return .and((0..<3).map { _ in randomCondition(depth: depth - 1, using: &generator) })
    default:
      return .or((0..<3).map { _ in randomCondition(depth: depth - 1, using: &generator) })
    }
  }

  private func randomComparison(using generator: inout SeededGenerator) -> ModelCondition {
    let attribute = generator.pick(RandomWords.attributes).name
    let value = RandomWords.value(of: attribute, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return .isSet(attribute, negated: Bool.random(using: &generator))
    case 1:
      let others = (0..<3).map { _ in RandomWords.value(of: attribute, using: &generator) }
      return .isIn(attribute, others, negated: Bool.random(using: &generator))
    case 2 where attribute != "active":
      return .between(
        attribute, value, RandomWords.value(of: attribute, using: &generator))
    default:
      if attribute == "active" {
        return .compare(attribute, generator.pick([.equal, .notEqual]), value)
      }
      return .compare(attribute, generator.pick(ModelCondition.Comparison.allCases), value)
    }
  }

  private func randomBuiltIn(using generator: inout SeededGenerator) -> ModelCondition {
    let comparison = generator.pick(ModelCondition.Comparison.allCases)
    guard let subaccount = subaccounts.randomElement(using: &generator) else {
      return .isSet("name", negated: false)
    }
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return .compare("id", comparison, .text(subaccount.id))
    case 1: return .compare("name", comparison, .text(subaccount.name))
    case 2: return .compare("created", comparison, .time(subaccount.created))
    case 3:
      return .compare("permission_count", comparison, .number(Double(subaccount.permissions.count)))
    default:
      return .compare(
        "protected", comparison == .equal ? .equal : .notEqual,
        .boolean(Bool.random(using: &generator)))
    }
  }

  func randomSelection(
    depth: Int = 1, using generator: inout SeededGenerator
  ) -> ModelSelection {
    let names = subaccounts.map(\.name)
    var selection = ModelSelection(base: .all, filters: [])
    let kind = Int.random(in: 0..<4, using: &generator)
    if kind == 0 && !names.isEmpty {
      selection.base = .names(generator.some(names, limit: 4))
    } else if kind > 1 {
      selection.base = .filtersAlone
    }
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where !names.isEmpty:
        selection.filters.append(.exceptNames(generator.some(names, limit: 2)))
      case 1 where depth > 0:
        selection.filters.append(
          .exceptSelection(randomSelection(depth: depth - 1, using: &generator)))
      case 2, 3: selection.filters.append(.permissions(randomTest(using: &generator)))
      default: selection.filters.append(.condition(randomCondition(using: &generator)))
      }
    }
    return selection
  }
}
