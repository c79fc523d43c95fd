/// Makes text from data, files and messages safe to show on a terminal.
///
/// Every such text goes through here and nowhere else. Controls, bidi controls and invisible
/// characters become `\u{202E}`; line ends and tabs `\n`, `\r`, `\t`; bytes that are not UTF-8 `\xFF`;
/// of endless combining marks the first few stay. What is left moves no cursor and hides nothing.
package enum TerminalEscape {
  /// Marks on one letter: more than any script stacks.
  private static let mostMarks = 8

  package static func escape(_ text: Text) -> String {
    escape(text.string)
  }

  /// The text made safe; for prose of several lines, whose `\n` are meant, these can be kept.
  package static func escape(_ text: String, keepsLineEnds: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || keepsLineEnds && $0 == 0x0A }) {
      return text
    }
    var escaper = Escaper(keepsLineEnds: keepsLineEnds)
    var previous: Unicode.Scalar?
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      escaper.append(scalar, after: previous, before: scalars.first)
      previous = scalar
    }
    return escaper.finished()
  }

  /// The same for bytes that need not be UTF-8, such as file names.
  package static func escape(bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self) { return escape(text) }
    var result = ""
    var run = ""
    var offset = 0
    while offset < bytes.count {
      if let (scalar, length) = ScalarDecoder.scalar(in: bytes, at: offset) {
        run.unicodeScalars.append(scalar)
        offset += length
      } else {
        result += escape(run) + hexadecimal(bytes[offset])
        run = ""
        offset += 1
      }
    }
    return result + escape(run)
  }

  /// `\xFF`.
  package static func hexadecimal(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  private struct Escaper {
    let keepsLineEnds: Bool
    private var result = ""
    private var marks = 0

    init(keepsLineEnds: Bool) {
      self.keepsLineEnds = keepsLineEnds
    }

    mutating func append(
      _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
    ) {
      let isMark = scalar.properties.isGraphemeExtend && !scalar.isJoiner
      if isMark {
        marks += 1
        if marks > mostMarks { return }
      } else {
        endMarks()
      }
      if let short = shortEscape(scalar) {
        result += short
      } else if mustEscape(scalar, after: previous, before: next) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }

    mutating func finished() -> String {
      endMarks()
      return result
    }

    private mutating func endMarks() {
      if marks > mostMarks { result += "{+\(marks - mostMarks) marks}" }
      marks = 0
    }

    private func shortEscape(_ scalar: Unicode.Scalar) -> String? {
      switch scalar {
      case "\n": keepsLineEnds ? "\n" : "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      default: nil
      }
    }

    private func mustEscape(
      _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
    ) -> Bool {
      if scalar.isControl || scalar.isBidiControl || scalar.isInvisible { return true }
      if (0xFE00...0xFE0F).contains(scalar.value) {
        return previous.map { $0.isControl || $0 == " " } ?? true
      }
      guard scalar.isJoiner else { return false }
      // A joiner is at home between pictures, and between letters of scripts that join.
      guard let previous, let next else { return true }
      let joinsPictures = isPicturePart(previous) && next.value > 0xFF && next.properties.isEmoji
      return !joinsPictures && !(isJoiningScript(previous) && isJoiningScript(next))
    }

    private func isPicturePart(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value == 0xFE0F || scalar.value > 0xFF && scalar.properties.isEmoji
    }

    /// Arabic to the scripts of South and South-East Asia.
    private func isJoiningScript(_ scalar: Unicode.Scalar) -> Bool {
      (0x0600...0x1CFF).contains(scalar.value) && !(0x10A0...0x177F).contains(scalar.value)
    }
  }
}
