import Diagnostics

/// What may stand at a place of a script, as the parser itself expects it.
package struct Expected: Sendable {
  /// What has been typed of a word before the place.
  package enum Partial: Hashable, Sendable {
    /// Nothing: a space or a sign stands before it.
    case nothing
    /// A bare word, perhaps with a dot, a `$` or a `#` in it.
    case word
    /// A text whose quote is not closed.
    case text(quote: UInt8)
  }

  package var keywords: [Keyword] = []
  package var slots: [Slot] = []
  /// What is being typed, which a completion replaces.
  package var replaced: Range<Int>
  package var partial = Partial.nothing
  /// Where the statement begins that the place is in.
  package var statementStart = 0
}

extension Parser {
  /// What may stand at an offset; what follows it is not looked at.
  ///
  /// A word that touches the offset is being typed: what may stand in its place is asked for.
  package static func expected(in bytes: [UInt8], at offset: Int) -> Expected {
    let before = Array(bytes[..<offset])
    let (lower, partial) = beginning(ofWordIn: before)
    var expected = Expected(replaced: lower..<offset, partial: partial)
    let base = Array(before[..<lower])
    var parser = Parser(SourceText(name: "", bytes: base))
    let isStatementWhole = parser.readsUpToEnd()
    expected.statementStart = parser.lastStatementStart
    guard parser.mistakes.isEmpty || parser.endsTooEarly else { return expected }
    expected.slots = parser.slots
    var keywords = parser.expectations.keywords
    if isStatementWhole || parser.beginsStatement(after: base) {
      keywords += Keyword.allCases.filter { $0.beginsStatement && !keywords.contains($0) }
    }
    let statement = Array(base[min(expected.statementStart, base.count)...])
    expected.keywords = keywords.filter { Parser.fits($0, behind: statement) }
    return expected
  }

  /// Reads the script; whether nothing of a statement stands at its end.
  private mutating func readsUpToEnd() -> Bool {
    _ = script()
    return lastStatementStart >= source.bytes.count
      || source.bytes[lastStatementStart...].allSatisfy { $0 <= 0x20 }
  }

  /// Whether a statement may begin behind a whole one, whose line has ended, or in a block.
  private func beginsStatement(after bytes: [UInt8]) -> Bool {
    let isWhole = mistakes.allSatisfy { $0.problem == .unclosed(.block) }
    guard isWhole, let last = bytes.last(where: { $0 != 0x20 && $0 != 0x09 }) else {
      return false
    }
    return last == UInt8(ascii: "\n") || last == UInt8(ascii: ";") || last == UInt8(ascii: "{")
  }

  /// Whether a word can stand behind a part of a statement: the parser is asked.
  private static func fits(_ keyword: Keyword, behind statement: [UInt8]) -> Bool {
    let text = statement + [0x20] + Array(keyword.spelling.utf8)
    var parser = Parser(SourceText(name: "", bytes: text))
    _ = parser.script()
    return parser.mistakes.isEmpty || parser.endsTooEarly
  }

  /// Where the word begins that the bytes end with.
  private static func beginning(ofWordIn bytes: [UInt8]) -> (Int, Expected.Partial) {
    var lexer = Lexer(bytes)
    lexer.comments = []
    var last: Token?
    while true {
      let token = lexer.next()
      if token.kind == .endOfInput { break }
      if token.kind == .invalid, case .unclosed(.text) = lexer.problem?.problem {
        return (token.lower, .text(quote: bytes[token.lower]))
      }
      last = token
    }
    if let comment = lexer.comments?.last, comment.upper == bytes.count {
      return (bytes.count, .nothing)
    }
    guard let last, last.upper == bytes.count else { return (bytes.count, .nothing) }
    switch last.kind {
    case .text, .comma, .semicolon, .openParenthesis, .closeParenthesis, .openBrace, .closeBrace,
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches,
      .range:
      return (bytes.count, .nothing)
    default: break
    }
    // A dotted name is one word, and `$` or `#` alone begin one.
    var lower = bytes.count
    while lower > 0, isNamePart(bytes[lower - 1]) { lower -= 1 }
    return (lower, lower < bytes.count ? .word : .nothing)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte.isWordByte || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "*")
      || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "#")
  }
}
