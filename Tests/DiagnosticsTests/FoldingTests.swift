import Diagnostics
import Testing

@Suite("Folding")
struct FoldingTests {
  @Test(
    "breaks long lines between words, and indents what goes on",
    arguments: [
      ("as short as that", 20, "as short as that"), ("one two three", 7, "one two\nthree"),
      ("  one two three", 9, "  one two\n  three"), ("a\n\nbb cc", 4, "a\n\nbb\ncc"),
      ("unbreakableword is long", 8, "unbreakableword\nis long"), ("漢字 漢字", 5, "漢字\n漢字"),
      ("name    far away", 12, "name    far\naway"), ("one two ", 7, "one two"),
      ("\u{1B}[31mone\u{1B}[0m two", 7, "\u{1B}[31mone\u{1B}[0m two"),
      ("\u{1B}[31mone\u{1B}[0m two", 6, "\u{1B}[31mone\u{1B}[0m\ntwo"), ("", 3, ""),
    ])
  func fold(text: String, width: Int, wanted: String) {
    #expect(Folding.fold(text, to: width) == wanted)
  }

  @Test("leaves alone what nothing bounds")
  func unbounded() {
    let text = String(repeating: "word ", count: 100)
    #expect(Folding.fold(text, to: nil) == text)
  }
}
