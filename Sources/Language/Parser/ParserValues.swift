import Diagnostics

/// Names and values.
///
///     ATTR  = name
///     VALUE = text | number | TIME | "true" | "false" | "unlimited" | variable
///     TIME  = time | "now" | "today" | "yesterday" | number UNIT "ago" | "change" whole
///     UNIT  = "minute" | "minutes" | "hour" | "hours" | "day" | "days" | "week" | "weeks"
extension Parser {
  // MARK: Names

  /// Whether this token is a word that may be a name as it stands.
  func isBareName(_ token: Token) -> Bool {
    token.kind == .quotedName || token.kind == .word && token.keyword?.isReserved != true
  }

  /// A word that is not reserved, or any in backquotes.
  mutating func bareName(_ wanted: SyntaxProblem.Wanted) throws(Abandoned) -> Text {
    let token = token
    guard isBareName(token) else {
      // A reserved word that begins the next statement was not meant as a name.
      if token.kind == .word, let keyword = token.keyword, !token.startsLine,
        isNameContext(following().kind)
      {
        try fail(.reservedName(keyword), at: token.range)
      }
      try failExpected(wanted)
    }
    advance()
    return text(of: token)
  }

  /// Whether what follows a reserved word shows that it was meant as a name.
  private func isNameContext(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches,
      .comma, .semicolon, .endOfInput, .closeBrace, .closeParenthesis:
      true
    default:
      false
    }
  }

  mutating func attributeName() throws(Abandoned) -> AttributeName {
    let start = token.lower
    look(for: .attribute)
    let name = try bareName(.attribute)
    let attribute = AttributeName(name, at: place(from: start))
    recorder?.note(.attribute(attribute))
    return attribute
  }

  /// The same, where it may be a new one.
  mutating func attributeToSet() throws(Abandoned) -> AttributeName {
    let start = token.lower
    look(for: .attribute)
    let name = try bareName(.attribute)
    return AttributeName(name, at: place(from: start))
  }

  /// A policy's name: a bare word, one in backquotes, or a text.
  mutating func policyName() throws(Abandoned) -> Placed<Text> {
    let token = token
    look(for: .policy)
    if token.kind == .text { return try namingText(.policyName) }
    let name = try bareName(.policyName)
    return Placed(name, at: place(from: token.lower))
  }

  /// `$name`, without its `$`.
  mutating func variableName() throws(Abandoned) -> Placed<Text> {
    let token = token
    guard take(.variable) else { try failExpected(.variable) }
    return Placed(text(of: token), at: place(from: token.lower))
  }

  // MARK: Literals

  mutating func literalText() throws(Abandoned) -> Placed<Text> {
    let token = token
    guard take(.text) else { try failExpected(.text) }
    return Placed(text(of: token), at: place(from: token.lower))
  }

  /// A text that names something, and so has a name's limit.
  mutating func namingText(
    _ wanted: SyntaxProblem.Wanted = .text
  ) throws(Abandoned) -> Placed<Text> {
    guard token.kind == .text else { try failExpected(wanted) }
    try refuseLongName()
    return try literalText()
  }

  mutating func refuseLongName() throws(Abandoned) {
    if token.upper - token.lower > Lexer.longestName + 2,
      text(of: token).count > Lexer.longestName
    {
      try fail(.nameTooLong, at: token.range)
    }
  }

  /// A number without sign, fraction or exponent.
  mutating func wholeNumber() throws(Abandoned) -> Placed<Int> {
    let token = token
    guard token.kind == .number, !token.isIntricate else { try failExpected(.wholeNumber) }
    advance()
    return Placed(Int(token.value), at: place(from: token.lower))
  }

  // MARK: Values

  mutating func value() throws(Abandoned) -> Value {
    let token = token
    switch token.kind {
    case .text:
      advance()
      return Value(.text(text(of: token)), at: place(from: token.lower))
    case .variable:
      advance()
      return Value(.variable(text(of: token)), at: place(from: token.lower))
    case .number:
      if token.value >= 0, unit(following()) != nil { break }
      advance()
      return Value(.number(token.value), at: place(from: token.lower))
    case .word:
      if take(.true) { return Value(.boolean(true), at: place(from: token.lower)) }
      if take(.false) { return Value(.boolean(false), at: place(from: token.lower)) }
      if take(.unlimited) { return Value(.unlimited, at: place(from: token.lower)) }
    default:
      break
    }
    if let time = try optionalTime() { return Value(.time(time.value), at: time.place) }
    try failValue()
  }

  /// Whether a value begins here: where it may be left out.
  mutating func atValue() -> Bool {
    switch token.kind {
    case .text, .number, .time, .variable: true
    default:
      at(.true) || at(.false) || at(.unlimited) || at(.now) || at(.today) || at(.yesterday)
        || at(.change)
    }
  }

  /// Whether this word is a misspelt value.
  var isNearValue: Bool { near(Parser.valueWords) != nil }

  private static let valueWords: [Keyword] = [
    .true, .false, .unlimited, .now, .today, .yesterday,
  ]

  private mutating func failValue() throws(Abandoned) -> Never {
    if token.kind == .word, token.keyword?.isReserved != true {
      let near = near(Parser.valueWords)
      try fail(.bareText(lexer.snippet(token.lower, token.upper), near: near), at: token.range)
    }
    try failExpected(.value)
  }

  // MARK: Times

  mutating func time() throws(Abandoned) -> PlacedTime {
    guard let time = try optionalTime() else { try failExpected(.time) }
    return time
  }

  private mutating func optionalTime() throws(Abandoned) -> PlacedTime? {
    let token = token
    let expression: TimeExpression
    switch token.kind {
    case .time:
      advance()
      expression = .moment(
        milliseconds: Int64(token.value), isDateOnly: !token.isIntricate)
    case .number where token.value >= 0:
      advance()
      guard let unit = takeUnit() else { try failExpected(.unit) }
      try expect(.ago)
      expression = .ago(token.value, unit)
    case .word:
      if take(.now) {
        expression = .now
      } else if take(.today) {
        expression = .today
      } else if take(.yesterday) {
        expression = .yesterday
      } else if take(.change) {
        expression = .change(try wholeNumber().value)
      } else {
        return nil
      }
    default:
      return nil
    }
    return PlacedTime(expression, at: place(from: token.lower))
  }

  mutating func takeUnit() -> TimeUnit? {
    guard let unit = unit(token) else {
      for keyword in [Keyword.minutes, .hours, .days, .weeks] { expectations.insert(keyword) }
      return nil
    }
    recorder?.nextIsKeyword()
    advance()
    return unit
  }

  private func unit(_ token: Token) -> TimeUnit? {
    switch token.keyword {
    case .minute, .minutes: .minutes
    case .hour, .hours: .hours
    case .day, .days: .days
    case .week, .weeks: .weeks
    default: nil
    }
  }

  /// `[ "as" "of" TIME ]`.
  mutating func optionalAsOf() throws(Abandoned) -> PlacedTime? {
    guard take(.as) else { return nil }
    try expect(.of)
    return try time()
  }
}
