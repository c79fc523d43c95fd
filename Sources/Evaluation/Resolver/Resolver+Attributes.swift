import Diagnostics
import Language
import Storage

extension Resolver {
  /// Names are folded, so that `Plan` is `plan`.
  static func folded(_ name: Text) -> Text {
    guard name.utf8.contains(where: { $0 >= 0x80 || (0x41...0x5A).contains($0) }) else {
      return name
    }
    return Text(name.string.lowercased())
  }

  /// What every subaccount has besides its stored attributes.
  static let builtIn: [Text: (attribute: ResolvedAttribute, type: AttributeType)] = [
    "id": (.id, .text), "name": (.name, .text), "created": (.created, .time),
    "permission_count": (.permissionCount, .number), "changed": (.changed, .time),
    "changed_by": (.changedBy, .text), "protected": (.protected, .boolean),
  ]

  /// An attribute and its type; the type is nil where only running will tell it.
  typealias TypedAttribute = (attribute: ResolvedAttribute, type: AttributeType?)

  func knownAttribute(_ name: Text) -> TypedAttribute? {
    let folded = Resolver.folded(name)
    if let known = scope.attributes[folded] {
      return (known.number.map { .stored($0) } ?? .announced(folded), known.type)
    }
    if let builtIn = Resolver.builtIn[folded] { return (builtIn.attribute, builtIn.type) }
    let isExcused =
      scope.hasOpenAttributes || scope.isOpen || scope.brokenAttributes.contains(folded)
    return isExcused ? (.announced(folded), nil) : nil
  }

  mutating func attribute(_ name: AttributeName) -> TypedAttribute? {
    if let known = knownAttribute(name.value) { return known }
    report(
      ResolverProblem.unknownAttribute(name.value, nearest: nearestAttribute(to: name.value)),
      at: name.place)
    return nil
  }

  func nearestAttribute(to name: Text) -> Text? {
    Suggestion.nearest(to: Resolver.folded(name), among: attributeNames)
  }

  var attributeNames: [Text] {
    scope.attributes.keys.sorted() + Resolver.builtIn.keys.sorted()
  }

  /// `ATTR = VALUE` and the other tests of an attribute.
  mutating func attributeTest(_ test: AttributeTest) -> ResolvedCondition? {
    guard let (attribute, type) = attribute(test.attribute) else {
      _ = values(test.operation.values)
      return nil
    }
    guard let type else {
      return values(test.operation.values).map { _ in
        .attribute(attribute, .isSet, negated: false, place: test.place)
      }
    }
    let name = test.attribute.value
    guard let (valueTest, negated) = valueTest(test.operation, name: name, type: type, test.place)
    else { return nil }
    return .attribute(attribute, valueTest, negated: negated, place: test.place)
  }

  typealias SignedTest = (test: ValueTest, negated: Bool)

  private mutating func valueTest(
    _ operation: AttributeTest.Operation, name: Text, type: AttributeType, _ place: Place
  ) -> SignedTest? {
    switch operation {
    case .isSet(let negated): return (.isSet, negated)
    case .compare(let comparison, let value):
      return compare(comparison, value, name: name, type: type)
    case .matches(let pattern, let negated):
      return matches(pattern, name: name, type: type).map { ($0, negated) }
    case .isIn(let list, let negated):
      return isIn(list, name: name, type: type).map { ($0, negated) }
    case .between(let low, let high): return between(low, high, name: name, type: type)
    case .within(let amount, let unit):
      guard type == .time else {
        report(ResolverProblem.withinNeedsTime(attribute: name, is: type.kindName), at: place)
        return nil
      }
      return time(before: amount.value, unit, at: amount.place).map {
        (.time(.between($0, now)), false)
      }
    }
  }

  private mutating func compare(
    _ comparison: Comparison, _ value: Value, name: Text, type: AttributeType
  ) -> SignedTest? {
    guard let typed = typed(value, as: type, attribute: name, allowsUnlimited: true) else {
      return nil
    }
    let (order, negated) = comparison.order
    switch typed {
    case .text(let text):
      return (.text(order == .equal ? .equals(text) : .compare(order, text)), negated)
    case .number(let number): return (.number(.compare(order, number)), negated)
    case .time(let moment): return (.time(.compare(order, moment)), negated)
    case .boolean(let truth):
      guard order == .equal else {
        report(ResolverProblem.unordered(name), at: value.place)
        return nil
      }
      return (.boolean(truth), negated)
    }
  }

  private mutating func matches(
    _ pattern: Value, name: Text, type: AttributeType
  ) -> ValueTest? {
    guard type == .text else {
      report(
        ResolverProblem.patternNeedsText(attribute: name, is: type.kindName), at: pattern.place)
      return nil
    }
    guard
      case .text(let text)? = typed(pattern, as: .text, attribute: name, allowsUnlimited: false)
    else { return nil }
    do {
      return .text(.glob(try Glob(text)))
    } catch {
      report(ResolverProblem.badPattern(error), at: pattern.place)
      return nil
    }
  }

  private mutating func isIn(_ list: [Value], name: Text, type: AttributeType) -> ValueTest? {
    let typed = all(list) { $0.typed($1, as: type, attribute: name, allowsUnlimited: true) }
    guard let typed else { return nil }
    switch type {
    case .text: return .text(.isIn(typed.compactMap(\.text)))
    case .number, .quota: return .number(.isIn(Set(typed.compactMap(\.number))))
    case .time: return .time(.isIn(Set(typed.compactMap(\.time))))
    case .boolean:
      let truths = Set(typed)
      return truths.count == 2 ? .isSet : .boolean(truths.contains(.boolean(true)))
    }
  }

  private mutating func between(
    _ low: Value, _ high: Value, name: Text, type: AttributeType
  ) -> SignedTest? {
    let ends = all([low, high]) {
      $0.typed($1, as: type, attribute: name, allowsUnlimited: true)
    }
    guard let ends, ends.count == 2 else { return nil }
    switch (ends[0], ends[1]) {
    case (.text(let low), .text(let high)): return (.text(.between(low, high)), false)
    case (.number(let low), .number(let high)): return (.number(.between(low, high)), false)
    case (.time(let low), .time(let high)): return (.time(.between(low, high)), false)
    default:
      report(ResolverProblem.unordered(name), at: low.place)
      return nil
    }
  }
}

extension AttributeTest.Operation {
  /// Every value that it compares with.
  fileprivate var values: [Value] {
    switch self {
    case .compare(_, let value), .matches(let value, _): [value]
    case .isIn(let values, _): values
    case .between(let low, let high): [low, high]
    case .isSet, .within: []
    }
  }
}

extension Comparison {
  /// `!=` is exactly the negation of `=`.
  fileprivate var order: (Order, negated: Bool) {
    switch self {
    case .equal: (.equal, false)
    case .notEqual: (.equal, true)
    case .less: (.less, false)
    case .lessOrEqual: (.lessOrEqual, false)
    case .greater: (.greater, false)
    case .greaterOrEqual: (.greaterOrEqual, false)
    }
  }
}

extension AttributeValue {
  fileprivate var text: Text? { if case .text(let text) = self { text } else { nil } }
  fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
  fileprivate var time: Int64? { if case .time(let moment) = self { moment } else { nil } }
}
