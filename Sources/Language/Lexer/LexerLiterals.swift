import Diagnostics

/// Numbers, times, texts, names in backquotes, ids and variables.
extension Lexer {
  /// Numbers beyond this are refused: up to it every whole number is exact.
  package static let greatestNumber: Double = 9_007_199_254_740_992
  private static let longestNumber = 64

  mutating func numberOrTime(startsLine: Bool) -> Token {
    let lower = offset
    if (0..<4).allSatisfy({ peek($0).isDigit }), peek(4) == UInt8(ascii: "-"), peek(5).isDigit {
      return time(startsLine: startsLine)
    }
    if peek() == UInt8(ascii: "-") { offset += 1 }
    var whole: Double = 0
    var isWhole = bytes[lower] != UInt8(ascii: "-")
    var isMalformed = false
    while peek().isDigit || peek() == UInt8(ascii: "_") {
      if peek() == UInt8(ascii: "_") {
        isMalformed = isMalformed || !peek(1).isDigit
      } else {
        whole = whole * 10 + Double(peek() - UInt8(ascii: "0"))
      }
      offset += 1
    }
    var isFraction = false
    if peek() == UInt8(ascii: "."), peek(1).isDigit {
      isFraction = true
      offset += 1
      while peek().isDigit { offset += 1 }
    }
    let signLength = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
    if peek() | 0x20 == UInt8(ascii: "e"), peek(1 + signLength).isDigit {
      isFraction = true
      offset += 1 + signLength
      while peek().isDigit { offset += 1 }
    }
    if peek().isWordByte || peek() >= 0x80 {
      isMalformed = true
      while peek().isWordByte || peek() >= 0x80 { offset += 1 }
    }
    if isMalformed { return invalid(from: lower, startsLine: startsLine, .malformedNumber) }
    isWhole = isWhole && !isFraction
    let negative = bytes[lower] == UInt8(ascii: "-")
    let value = isFraction ? fraction(lower) : negative ? 0 - whole : whole
    guard let value, abs(value) <= Lexer.greatestNumber,
      !isFraction || offset - lower <= Lexer.longestNumber
    else {
      return invalid(from: lower, startsLine: startsLine, .numberOutOfRange)
    }
    return Token(
      kind: .number, keyword: nil, startsLine: startsLine, isIntricate: !isWhole, lower: lower,
      upper: offset, value: value)
  }

