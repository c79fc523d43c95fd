package import Diagnostics

/// Tokens to trees: one function for each rule of `grammar/permql.ebnf`, named like it.
///
///     SCRIPT     = { [ STATEMENT ] ";" } [ STATEMENT ]
///     BLOCK      = "{" SCRIPT "}"
///     STATEMENT  = READ | WRITE | CONTROL
///
/// A `;` may be left out before `}`, and at a line end where the next line begins with a word that
/// begins a statement. The rules of each part stand at the head of its file.
///
/// Verbs: `at` looks, `take` moves past what it finds and says whether it did, `expect` reports what
/// it misses. A mistake is recorded where it is found; `Abandoned` then unwinds to the statement, and
/// the parser goes on at the next one.
package struct Parser {
  /// Levels of parentheses, `not`, `except ( )` and blocks.
  package static let deepest = 200
  /// A statement's length in bytes, blocks not counted.
  package static let longestStatement = 1 << 20
  /// After so many mistakes the rest is not read.
  static let mostMistakes = 1000

  /// A statement that can't be read; why has been recorded.
  struct Abandoned: Error {}

  let source: SourceText
  var lexer: Lexer
  var token: Token
  /// Where the last token taken ends.
  var previousUpper = 0
  var expectations = Expectations()
  var depth = 0
  var statementStart = 0
  var mistakes: [(problem: SyntaxProblem, range: SourceRange)] = []
  /// The first mistake is that the input ends too early.
  var endsTooEarly = false
  /// That the input ends too early has been said; whatever it leaves open is the same mistake.
  var endIsReported = false
  var recorder: TokenRecorder?
  /// What is looked for where the input ends.
  var slots: [Slot] = []
  /// Where the statement read last begins.
  var lastStatementStart = 0

  init(_ source: SourceText, recording: Bool = false) {
    self.source = source
    // Places hold offsets of four bytes.
    let isTooLong = source.bytes.count > Int(UInt32.max)
    lexer = Lexer(isTooLong ? [] : source.bytes)
    if recording {
      lexer.comments = []
      recorder = TokenRecorder()
    }
    token = lexer.next()
    statementStart = token.lower
    recorder?.recordComments(of: &lexer)
    if isTooLong { record(.scriptTooLong, at: SourceRange(0, 0)) }
  }
}

// MARK: - Entrances

extension Parser {
  /// Reads a whole script, and goes on after each mistake.
  ///
  /// Linear in the script's length. With a diagnostic the script is not whole and must not run.
  package static func parse(
    _ source: SourceText
  ) -> (script: Script, diagnostics: [Diagnostic]) {
    var parser = Parser(source)
    let statements = parser.script()
    return (Script(source: source, statements: statements), parser.diagnostics)
  }

  /// Reads a WHO alone, as a definition keeps it.
  package static func parseSelection(_ source: SourceText) throws(Diagnostic) -> Selection {
    try whole(source) { parser throws(Abandoned) in try parser.selection() }
  }

  /// Reads a PERMS alone, as a definition keeps it.
  package static func parsePermissions(_ source: SourceText) throws(Diagnostic) -> PermissionList {
    try whole(source) { parser throws(Abandoned) in try parser.permissionList() }
  }

  /// Reads a VALUE alone: text from the command line, where a number or a time is wanted.
  package static func parseValue(_ source: SourceText) throws(Diagnostic) -> Value {
    try whole(source) { parser throws(Abandoned) in try parser.value() }
  }

  /// What to do with input from a prompt.
  package enum Completeness: Hashable, Sendable {
    /// It can run.
    case complete
    /// More lines may make it right.
    case incomplete
    /// No further line can make it right.
    case wrong
  }

  /// Whether a statement or several are whole, cut short, or wrong.
  package static func completeness(of source: SourceText) -> Completeness {
    var parser = Parser(source)
    _ = parser.script()
    if parser.mistakes.isEmpty { return .complete }
    return parser.endsTooEarly ? .incomplete : .wrong
  }

