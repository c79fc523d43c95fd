package import Diagnostics

/// A script in standard layout, its comments kept.
///
/// Only white space, the case of keywords, single quotes and needless `;` change, so the tree
/// stays what it was; numbers and times stay as written. One statement a line, blocks indented by two,
/// at most one empty line in a row; a statement of over 100 columns is broken before its clauses, then
/// before `and` and `or`, then after commas. Doing it twice does nothing more.
package struct Reformatter {
  private let parser: Parser
  private let layout = StatementLayout()
  private var lines: [String] = []
  private var depth = 0
  /// The pieces of the line of statements being gathered: a statement, or a part of one up to a brace.
  private var pieces: [Piece] = []
  /// Where the last token or comment ended in the source.
  private var lastUpper = 0
  /// Whether the source has an empty line before what is being gathered.
  private var followsBlank = false

  /// The script in standard layout, or what is wrong with it.
  package static func reformat(
    _ source: SourceText
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    var parser = Parser(source, recording: true)
    _ = parser.script()
    guard parser.mistakes.isEmpty else { return (nil, parser.diagnostics) }
    var reformatter = Reformatter(parser)
    return (reformatter.text(), [])
  }

  private init(_ parser: Parser) {
    self.parser = parser
  }

  private mutating func text() -> String {
    if let first = parser.lexer.firstLine {
      lines.append(String(decoding: parser.source.bytes[first], as: UTF8.self))
      lastUpper = first.upperBound
    }
    let elements = parser.recorder?.elements ?? []
    for (element, isLast) in zip(elements, statementEnds(elements)) {
      switch element {
      case .statement:
        flush()
      case .comment(let range):
        comment(range, isLast: isLast)
        lastUpper = range.upper
      case .token(let token, let isKeyword):
        self.token(token, isKeyword: isKeyword)
        lastUpper = token.upper
      }
    }
    flush()
    return lines.map { $0 + "\n" }.joined()
  }

  private mutating func token(_ token: Token, isKeyword: Bool) {
    if token.kind == .semicolon {
      flush()
      return
    }
    if pieces.isEmpty { noteBlank(before: token.lower) }
    if token.kind == .closeBrace {
      flush()
      depth -= 1
      followsBlank = false
    }
    pieces.append(Piece(token, isKeyword: isKeyword, in: parser))
    if token.kind == .openBrace {
      flush()
      depth += 1
    }
  }

  private mutating func comment(_ range: SourceRange, isLast: Bool) {
    let bytes = parser.source.bytes[range.lower..<range.upper]
    var text = String(decoding: bytes, as: UTF8.self)
    while text.utf8.last == 0x20 || text.utf8.last == 0x09 { text.removeLast() }
    let isOnOwnLine = lastUpper == 0 || lineEnds(before: range.lower) > 0
    if isLast, !pieces.isEmpty, isOnOwnLine { flush() }
    if !pieces.isEmpty {
      pieces.append(Piece(comment: text, isOnOwnLine: isOnOwnLine))
      if isLast { flush() }
    } else if isOnOwnLine || lines.isEmpty {
      noteBlank(before: range.lower)
      appendBlankLine()
      lines.append(String(repeating: " ", count: 2 * depth) + text)
    } else {
      lines[lines.count - 1] += "  " + text
    }
  }

  /// For each element, whether only comments stand between it and the end of its statement.
  private func statementEnds(_ elements: [TokenRecorder.Element]) -> [Bool] {
    var isEnd = true
    var ends: [Bool] = []
    for element in elements.reversed() {
      ends.append(isEnd)
      switch element {
      case .comment: break
      case .statement: isEnd = true
      case .token(let token, _): isEnd = token.kind == .semicolon || token.kind == .closeBrace
      }
    }
    return ends.reversed()
  }

  private mutating func flush() {
    guard !pieces.isEmpty else { return }
    appendBlankLine()
    lines.append(contentsOf: layout.lines(pieces, indent: 2 * depth))
    pieces = []
  }

  // MARK: Empty lines

  private mutating func noteBlank(before lower: Int) {
    followsBlank = lineEnds(before: lower) > 1
  }

  private mutating func appendBlankLine() {
    defer { followsBlank = false }
    guard followsBlank, let last = lines.last, last.utf8.last != UInt8(ascii: "{") else { return }
    lines.append("")
  }

  /// How many line ends part this byte from the last token or comment.
  private func lineEnds(before lower: Int) -> Int {
    let bytes = parser.source.bytes
    var count = 0
    for index in lastUpper..<max(lastUpper, lower) {
      let isPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      if bytes[index] == 0x0A || bytes[index] == 0x0D && !isPair { count += 1 }
    }
    return count
  }
}
