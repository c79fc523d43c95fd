import Diagnostics

/// What a token stands for, made only when the tree needs it.
extension Parser {
  /// A text's content, a name without backquotes, an id without `#`, a variable without `$`.
  func text(of token: Token) -> Text {
    let bytes = source.bytes
    var lower = token.lower
    var upper = token.upper
    switch token.kind {
    case .text, .quotedName:
      lower += 1
      upper -= 1
    case .id, .variable:
      lower += 1
      if !bytes[lower].isWordByte {
        lower += 1
        upper -= 1
      }
    default:
      break
    }
    guard token.isIntricate else {
      return Text(String(decoding: bytes[lower..<upper], as: UTF8.self))
    }
    return Text(String(decoding: unescaped(lower, upper), as: UTF8.self))
  }

  /// The bytes between, each escape replaced by what it means; the lexer has checked them.
  private func unescaped(_ lower: Int, _ upper: Int) -> [UInt8] {
    let bytes = source.bytes
    var result: [UInt8] = []
    result.reserveCapacity(upper - lower)
    var index = lower
    while index < upper {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < upper else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let escape = bytes[index + 1]
      index += 2
      switch escape {
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "u"):
        index += 1
        var value: UInt32 = 0
        while index < upper, let digit = bytes[index].hexDigit {
          value = value << 4 | UInt32(digit)
          index += 1
        }
        index += 1
        if let scalar = Unicode.Scalar(value) { result.append(contentsOf: String(scalar).utf8) }
      default: result.append(escape)
      }
    }
    return result
  }
}
