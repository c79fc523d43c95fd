import Diagnostics

/// A token or a comment as it is laid out.
struct Piece {
  let text: String
  let keyword: Keyword?
  let kind: Token.Kind
  let isComment: Bool
  /// Of a comment: nothing stands before it on its line.
  let isOnOwnLine: Bool

  init(_ token: Token, isKeyword: Bool, in parser: Parser) {
    keyword = isKeyword ? token.keyword : nil
    kind = token.kind
    isComment = false
    isOnOwnLine = false
    let written = parser.source.bytes[token.lower..<token.upper]
    if let keyword {
      text = keyword.spelling
    } else if token.kind == .text, written.first == UInt8(ascii: "'"), !token.isIntricate,
      !written.contains(UInt8(ascii: "\""))
    {
      text = "\"" + String(decoding: written.dropFirst().dropLast(), as: UTF8.self) + "\""
    } else {
      text = String(decoding: written, as: UTF8.self)
    }
  }

  init(comment: String, isOnOwnLine: Bool) {
    text = comment
    keyword = nil
    kind = .endOfInput
    isComment = true
    self.isOnOwnLine = isOnOwnLine
  }
}

/// Breaks one statement into lines.
struct StatementLayout {
  static let widest = 100

  /// The lines of a statement, or of its part up to a brace.
  func lines(_ pieces: [Piece], indent: Int) -> [String] {
    var lines: [String] = []
    var start = 0
    // A comment in the midst ends its line, whatever fits.
    for (index, piece) in pieces.enumerated() where piece.isComment {
      let inner = lines.isEmpty ? indent : indent + 2
      lines.append(contentsOf: broken(pieces[start..<index], indent: inner, level: .clause))
      if piece.isOnOwnLine || lines.isEmpty {
        lines.append(blanks(lines.isEmpty ? indent : indent + 2) + piece.text)
      } else {
        lines[lines.count - 1] += "  " + piece.text
      }
      start = index + 1
    }
    let inner = lines.isEmpty ? indent : indent + 2
    return lines + broken(pieces[start...], indent: inner, level: .clause)
  }

  /// Where a line may be broken, the better places first.
  private enum Level: Int {
    case clause
    case connective
    case comma
    case inner

    var next: Level? { Level(rawValue: rawValue + 1) }
  }

  /// Chunks side by side where they fit; one that fits on no line is broken at the next level.
  private func broken(_ pieces: ArraySlice<Piece>, indent: Int, level: Level) -> [String] {
    guard !pieces.isEmpty else { return [] }
    let whole = blanks(indent) + joined(pieces)
    if DisplayWidth.of(whole) <= StatementLayout.widest { return [whole] }
    let chunks = chunks(pieces, level)
    guard chunks.count > 1 else {
      guard let next = level.next else { return [whole] }
      return broken(pieces, indent: indent, level: next)
    }
    var lines: [String] = []
    var isBroken = false
    for chunk in chunks {
      let inner = lines.isEmpty ? indent : indent + 2
      // What follows a broken chunk would seem to belong to its last line.
      if !lines.isEmpty, !isBroken {
        let longer = lines[lines.count - 1] + " " + joined(chunk)
        if DisplayWidth.of(longer) <= StatementLayout.widest {
          lines[lines.count - 1] = longer
          continue
        }
      }
      let line = blanks(inner) + joined(chunk)
      isBroken = false
      if DisplayWidth.of(line) > StatementLayout.widest, let next = level.next {
        let inside = broken(chunk, indent: inner, level: next)
        isBroken = inside.count > 1
        lines.append(contentsOf: inside)
      } else {
        lines.append(line)
      }
    }
    return lines
  }

  private func chunks(_ pieces: ArraySlice<Piece>, _ level: Level) -> [ArraySlice<Piece>] {
    var chunks: [ArraySlice<Piece>] = []
    var start = pieces.startIndex
    var depth = 0
    for index in pieces.indices {
      if index > start, breaks(before: index, in: pieces, level, depth) {
        chunks.append(pieces[start..<index])
        start = index
      }
      if pieces[index].kind == .openParenthesis { depth += 1 }
      if pieces[index].kind == .closeParenthesis { depth -= 1 }
    }
    chunks.append(pieces[start...])
    return chunks
  }

  private func breaks(
    before index: Int, in pieces: ArraySlice<Piece>, _ level: Level, _ depth: Int
  ) -> Bool {
    let previous = pieces[index - 1]
    let isConnective = pieces[index].keyword == .and || pieces[index].keyword == .or
    switch level {
    case .clause:
      return depth == 0 && pieces[index].keyword.map(opensClause) == true
        && previous.keyword.map(wantsMore) != true
    case .connective: return depth == 0 && isConnective
    case .comma: return depth == 0 && previous.kind == .comma
    case .inner: return isConnective || previous.kind == .comma
    }
  }

  private func opensClause(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .to, .from, .of, .for, .where, .having, .lacking, .except, .without, .because, .expect,
      .including, .as, .with, .like, .by, .since, .until, .columns, .sort, .limit, .label, .api,
      .matching, .spreadsheet, .else, .have, .lack:
      true
    default:
      false
    }
  }

  /// Whether what belongs to this word follows it, so that no line ends after it.
  private func wantsMore(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .to, .from, .of, .for, .where, .and, .or, .not, .as, .with, .like, .by, .except, .having,
      .lacking, .any, .only, .at, .sort:
      true
    default:
      false
    }
  }

  private func joined(_ pieces: ArraySlice<Piece>) -> String {
    var text = ""
    for index in pieces.indices {
      if index > pieces.startIndex, isSpaced(pieces[index - 1].kind, pieces[index].kind) {
        text += " "
      }
      text += pieces[index].text
    }
    return text
  }

  private func isSpaced(_ left: Token.Kind, _ right: Token.Kind) -> Bool {
    switch (left, right) {
    case (_, .comma), (_, .closeParenthesis), (.openParenthesis, _), (.dot, _), (_, .dot),
      (.range, _), (_, .range):
      false
    default:
      true
    }
  }

  private func blanks(_ count: Int) -> String {
    String(repeating: " ", count: count)
  }
}
