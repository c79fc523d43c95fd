package import Diagnostics

/// Bytes to tokens.
///
/// `next` never fails: what can't be read is a token of kind `invalid`, and `problem` says why. Every
/// call moves on or gives `endOfInput`, and each byte is looked at a fixed number of times, so that a
/// megabyte of anything takes linear time. Looking ahead is copying.
package struct Lexer: Sendable {
  /// Names, ids and variables of more bytes are refused.
  package static let longestName = 1024

  let bytes: [UInt8]
  var offset: Int
  /// Why the last invalid token is one.
  package internal(set) var problem: (problem: SyntaxProblem, range: SourceRange)?
  /// Comments met so far, if they are to be kept.
  var comments: [SourceRange]?
  /// The line `#!…`, if the source begins with one.
  private(set) var firstLine: Range<Int>?
  let keywords = KeywordTable.shared

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if peek() == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "!") {
      let lower = offset
      skipToLineEnd()
      firstLine = lower..<offset
    }
  }

  /// The byte so many places ahead; 0 past the end, which no rule accepts.
  @inline(__always)
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  package mutating func next() -> Token {
    var startsLine = offset == 0
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        offset += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        startsLine = true
        offset += 1
      case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
        if let invalid = comment(startsLine: startsLine) { return invalid }
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        return word(startsLine: startsLine)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        return quoted(.text, opening: 0, startsLine: startsLine)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        return numberOrTime(startsLine: startsLine)
      default:
        return sign(startsLine: startsLine)
      }
    }
    return Token(
      kind: .endOfInput, keyword: nil, startsLine: true, isIntricate: false, lower: offset,
      upper: offset, value: 0)
  }

  /// Makes the token that covers `length` bytes from here, and moves past it.
  mutating func take(_ kind: Token.Kind, _ length: Int, startsLine: Bool) -> Token {
    let lower = offset
    offset += length
    return Token(
      kind: kind, keyword: nil, startsLine: startsLine, isIntricate: false, lower: lower,
      upper: offset, value: 0)
  }

  /// Makes an invalid token from `lower` to here, and keeps why.
  mutating func invalid(
    from lower: Int, startsLine: Bool, _ problem: SyntaxProblem, at range: SourceRange? = nil
  ) -> Token {
    self.problem = (problem, range ?? SourceRange(lower, offset))
    return Token(
      kind: .invalid, keyword: nil, startsLine: startsLine, isIntricate: false, lower: lower,
      upper: offset, value: 0)
  }

  private mutating func word(startsLine: Bool) -> Token {
    let lower = offset
    var index = offset
    var key = KeywordTable.Key()
    var shift: UInt64 = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte.isWordByte else { break }
      // Only letters matter for the key: a digit or a stroke matches no keyword in any case.
      if shift < 64 {
        key.low |= UInt64(byte | 0x20) << shift
      } else {
        key.high |= UInt64(byte | 0x20) << (shift & 63)
      }
      shift += 8
      index += 1
    }
    offset = index
    if peek() >= 0x80, let odd = oddWord(from: lower, startsLine: startsLine) { return odd }
    let length = index - lower
    guard length <= Lexer.longestName else {
      return invalid(from: lower, startsLine: startsLine, .nameTooLong)
    }
    return Token(
      kind: .word, keyword: length <= KeywordTable.longest ? keywords.keyword(key) : nil,
      startsLine: startsLine, isIntricate: false, lower: lower, upper: index, value: 0)
  }

  private mutating func sign(startsLine: Bool) -> Token {
    let following = peek(1)
    switch bytes[offset] {
    case UInt8(ascii: ","): return take(.comma, 1, startsLine: startsLine)
    case UInt8(ascii: ";"): return take(.semicolon, 1, startsLine: startsLine)
    case UInt8(ascii: "."):
      let isRange = following == UInt8(ascii: ".")
      return take(isRange ? .range : .dot, isRange ? 2 : 1, startsLine: startsLine)
    case UInt8(ascii: "*"): return take(.star, 1, startsLine: startsLine)
    case UInt8(ascii: "("): return take(.openParenthesis, 1, startsLine: startsLine)
    case UInt8(ascii: ")"): return take(.closeParenthesis, 1, startsLine: startsLine)
    case UInt8(ascii: "{"): return take(.openBrace, 1, startsLine: startsLine)
    case UInt8(ascii: "}"): return take(.closeBrace, 1, startsLine: startsLine)
    case UInt8(ascii: "~"): return take(.matches, 1, startsLine: startsLine)
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "&"), UInt8(ascii: "|"):
      return comparison(following, startsLine: startsLine)
    case UInt8(ascii: "-") where following.isDigit: return numberOrTime(startsLine: startsLine)
    case UInt8(ascii: "$"): return prefixed(.variable, startsLine: startsLine)
    case UInt8(ascii: "#"): return prefixed(.id, startsLine: startsLine)
    case UInt8(ascii: "`"): return quoted(.quotedName, opening: 0, startsLine: startsLine)
    default: return oddCharacter(startsLine: startsLine)
    }
  }

  private mutating func comparison(_ following: UInt8, startsLine: Bool) -> Token {
    switch (bytes[offset], following) {
    case (UInt8(ascii: "="), UInt8(ascii: "=")): return wrongSign("==", "=", startsLine)
    case (UInt8(ascii: "="), UInt8(ascii: "~")): return wrongSign("=~", "~", startsLine)
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): return wrongSign("<>", "!=", startsLine)
    case (UInt8(ascii: "&"), UInt8(ascii: "&")): return wrongSign("&&", "and", startsLine)
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): return wrongSign("||", "or", startsLine)
    case (UInt8(ascii: "="), _): return take(.equal, 1, startsLine: startsLine)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): return take(.notEqual, 2, startsLine: startsLine)
    case (UInt8(ascii: "!"), UInt8(ascii: "~")): return take(.notMatches, 2, startsLine: startsLine)
    case (UInt8(ascii: "!"), _): return wrongSign("!", "not", startsLine)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")):
      return take(.lessOrEqual, 2, startsLine: startsLine)
    case (UInt8(ascii: ">"), UInt8(ascii: "=")):
      return take(.greaterOrEqual, 2, startsLine: startsLine)
    case (UInt8(ascii: "<"), _): return take(.less, 1, startsLine: startsLine)
    case (UInt8(ascii: ">"), _): return take(.greater, 1, startsLine: startsLine)
    default: return oddCharacter(startsLine: startsLine)
    }
  }

  private mutating func wrongSign(_ sign: Text, _ instead: Text, _ startsLine: Bool) -> Token {
    let lower = offset
    offset += sign.count
    return invalid(from: lower, startsLine: startsLine, .unknownSign(sign, instead: instead))
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  @inline(__always)
  var isWordByte: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || isDigit
      || self == UInt8(ascii: "_")
  }
}
