import Diagnostics
import Testing

@Suite("The escape for terminals")
struct TerminalEscapeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let expected: String

    init(_ name: String, _ text: String, _ expected: String) {
      self.name = name
      self.text = text
      self.expected = expected
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("plain text", "Acme Dental 24/7", "Acme Dental 24/7"),
    Case("accents, composed and not", "Müller e\u{301}", "Müller e\u{301}"),
    Case("wide characters", "漢字", "漢字"),
    Case("a colour", "a\u{1B}[31mred", "a\\u{1B}[31mred"),
    Case("a clipboard write", "\u{1B}]52;c;eA==\u{7}", "\\u{1B}]52;c;eA==\\u{7}"),
    Case("line ends and tabs", "a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
    Case("backspace and DEL", "a\u{8}b\u{7F}", "a\\u{8}b\\u{7F}"),
    Case("NUL", "a\0b", "a\\u{0}b"),
    Case("a C1 control", "a\u{9B}31m", "a\\u{9B}31m"),
    Case("a bidi override", "abc\u{202E}fdp.exe", "abc\\u{202E}fdp.exe"),
    Case("bidi isolates and marks", "\u{2066}a\u{2069}\u{200F}", "\\u{2066}a\\u{2069}\\u{200F}"),
    Case("zero-width space and byte order mark", "a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"),
    Case("tag characters", "a\u{E0041}", "a\\u{E0041}"),
    Case("a soft hyphen", "a\u{AD}b", "a\\u{AD}b"),
    Case("line separators", "a\u{2028}b", "a\\u{2028}b"),
    Case("a family", "👨‍👩‍👧‍👦!", "👨‍👩‍👧‍👦!"),
    Case("a heart made a picture", "❤️‍🔥", "❤️‍🔥"),
    Case("a joiner between Latin letters", "a\u{200D}b", "a\\u{200D}b"),
    Case("a joiner at the end", "👨\u{200D}", "👨\\u{200D}"),
    Case("a joiner in Persian", "می\u{200C}خواهم", "می\u{200C}خواهم"),
    Case("a joiner in Hindi", "क्\u{200D}ष", "क्\u{200D}ष"),
    Case("a flag", "🇩🇪", "🇩🇪"),
    Case(
      "five hundred combining marks", "e" + String(repeating: "\u{301}", count: 500) + "x",
      "e" + String(repeating: "\u{301}", count: 8) + "{+492 marks}x"),
  ]

  @Test("shows what there is and moves no cursor", arguments: cases)
  func escape(testCase: Case) {
    let escaped = TerminalEscape.escape(testCase.text)
    #expect(Text(escaped) == Text(testCase.expected))
    #expect(Text(TerminalEscape.escape(escaped)) == Text(escaped))
  }

  @Test("keeps the line ends of prose")
  func prose() {
    #expect(TerminalEscape.escape("a\nb\u{1B}\n", keepsLineEnds: true) == "a\nb\\u{1B}\n")
  }

  @Test("shows bytes that are no UTF-8 as such")
  func bytes() {
    #expect(TerminalEscape.escape(bytes: [0x61, 0xFF, 0x62, 0xC0, 0x1B]) == #"a\xFFb\xC0\u{1B}"#)
    #expect(TerminalEscape.escape(bytes: Array("é".utf8)) == "é")
    #expect(TerminalEscape.escape(bytes: [0xC3]) == #"\xC3"#)
    #expect(TerminalEscape.hexadecimal(0x0A) == #"\x0A"#)
  }

  @Test("leaves no control, bidi or invisible character, whatever comes", arguments: 0..<20)
  func everything(seed: Int) {
    var text = String.UnicodeScalarView()
    var state = UInt32(seed) &* 2_654_435_761 &+ 1
    for _ in 0..<500 {
      state = state &* 1_664_525 &+ 1_013_904_223
      if let scalar = Unicode.Scalar(state >> 8 & (state & 1 == 0 ? 0x1F_FFFF : 0x2FFF)) {
        text.append(scalar)
      }
    }
    let escaped = TerminalEscape.escape(String(text))
    for scalar in escaped.unicodeScalars {
      #expect(!scalar.isControl && !scalar.isBidiControl && !scalar.isInvisible)
    }
  }
}
