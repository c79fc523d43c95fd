import Diagnostics

/// What the parser made of each token, for the layout of a script.
struct TokenRecorder: Sendable {
  enum Element: Sendable {
    case statement
    case token(Token, isKeyword: Bool)
    case comment(SourceRange)
  }

  private(set) var names: [NamedPlace] = []
  private(set) var elements: [Element] = []
  private var isKeyword = false

  mutating func beginStatement() {
    elements.append(.statement)
  }

  mutating func note(_ name: NamedPlace) {
    names.append(name)
  }

  mutating func nextIsKeyword() {
    isKeyword = true
  }

  mutating func record(_ token: Token) {
    elements.append(.token(token, isKeyword: isKeyword))
    isKeyword = false
  }

  mutating func recordComments(of lexer: inout Lexer) {
    guard let comments = lexer.comments, !comments.isEmpty else { return }
    elements.append(contentsOf: comments.map(Element.comment))
    lexer.comments = []
  }
}
