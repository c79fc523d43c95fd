import Diagnostics
import Testing

@Suite("Lines and columns")
struct LineTableTests {
  /// Texts with a `▸` at the place that is asked for.
  static let marked: [(text: String, line: Int, column: Int)] = [
    ("▸", 1, 1), ("▸abc", 1, 1), ("abc▸", 1, 4), ("a\n▸b", 2, 1), ("a\r\n▸b", 2, 1),
    ("a\r▸b", 2, 1),
    ("a\r\r▸b", 3, 1), ("a\n\r\nb▸c", 3, 2), ("a▸\nb", 1, 2), ("a\r\n▸", 2, 1), ("漢字▸x", 1, 3),
    ("e\u{301}▸x", 1, 2), ("👨‍👩‍👧▸x", 1, 2), ("\t\t▸x", 1, 3), ("é\né▸", 2, 2),
  ]

  @Test("are counted as a person sees them, from 1", arguments: marked)
  func positions(text: String, line: Int, column: Int) throws {
    let bytes = Array(text.utf8)
    let mark = Array("▸".utf8)
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: mark) })
    let unmarked = Array(bytes[..<place] + bytes[(place + mark.count)...])
    let table = LineTable(SourceText(name: "x", bytes: unmarked))
    #expect(table.position(of: place) == SourcePosition(line: line, column: column))
  }

  @Test("count a byte that is no UTF-8 as a column, and a byte order mark as none")
  func oddBytes() {
    let broken = LineTable(SourceText(name: "x", bytes: [0x61, 0xFF, 0xC3, 0xA9, 0x62]))
    #expect(broken.position(of: 4) == SourcePosition(line: 1, column: 4))
    let marked = LineTable(SourceText(name: "x", bytes: [0xEF, 0xBB, 0xBF, 0x61, 0x62]))
    #expect(marked.position(of: 4) == SourcePosition(line: 1, column: 2))
    #expect(marked.position(of: 0) == SourcePosition(line: 1, column: 1))
  }

  @Test("are the same on long lines as on short ones", arguments: 0..<8)
  func longLines(seed: Int) {
    let pieces = ["a", "e\u{301}", "漢", "👨‍👩‍👧", " ", "é", "\u{600}", "ไทย", "\r", "x = 1; "]
    var state = UInt32(seed) &+ 1
    var text = ""
    while text.utf8.count < 20_000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      let piece = pieces[Int(state >> 16) % pieces.count]
      // A lone carriage return, and so a new line, is to be rare.
      text += piece == "\r" && state >> 24 != 0 ? "-" : piece
    }
    let table = LineTable(SourceText(text))
    var line = 1
    var column = 1
    var offset = 0
    for character in text {
      guard table.position(of: offset) == SourcePosition(line: line, column: column) else {
        Issue.record("at \(offset)")
        return
      }
      offset += character.utf8.count
      column += 1
      if character == "\r" { (line, column) = (line + 1, 1) }
    }
  }

  @Test("give a range's length to its first line's end")
  func lengths() {
    let table = LineTable(SourceText("ab漢\ncd"))
    #expect(table.length(of: SourceRange(1, 5)) == 2)
    #expect(table.length(of: SourceRange(1, 8)) == 2)
    #expect(table.length(of: SourceRange(2, 2)) == 0)
  }
}
