package import Diagnostics

/// How single names and values are written so that they read back as they are.
package enum Spelling {
  /// A text in quotes.
  package static func quoted(_ text: Text) -> String {
    wrapped(text, in: "\"")
  }

  /// A name: bare where that reads back, else in backquotes.
  package static func name(_ name: Text) -> String {
    isBareWord(name) && keyword(name)?.isReserved != true ? name.string : wrapped(name, in: "`")
  }

  /// A name beside a dot, where every word may be one.
  package static func part(_ name: Text) -> String {
    isBareWord(name) ? name.string : wrapped(name, in: "`")
  }

  /// A column, where every word may be one that can't be taken for the next statement's first.
  static func column(_ name: Text) -> String {
    isBareWord(name) && keyword(name)?.beginsStatement != true
      ? name.string : wrapped(name, in: "`")
  }

  /// A help topic, where every word may be one.
  static func topic(_ topic: Text) -> String {
    isBareWord(topic) ? topic.string : quoted(topic)
  }

  /// A variable with its `$`.
  package static func variable(_ name: Text) -> String {
    let isNumber = !name.isEmpty && name.utf8.allSatisfy(\.isDigit)
    return "$" + (isNumber || isBareWord(name) ? name.string : wrapped(name, in: "`"))
  }

  /// An id with its `#`.
  package static func id(_ id: Text) -> String {
    let bytes = id.bytes
    let isBare =
      !bytes.isEmpty
      && bytes.indices.allSatisfy { index in
        bytes[index].isWordByte
          || bytes[index] == UInt8(ascii: "-") && index + 1 < bytes.count
            && bytes[index + 1].isWordByte
      }
    return "#" + (isBare ? id.string : wrapped(id, in: "\""))
  }

  /// A number: digits alone where it is whole, else the shortest that reads back.
  package static func number(_ number: Double) -> String {
    if abs(number) <= Lexer.greatestNumber, Double(Int64(number)) == number {
      return String(Int64(number))
    }
    return number.description
  }

  /// Whether it is one word of ASCII letters, digits and `_`.
  static func isBareWord(_ name: Text) -> Bool {
    guard let first = name.utf8.first, !first.isDigit else { return false }
    return name.utf8.allSatisfy(\.isWordByte)
  }

  /// The keyword that a bare word is, if any.
  static func keyword(_ word: Text) -> Keyword? {
    guard word.count <= KeywordTable.longest else { return nil }
    return KeywordTable.shared.keyword(KeywordTable.Key(word.utf8))
  }

  private static func wrapped(_ text: Text, in quote: Unicode.Scalar) -> String {
    var result = String(quote)
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != quote.value }) {
      result += text.string
    } else {
      for scalar in text.string.unicodeScalars { append(scalar, quote, to: &result) }
    }
    result.unicodeScalars.append(quote)
    return result
  }

  private static func append(
    _ scalar: Unicode.Scalar, _ quote: Unicode.Scalar, to result: inout String
  ) {
    switch scalar {
    case "\\", quote:
      result += "\\"
      result.unicodeScalars.append(scalar)
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.isControl || scalar.isBidiControl || scalar.isInvisible:
      result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
}
