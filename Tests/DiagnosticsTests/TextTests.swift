import Diagnostics
import Testing

@Suite("Text")
struct TextTests {
  @Test("is equal only to the same bytes")
  func equality() {
    let composed: Text = "\u{E9}"
    let decomposed: Text = "e\u{301}"
    #expect(composed != decomposed)
    #expect(composed.string == decomposed.string)
    #expect(Set([composed, decomposed, "\u{E9}"]).count == 2)
    #expect(composed == Text("\u{E9}"))
  }

  @Test("is ordered by its bytes")
  func order() {
    let sorted: [Text] = ["", "A", "Z", "a", "e\u{301}", "\u{E9}", "\u{FFFD}", "\u{1F600}"]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test("is made only of valid UTF-8")
  func validation() {
    #expect(Text(validating: [0x61, 0xC3, 0xA9]) == "a\u{E9}")
    #expect(Text(validating: [0xC0, 0xAF]) == nil)
    #expect(Text(validating: [0xED, 0xA0, 0x80]) == nil)
  }
}
