/// CONDITION as the model understands it, and as a statement spells it.
indirect enum ModelCondition {
  case or([ModelCondition])
  case and([ModelCondition])
  case not(ModelCondition)
  case permissions(ModelPermissionTest)
  case compare(String, Comparison, ModelValue)
  case matches(String, pattern: String, negated: Bool)
  case isIn(String, [ModelValue], negated: Bool)
  case between(String, ModelValue, ModelValue)
  case isSet(String, negated: Bool)

  enum Comparison: String, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  func holds(for subaccount: ModelAgency.Subaccount) -> Bool {
    switch self {
    case .or(let operands): operands.contains { $0.holds(for: subaccount) }
    case .and(let operands): operands.allSatisfy { $0.holds(for: subaccount) }
    case .not(let operand): !operand.holds(for: subaccount)
    case .permissions(let test): test.holds(for: subaccount)
    case .compare(let attribute, let comparison, let other):
      ModelCondition.holds(subaccount.value(of: attribute), comparison, other)
    case .matches(let attribute, let pattern, let negated):
      if case .text(let text) = subaccount.value(of: attribute) {
        NaiveGlob(pattern).matches(text) != negated
      } else {
        negated
      }
    case .isIn(let attribute, let others, let negated):
      others.contains { subaccount.value(of: attribute) == $0 } != negated
    case .between(let attribute, let low, let high):
      subaccount.value(of: attribute).map { !($0 < low) && !(high < $0) } ?? false
    case .isSet(let attribute, let negated): (subaccount.value(of: attribute) != nil) != negated
    }
  }

  private static func holds(
    _ value: ModelValue?, _ comparison: Comparison, _ other: ModelValue
  ) -> Bool {
    guard let value else { return comparison == .notEqual }
    return switch comparison {
    case .equal: value == other
    case .notEqual: !(value == other)
    case .less: value < other
    case .lessOrEqual: value < other || value == other
    case .greater: other < value
    case .greaterOrEqual: other < value || value == other
    }
  }

  var source: String {
    switch self {
    case .or(let operands): "(\(operands.map(\.source).joined(separator: " or ")))"
    case .and(let operands): "(\(operands.map(\.source).joined(separator: " and ")))"
    case .not(let operand): "not \(operand.source)"
    case .permissions(let test): test.source
    case .compare(let attribute, let comparison, let value):
      "\(attribute) \(comparison.rawValue) \(value.source)"
    case .matches(let attribute, let pattern, let negated):
      "\(attribute) \(negated ? "!~" : "~") \(quoted(pattern))"
    case .isIn(let attribute, let values, let negated):
      "\(attribute)\(negated ? " not" : "") in (\(values.map(\.source).joined(separator: ", ")))"
    case .between(let attribute, let low, let high):
      "\(attribute) between \(low.source) and \(high.source)"
    case .isSet(let attribute, let negated): "\(attribute) is\(negated ? " not" : "") set"
    }
  }
}

extension ModelAgency.Subaccount {
  /// A stored attribute's value or a built-in one's; nil where it is unset.
  func value(of attribute: String) -> ModelValue? {
    switch attribute {
    case "id": .text(id)
    case "name": .text(name)
    case "created": .time(created)
    case "permission_count": .number(Double(permissions.count))
    case "protected": .boolean(isProtected)
    default: attributes[attribute]
    }
  }
}