  private static func whole<Tree>(
    _ source: SourceText, _ rule: (inout Parser) throws(Abandoned) -> Tree
  ) throws(Diagnostic) -> Tree {
    var parser = Parser(source)
    do {
      let tree = try rule(&parser)
      if parser.token.kind == .endOfInput { return tree }
      try parser.failUnexpected()
    } catch {
      // A rule is abandoned only after its mistake was recorded.
      throw parser.diagnostics[0]
    }
  }

  /// The mistakes found, in the order of their places.
  var diagnostics: [Diagnostic] {
    let ordered = mistakes.enumerated().sorted {
      ($0.element.range.lower, $0.offset) < ($1.element.range.lower, $1.offset)
    }
    return ordered.map { Diagnostic($0.element.problem, at: (source, $0.element.range)) }
  }
}

// MARK: - Script

extension Parser {
  mutating func script() -> [Statement] {
    let statements = statementList(isBlock: false)
    return statements
  }

  /// The statements up to the end of the input, or up to the block's `}`.
  mutating func statementList(isBlock: Bool) -> [Statement] {
    var statements: [Statement] = []
    while token.kind != .endOfInput {
      if token.kind == .semicolon {
        advance()
        lastStatementStart = previousUpper
        continue
      }
      if token.kind == .closeBrace {
        if isBlock { break }
        record(.unexpected(found, near: nil), at: token.range)
        advance()
        continue
      }
      let start = token.lower
      statementStart = start
      lastStatementStart = start
      recorder?.beginStatement()
      do {
        statements.append(try statement(inBlock: isBlock))
        lastStatementStart = start
      } catch {
        recover(from: start, inBlock: isBlock)
        if token.lower == start, token.kind != .endOfInput { advance() }
      }
      statementStart = token.lower
    }
    return statements
  }

  /// `{ … }`.
  mutating func block() throws(Abandoned) -> [Statement] {
    try deeper()
    defer { depth -= 1 }
    let opening = token.range
    try expect(.openBrace, "{")
    let statements = statementList(isBlock: true)
    guard token.kind == .closeBrace else { try failUnclosed(.block, opening) }
    statementStart = token.lower
    advance()
    return statements
  }

  private mutating func statement(inBlock: Bool) throws(Abandoned) -> Statement {
    let start = token.lower
    let kind = try statementKind()
    let statement = Statement(kind, at: place(from: start))
    switch token.kind {
    case .semicolon, .endOfInput: return statement
    case .closeBrace where inBlock: return statement
    case .word where token.startsLine && token.keyword?.beginsStatement == true: return statement
    case .word where seemsToBeginStatement: return statement
    default: try failUnexpected()
    }
  }

  /// Goes past a block that is nested too deep, which has been said, and whatever is in it.
  private mutating func skipBlock() {
    var open = 0
    repeat {
      if token.kind == .openBrace { open += 1 }
      if token.kind == .closeBrace { open -= 1 }
      advance()
    } while open > 0 && token.kind != .endOfInput
    endIsReported = endIsReported || open > 0
  }

  /// Goes to where the next statement begins, past what is left of a wrong one.
  ///
  /// The block of a wrong `if` or `preview` is read all the same, for the mistakes in it.
  private mutating func recover(from start: Int, inBlock: Bool) {
    // Looking for what a word may have meant takes its time; text that is no script gets so much.
    var guesses = 100
    // What is skipped has no limit.
    statementStart = Int.max
    while true {
      switch token.kind {
      case .endOfInput, .semicolon:
        return
      case .closeBrace:
        if inBlock { return }
        advance()
      case .openBrace where depth == Parser.deepest:
        skipBlock()
      case .openBrace:
        if (try? block()) == nil, token.kind == .openBrace { advance() }
      case .word where token.startsLine && token.lower > start:
        if token.keyword?.beginsStatement == true { return }
        guesses -= 1
        if guesses > 0, seemsToBeginStatement { return }
        advance()
      default:
        advance()
      }
    }
  }
}
