import Diagnostics
import Testing

@Suite("The width of text")
struct DisplayWidthTests {
  static let widths: [(text: String, width: Int)] = [
    ("", 0), ("abc", 3), ("Müller", 6), ("e\u{301}", 1), ("漢字", 4), ("ｶﾅ", 2), ("Ａ", 2), ("한글", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🏳️‍🌈", 2), ("🇩🇪", 2),
    ("❤️", 2), ("❤", 1), ("☎", 1), ("1️⃣", 2), ("…", 1), ("─", 1), ("█", 1), ("क्षि", 3), ("ไทย", 3),
    ("สวัสดี", 4), ("a\u{200B}b", 2), ("\u{301}", 0), ("🫠", 2), ("𠀋", 2), ("é漢a", 4),
    ("か\u{3099}", 2), ("\u{3099}", 0), ("☝🏻", 2), ("☝", 1), ("x🏻", 3), ("⛹🏻‍♂️", 2),
  ]

  @Test("is what a terminal shows", arguments: widths)
  func width(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width, "\(text)")
  }
}
