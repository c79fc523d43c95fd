import Diagnostics

/// A file's own words as a message may show them: on one line, short, and harmless to a terminal.
enum Excerpt {
  /// How many scalars are shown at most.
  private static let limit = 60

  static func of(_ text: Text) -> Text {
    of(text.bytes.span)
  }

  /// What bytes say that may not be valid UTF-8.
  static func of(_ bytes: Span<UInt8>) -> Text {
    var result: [UInt8] = []
    var index = 0
    var shown = 0
    while index < bytes.count {
      if shown == limit {
        result.append(contentsOf: "…".utf8)
        break
      }
      let length = UTF8Text.length(ofLead: bytes[index])
      let end = min(index + length, bytes.count)
      let scalar = bytes.extracting(index..<end)
      if UTF8Text.firstInvalidByte(in: scalar) != nil {
        result.append(contentsOf: "\\x\(hexadecimal(UInt32(bytes[index]), digits: 2))".utf8)
        index += 1
      } else {
        append(UTF8Text.scalar(at: 0, in: scalar), to: &result)
        index = end
      }
      shown += 1
    }
    return Text(String(decoding: result, as: UTF8.self))
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x0D: bytes.append(contentsOf: "\\r".utf8)
    case _ where UTF8Text.isHarmful(scalar):
      bytes.append(contentsOf: "\\u{\(hexadecimal(scalar, digits: 1))}".utf8)
    default: UTF8Text.append(scalar, to: &bytes)
    }
  }

  /// Upper-case hexadecimal digits, at least so many.
  static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
