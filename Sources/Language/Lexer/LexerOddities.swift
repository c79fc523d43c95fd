import Diagnostics

/// Comments, and whatever is no part of the language: bytes that are not UTF-8, hidden and look-alike
/// characters.
extension Lexer {
  /// Moves past a comment; an invalid token where it hides something.
  mutating func comment(startsLine: Bool) -> Token? {
    let lower = offset
    var found: (SyntaxProblem, SourceRange)?
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= 0x20 && byte < 0x7F {
        offset += 1
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        break
      } else if let problem = skipCharacter(inText: false) {
        found = found ?? problem
      }
    }
    comments?.append(SourceRange(lower, offset))
    guard let found else { return nil }
    return invalid(from: lower, startsLine: startsLine, found.0, at: found.1)
  }

  mutating func skipToLineEnd() {
    while offset < bytes.count, peek() != UInt8(ascii: "\n"), peek() != UInt8(ascii: "\r") {
      offset += 1
    }
  }

  /// Moves past one character that is not plain ASCII; says why it may not stand there, if so.
  mutating func skipCharacter(inText: Bool) -> (SyntaxProblem, SourceRange)? {
    guard let (scalar, length) = ScalarDecoder.scalar(in: bytes, at: offset) else {
      let byte = bytes[offset]
      offset += 1
      return (.invalidUTF8(byte, offset: offset - 1), SourceRange(offset - 1, offset))
    }
    offset += length
    if scalar == "\t" { return nil }
    let isHidden =
      scalar.isControl || scalar.isBidiControl || scalar.value == 0xFEFF
      || scalar.value == 0x2028 || scalar.value == 0x2029
    guard isHidden else { return nil }
    return (.forbiddenCharacter(scalar, inText: inText), SourceRange(offset - length, offset))
  }

  /// A character that begins no token.
  mutating func oddCharacter(startsLine: Bool) -> Token {
    let lower = offset
    guard let (scalar, length) = ScalarDecoder.scalar(in: bytes, at: offset) else {
      let byte = bytes[offset]
      offset += 1
      return invalid(from: lower, startsLine: startsLine, .invalidUTF8(byte, offset: lower))
    }
    if scalar.properties.isAlphabetic, let odd = oddWord(from: lower, startsLine: startsLine) {
      return odd
    }
    offset += length
    return invalid(from: lower, startsLine: startsLine, .forbiddenCharacter(scalar, inText: false))
  }

  /// The rest of a word that has a letter beyond ASCII, or nil where what follows is no letter.
  mutating func oddWord(from lower: Int, startsLine: Bool) -> Token? {
    var odd: (scalar: Unicode.Scalar, range: SourceRange)?
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        guard bytes[offset].isWordByte else { break }
        offset += 1
        continue
      }
      guard let (scalar, length) = ScalarDecoder.scalar(in: bytes, at: offset),
        scalar.properties.isXIDContinue
      else { break }
      odd = odd ?? (scalar, SourceRange(offset, offset + length))
      offset += length
    }
    guard let odd else { return nil }
    return invalid(
      from: lower, startsLine: startsLine,
      .oddLetter(snippet(lower, offset), odd.scalar), at: odd.range)
  }
}

/// Characters that look like one of the language's own.
enum LookAlike {
  /// What to write instead, or nil where nothing in the language looks like it.
  static func ascii(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xFF01...0xFF5E:
      Unicode.Scalar(scalar.value - 0xFEE0).map { String(Character($0)) }
    case 0x00A0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    case 0x2018, 0x2019, 0x201A, 0x2032: "'"
    case 0x201C, 0x201D, 0x201E, 0x00AB, 0x00BB: "\""
    case 0x2010...0x2015, 0x2212: "-"
    case 0x2260: "!="
    case 0x2264: "<="
    case 0x2265: ">="
    case 0x037E: ";"
    case 0x3001, 0x201B: ","
    case 0x0430, 0x03B1: "a"
    case 0x0435: "e"
    case 0x043E, 0x03BF: "o"
    case 0x0440, 0x03C1: "p"
    case 0x0441: "c"
    case 0x0443: "y"
    case 0x0445: "x"
    case 0x0455: "s"
    case 0x0456, 0x0130, 0x0131, 0x03B9: "i"
    case 0x0458: "j"
    case 0x0410: "A"
    case 0x0412: "B"
    case 0x0415: "E"
    case 0x041A, 0x212A: "K"
    case 0x041C: "M"
    case 0x041D: "H"
    case 0x041E: "O"
    case 0x0420: "P"
    case 0x0421: "C"
    case 0x0422: "T"
    case 0x0425: "X"
    default: nil
    }
  }
}
