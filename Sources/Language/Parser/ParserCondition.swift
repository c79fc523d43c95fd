import Diagnostics

/// True or false of a subaccount.
///
///     CONDITION = AND { "or" AND }
///     AND       = NOT { "and" NOT }
///     NOT       = "not" NOT | "(" CONDITION ")" | PERMISSION_TEST | ATTRIBUTE_TEST
///     ATTRIBUTE_TEST = ATTR ( ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" ) VALUE
///                           | [ "not" ] "in" "(" VALUE { "," VALUE } ")"
///                           | "between" VALUE "and" VALUE
///                           | "is" [ "not" ] "set"
///                           | "within" positive UNIT )
extension Parser {
  mutating func condition() throws(Abandoned) -> Condition {
    let first = try conjunction()
    guard at(.or) else { return first }
    var operands = [first]
    while take(.or) { operands.append(try conjunction()) }
    return .or(operands)
  }

  private mutating func conjunction() throws(Abandoned) -> Condition {
    let first = try negation()
    guard at(.and) else { return first }
    var operands = [first]
    while take(.and) { operands.append(try negation()) }
    return .and(operands)
  }

  private mutating func negation() throws(Abandoned) -> Condition {
    let start = token.lower
    if at(.not) {
      try deeper()
      defer { depth -= 1 }
      _ = take(.not)
      let operand = try negation()
      return .not(operand, place: place(from: start))
    }
    if token.kind == .openParenthesis {
      try deeper()
      defer { depth -= 1 }
      let opening = token.range
      advance()
      let inner = try condition()
      try closeParenthesis(opening)
      return inner
    }
    if at(.having) || at(.lacking) { return .permissions(try permissionTest()) }
    return .attribute(try attributeTest())
  }

  private mutating func attributeTest() throws(Abandoned) -> AttributeTest {
    let start = token.lower
    look(for: .attribute)
    guard isBareName(token) || token.kind == .word && !token.startsLine else {
      try failExpected(.test)
    }
    let attribute = try Placed(bareName(.test), at: place(from: start))
    recorder?.note(.attribute(attribute))
    let operation = try operation(on: attribute)
    return AttributeTest(attribute: attribute, operation: operation, place: place(from: start))
  }

  private mutating func operation(
    on attribute: AttributeName
  ) throws(Abandoned) -> AttributeTest.Operation {
    let start = token.lower
    let name = attribute.value
    look(for: .comparison)
    if let comparison = comparison(token.kind) {
      advance()
      look(for: .value(of: name))
      if comparison == .equal || comparison == .notEqual {
        try refuseNull(attribute, from: start, negated: comparison == .notEqual)
      } else {
        try refuseAttribute()
      }
      return .compare(comparison, try value())
    }
    if token.kind == .matches || token.kind == .notMatches {
      let negated = token.kind == .notMatches
      advance()
      look(for: .pattern(of: name))
      return .matches(try value(), negated: negated)
    }
    if take(.in) { return .isIn(try valueList(of: name), negated: false) }
    if take(.not) {
      try expect(.in)
      return .isIn(try valueList(of: name), negated: true)
    }
    if take(.between) {
      look(for: .value(of: name))
      let low = try value()
      try expect(.and)
      look(for: .value(of: name))
      return .between(low, try value())
    }
    if take(.is) {
      let negated = take(.not)
      try refuseNull(attribute, from: start, negated: negated)
      if !token.startsLine, atValue() {
        try fail(.comparedWithIs(negated: negated), at: SourceRange(start, previousUpper))
      }
      try expect(.set)
      return .isSet(negated: negated)
    }
    if take(.within) { return try within() }
    try failExpected(.comparison)
  }

  private func comparison(_ kind: Token.Kind) -> Comparison? {
    switch kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  /// `= null` is what people write who know other languages; here it has a better name.
  private mutating func refuseNull(
    _ attribute: AttributeName, from start: Int, negated: Bool
  ) throws(Abandoned) {
    guard token.kind == .word, token.keyword == nil, token.upper - token.lower == 4,
      source.bytes[token.lower..<token.upper].elementsEqual("null".utf8, by: { $0 | 0x20 == $1 })
    else { return }
    let name = lexer.snippet(attribute.place.range.lower, attribute.place.range.upper)
    try fail(
      .comparedWithNull(name, negated: negated), at: SourceRange(start, token.upper))
  }

  /// A bare word after `<` and its like is hardly a text that lacks its quotes.
  private mutating func refuseAttribute() throws(Abandoned) {
    guard isBareName(token), !token.startsLine, !atValue(), !isNearValue else { return }
    try fail(.comparedAttributes(lexer.snippet(token.lower, token.upper)), at: token.range)
  }

  private mutating func valueList(of attribute: Text) throws(Abandoned) -> [Value] {
    let opening = token.range
    try expect(.openParenthesis, "(")
    let values = try list { parser throws(Abandoned) in
      parser.look(for: .value(of: attribute))
      return try parser.value()
    }
    try closeParenthesis(opening)
    return values
  }

  private mutating func within() throws(Abandoned) -> AttributeTest.Operation {
    let number = token
    guard number.kind == .number, number.value >= 0 else { try failExpected(.number) }
    advance()
    let amount = Placed(number.value, at: place(from: number.lower))
    guard let unit = takeUnit() else { try failExpected(.unit) }
    return .within(amount, unit)
  }
}
