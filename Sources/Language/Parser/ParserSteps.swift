import Diagnostics

/// The steps that every rule is made of.
extension Parser {
  // MARK: Look

  @inline(__always)
  mutating func at(_ keyword: Keyword) -> Bool {
    if token.keyword == keyword { return true }
    expectations.insert(keyword)
    return false
  }

  /// The token after this one.
  func following() -> Token {
    var ahead = lexer
    return ahead.next()
  }

  // MARK: Take

  mutating func advance() {
    previousUpper = token.upper
    recorder?.record(token)
    token = lexer.next()
    recorder?.recordComments(of: &lexer)
    expectations = Expectations()
    if token.upper - statementStart > Parser.longestStatement, token.kind != .endOfInput {
      token = lexer.invalid(
        from: token.lower, startsLine: token.startsLine, .statementTooLong,
        at: SourceRange(statementStart, statementStart + 1))
    }
  }

  @inline(__always)
  mutating func take(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    recorder?.nextIsKeyword()
    advance()
    return true
  }

  @inline(__always)
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  // MARK: Expect

  mutating func expect(_ keyword: Keyword) throws(Abandoned) {
    guard take(keyword) else { try failExpected(.word(keyword)) }
  }

  /// The word before whom a statement concerns.
  mutating func expectTarget(_ keyword: Keyword) throws(Abandoned) {
    guard take(keyword) else { try failExpected(.target(keyword)) }
  }

  mutating func expect(_ kind: Token.Kind, _ sign: String) throws(Abandoned) {
    guard take(kind) else { try failExpected(.sign(sign)) }
  }

  /// One or more, parted by commas.
  @inline(__always)
  mutating func list<Element>(
    _ element: (inout Parser) throws(Abandoned) -> Element
  ) throws(Abandoned) -> [Element] {
    var elements = [try element(&self)]
    while take(.comma) { elements.append(try element(&self)) }
    return elements
  }

  // MARK: Places

  func place(from lower: Int) -> Place {
    Place(lower, previousUpper)
  }

  /// Enters one more level, or says that there are too many.
  ///
  /// Leave it with `depth -= 1`.
  mutating func deeper() throws(Abandoned) {
    guard depth < Parser.deepest else { try fail(.nestedTooDeep, at: token.range) }
    depth += 1
  }

  // MARK: Fail

  /// What stands here, for a message.
  var found: SyntaxProblem.Found {
    if token.kind == .endOfInput { return .endOfInput }
    return .source(lexer.snippet(token.lower, token.upper))
  }

  /// The keyword among those looked for here that the user probably meant.
  private var nearKeyword: Keyword? {
    guard token.kind == .word, token.keyword == nil else { return nil }
    return near(expectations.keywords)
  }

  func near(_ keywords: [Keyword]) -> Keyword? {
    guard token.kind == .word else { return nil }
    let candidates = keywords.map { Text($0.spelling) }
    let word = lexer.snippet(token.lower, token.upper)
    guard let best = Suggestion.nearest(to: word, among: candidates) else { return nil }
    return keywords.first { Text($0.spelling) == best }
  }

  mutating func failExpected(_ wanted: SyntaxProblem.Wanted) throws(Abandoned) -> Never {
    if token.kind == .endOfInput || token.startsLine && token.keyword?.beginsStatement == true {
      let isEnd = token.kind == .endOfInput
      if isEnd { try reachEnd() }
      let found = isEnd ? SyntaxProblem.Found.endOfInput : .lineEnd
      try fail(
        .expected(wanted, found: found, near: nil), at: SourceRange(previousUpper, previousUpper))
    }
    try fail(
      .expected(wanted, found: found, near: nearKeyword ?? otherPreposition(wanted)),
      at: token.range)
  }

  /// What was opened is not closed at the end of the input.
  mutating func failUnclosed(
    _ bracket: SyntaxProblem.Bracket, _ opening: SourceRange
  ) throws(Abandoned) -> Never {
    try reachEnd()
    try fail(.unclosed(bracket), at: opening)
  }

  /// Notes that the input ends too early, or gives up where that has been said.
  private mutating func reachEnd() throws(Abandoned) {
    endsTooEarly = endsTooEarly || mistakes.isEmpty
    if endIsReported { throw Abandoned() }
    endIsReported = true
  }

  /// The preposition that was wanted, where another one stands: `revoke outbound to "A"`.
  private func otherPreposition(_ wanted: SyntaxProblem.Wanted) -> Keyword? {
    guard case .target(let keyword) = wanted else { return nil }
    switch token.keyword {
    case .to, .from, .for, .of: return keyword
    default: return nil
    }
  }

  mutating func failUnexpected() throws(Abandoned) -> Never {
    try fail(.unexpected(found, near: nearKeyword), at: token.range)
  }

  /// Records a mistake, or the lexer's own where the token can't be read at all, and gives up.
  mutating func fail(
    _ problem: SyntaxProblem, at range: SourceRange
  ) throws(Abandoned) -> Never {
    if token.kind == .invalid, let invalid = lexer.problem, range.upper >= token.lower {
      record(invalid.problem, at: invalid.range)
    } else {
      record(problem, at: range)
    }
    throw Abandoned()
  }

  mutating func record(_ problem: SyntaxProblem, at range: SourceRange) {
    guard mistakes.count < Parser.mostMistakes else { return }
    mistakes.append((problem, range))
    if mistakes.count == Parser.mostMistakes {
      mistakes.append((.tooManyMistakes, range))
      lexer.offset = lexer.bytes.count
      token = lexer.next()
    }
  }
}