  /// The value of a number with a fraction or an exponent, or nil where it has none.
  private func fraction(_ lower: Int) -> Double? {
    guard offset - lower <= Lexer.longestNumber else { return nil }
    let digits = bytes[lower..<offset].filter { $0 != UInt8(ascii: "_") }
    guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
      return nil
    }
    // There is no negative zero in the language.
    return value == 0 ? 0 : value
  }

  private mutating func time(startsLine: Bool) -> Token {
    let lower = offset
    scan: while true {
      switch peek() {
      case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): break scan
      case UInt8(ascii: "."): if !peek(1).isDigit { break scan }
      case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "+"): break
      case let byte: if !byte.isWordByte { break scan }
      }
      offset += 1
    }
    guard let (moment, _) = Moment.parse(Array(bytes[lower..<offset]).span) else {
      return invalid(
        from: lower, startsLine: startsLine,
        .malformedTime(Text(String(decoding: bytes[lower..<offset], as: UTF8.self))))
    }
    return Token(
      kind: .time, keyword: nil, startsLine: startsLine, isIntricate: offset - lower > 10,
      lower: lower, upper: offset, value: Double(moment.milliseconds))
  }

  /// `#id` or `$name`, bare or with any text in quotes.
  mutating func prefixed(_ kind: Token.Kind, startsLine: Bool) -> Token {
    let lower = offset
    let isId = kind == .id
    if isId
      ? peek(1) == UInt8(ascii: "\"") || peek(1) == UInt8(ascii: "'")
      : peek(1) == UInt8(ascii: "`")
    {
      return quoted(kind, opening: 1, startsLine: startsLine)
    }
    offset += 1
    while peek().isWordByte || isId && peek() == UInt8(ascii: "-") && peek(1).isWordByte {
      offset += 1
    }
    if peek() >= 0x80, let odd = oddWord(from: lower, startsLine: startsLine) { return odd }
    if offset == lower + 1 {
      return invalid(
        from: lower, startsLine: startsLine, isId ? .idMissing : .variableNameMissing)
    }
    guard offset - lower - 1 <= Lexer.longestName else {
      return invalid(from: lower, startsLine: startsLine, .nameTooLong)
    }
    if !isId, bytes[lower + 1].isDigit, !bytes[lower + 1..<offset].allSatisfy(\.isDigit) {
      return invalid(from: lower, startsLine: startsLine, .malformedVariable)
    }
    return Token(
      kind: kind, keyword: nil, startsLine: startsLine, isIntricate: false, lower: lower,
      upper: offset, value: 0)
  }

  /// From a quote to the same quote on the same line; `opening` bytes stand before the quote.
  mutating func quoted(_ kind: Token.Kind, opening: Int, startsLine: Bool) -> Token {
    let lower = offset
    offset += opening
    let quote = bytes[offset]
    offset += 1
    var hasEscapes = false
    var problem: (SyntaxProblem, SourceRange)?
    while true {
      let byte = peek()
      if byte == quote { break }
      if byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") {
        offset += 1
        continue
      }
      if offset >= bytes.count || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        let place = SourceRange(lower, lower + opening + 1)
        return invalid(
          from: lower, startsLine: startsLine,
          .unclosed(kind == .quotedName ? .name : .text), at: place)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        let start = offset
        if let found = skipEscape(quote: quote) {
          problem = problem ?? (found, SourceRange(start, offset))
        }
      } else if let found = skipCharacter(inText: true) {
        problem = problem ?? found
      }
    }
    offset += 1
    if let problem {
      return invalid(from: lower, startsLine: startsLine, problem.0, at: problem.1)
    }
    if kind != .text, offset - lower > Lexer.longestName + 2 + opening {
      return invalid(from: lower, startsLine: startsLine, .nameTooLong)
    }
    if kind != .text, offset - lower == 2 + opening {
      return invalid(from: lower, startsLine: startsLine, .emptyName)
    }
    return Token(
      kind: kind, keyword: nil, startsLine: startsLine, isIntricate: hasEscapes, lower: lower,
      upper: offset, value: 0)
  }

  /// Moves past a backslash and what it escapes; says what is wrong with it, if anything.
  private mutating func skipEscape(quote: UInt8) -> SyntaxProblem? {
    let start = offset
    offset += 1
    switch peek() {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "n"),
      UInt8(ascii: "t"):
      offset += 1
      return nil
    case UInt8(ascii: "`") where quote == UInt8(ascii: "`"):
      offset += 1
      return nil
    case UInt8(ascii: "u") where peek(1) == UInt8(ascii: "{"):
      offset += 2
      var value: UInt32 = 0
      var digits = 0
      while let digit = peek().hexDigit {
        digits += 1
        value = value << 4 | UInt32(digit)
        if digits > 8 { value = .max }
        offset += 1
      }
      guard peek() == UInt8(ascii: "}") else { return .unknownEscape(snippet(start, offset)) }
      offset += 1
      return digits > 0 && digits <= 8 && Unicode.Scalar(value) != nil
        ? nil : .noSuchCodePoint(snippet(start, offset))
    default:
      // The quote or the line end is left to the text's own loop.
      if peek() >= 0x20, peek() < 0x7F, peek() != quote { offset += 1 }
      return .unknownEscape(snippet(start, offset))
    }
  }

  /// The source's own words for a message, at most 40 bytes of them.
  func snippet(_ lower: Int, _ upper: Int) -> Text {
    var end = min(upper, lower + 40)
    while end < upper, end > lower, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Text(String(decoding: bytes[lower..<end], as: UTF8.self))
  }
}

extension UInt8 {
  var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
