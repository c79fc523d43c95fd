import Diagnostics

/// A statement by its first word.
extension Parser {
  mutating func statementKind() throws(Abandoned) -> Statement.Kind {
    guard let keyword = token.keyword, keyword.beginsStatement else { try failStatement() }
    // The statements of long scripts first.
    switch keyword {
    case .grant, .revoke, .copy, .restore, .create, .rename, .delete, .set, .unset, .protect,
      .unprotect, .undo, .import, .define, .drop:
      return .write(try writeStatement())
    case .show: return .show(try showStatement())
    case .count: return .count(try countStatement())
    case .compare: return .compare(try compareStatement())
    case .why: return .why(try whyStatement())
    case .chart: return .chart(try chartStatement())
    case .check: return try checkStatement()
    case .help: return try helpStatement()
    case .preview: return try previewStatement()
    case .begin: return single(.begin)
    case .commit: return single(.commit)
    case .rollback: return single(.rollback)
    case .let: return .letBinding(try letStatement())
    case .assert: return try assertStatement()
    case .if: return .conditional(try conditionalStatement())
    case .run: return try runStatement()
    case .print: return try printStatement()
    case .export: return .export(try exportStatement())
    default: try failStatement()
    }
  }

  /// A statement of one word.
  private mutating func single(_ kind: Statement.Kind) -> Statement.Kind {
    recorder?.nextIsKeyword()
    advance()
    return kind
  }

  private mutating func failStatement() throws(Abandoned) -> Never {
    let near = token.keyword == nil ? near(Parser.starters) : nil
    try fail(.unknownStatement(found, near: near), at: token.range)
  }

  private static let starters = Keyword.allCases.filter(\.beginsStatement)

  /// Whether an unknown word on a new line is a misspelt first word of a statement.
  ///
  /// It is not, where it is nearer to a word that could continue the statement before.
  var seemsToBeginStatement: Bool {
    guard token.startsLine, token.kind == .word, token.keyword == nil,
      (3...12).contains(token.upper - token.lower)
    else { return false }
    let continuations = expectations.keywords.filter { !$0.beginsStatement }
    let word = lexer.snippet(token.lower, token.upper)
    if StatementHints.hint(word) != nil { return true }
    guard let near = near(Parser.starters + continuations) else { return false }
    return near.beginsStatement
  }
}
