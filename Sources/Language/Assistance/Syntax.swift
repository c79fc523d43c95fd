package import Diagnostics

/// A name that a statement uses, and what kind of thing it names.
package enum NamedPlace: Sendable {
  case permission(PermissionName)
  case reference(Reference)
  case attribute(AttributeName)
}

/// A script taken apart for showing: what each token is, the names in it, and its mistakes.
package struct Syntax: Sendable {
  package enum Part: Sendable, Hashable {
    case keyword
    /// A word that is no keyword where it stands.
    case word
    case text
    case number
    case time
    case id
    case variable
    case comment
    case sign
    /// What can't be read.
    case invalid
  }

  package private(set) var parts: [(part: Part, range: SourceRange)] = []
  package let names: [NamedPlace]
  /// Where something is wrong that more input can't mend, in the order of their places.
  package let mistakes: [SourceRange]

  /// Takes a script apart, as far as it can be read; linear in its length.
  package init(_ source: SourceText) {
    var parser = Parser(source, recording: true)
    _ = parser.script()
    // What is only missing at the end is no mistake while it is being typed, nor is an open quote.
    let wrong = parser.mistakes.filter { mistake in
      if case .unclosed = mistake.problem { false } else { true }
    }
    mistakes = parser.endsTooEarly ? [] : wrong.map(\.range).sorted { $0.lower < $1.lower }
    names = parser.recorder?.names ?? []
    for element in parser.recorder?.elements ?? [] {
      switch element {
      case .statement: continue
      case .comment(let range): parts.append((.comment, range))
      case .token(let token, let isKeyword):
        let part = Syntax.part(of: token, isKeyword: isKeyword)
        let isOpenText = part == .invalid && Syntax.beginsText(source.bytes[token.lower])
        parts.append((isOpenText ? .text : part, token.range))
      }
    }
    parts.sort { $0.range.lower < $1.range.lower }
    addUnread(after: parts.last?.range.upper ?? 0, of: source)
  }

  /// What the parser has not come to: a text whose quote is open.
  private mutating func addUnread(after offset: Int, of source: SourceText) {
    let rest = source.bytes[min(offset, source.bytes.count)...]
    guard let start = rest.firstIndex(where: { $0 > 0x20 }) else { return }
    parts.append(
      (Syntax.beginsText(rest[start]) ? .text : .invalid, SourceRange(start, source.bytes.count)))
  }

  private static func part(of token: Token, isKeyword: Bool) -> Part {
    switch token.kind {
    case .word where isKeyword: .keyword
    case .word, .quotedName: .word
    case .text: .text
    case .number: token.keyword == nil ? .number : .keyword
    case .time: .time
    case .id: .id
    case .variable: .variable
    case .invalid: .invalid
    default: .sign
    }
  }

  private static func beginsText(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }
}
