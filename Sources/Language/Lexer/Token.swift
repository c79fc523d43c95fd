package import Diagnostics

/// A word, a sign or a literal, and where it stands.
package struct Token: Sendable {
  package enum Kind: UInt8, Sendable {
    /// A bare word; `keyword` says whether it is one of the language's.
    case word
    /// `` `limit` ``
    case quotedName
    case text
    case number
    /// `#1726005822670x239735712159542050`, `#"any text"`
    case id
    /// `$name`, `$1`
    case variable
    /// `2026-11-01`, `2026-11-01T09:30Z`
    case time
    case comma
    case semicolon
    case dot
    case range
    case star
    case openParenthesis
    case closeParenthesis
    case openBrace
    case closeBrace
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    case matches
    case notMatches
    /// What can't be read; the lexer holds the problem.
    case invalid
    case endOfInput
  }

  package let kind: Kind
  package let keyword: Keyword?
  /// Nothing but white space and comments stands before it on its line.
  package let startsLine: Bool
  /// A text or a name with escapes in it; a number that is not written as a whole one.
  package let isIntricate: Bool
  package let lower: Int
  package let upper: Int
  /// A number's value; a time's milliseconds since 1970.
  package let value: Double

  package var range: SourceRange { SourceRange(lower, upper) }
}
