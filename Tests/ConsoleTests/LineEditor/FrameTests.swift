import Console
import Testing

@Suite("frames of the line editor")
struct FrameTests {
  static func frame(
    _ text: String, cursor: Int? = nil, prompt: String = "p> ", width: Int = 20, height: Int = 10,
    tail: String = "", below: [String] = [], right: String = ""
  ) -> Frame {
    var content = Frame.Content()
    content.prompt = prompt
    content.rightPrompt = right
    content.buffer = EditBuffer(text)
    if let cursor { content.buffer.cursor = cursor }
    content.tail = tail.isEmpty ? [] : [InkedText(tail, .ghost)]
    content.below = below.map { [InkedText($0)] }
    return Frame(content, width: width, height: height, hasColors: false)
  }

  static func rows(_ frame: Frame) -> [String] {
    frame.rows.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test(
    "text is laid out by columns",
    arguments: [
      ("", ["p> "], 0, 3), ("abc", ["p> abc"], 0, 6),
      ("abcdefghijklmnopq", ["p> abcdefghijklmnopq", ""], 1, 0),
      ("abcdefghijklmnopqrs", ["p> abcdefghijklmnopq", "rs"], 1, 2),
      ("a\nb", ["p> a", "  b"], 1, 3),
      ("서울", ["p> 서울"], 0, 7),
      ("abcdefghijklmnop서", ["p> abcdefghijklmnop", "서"], 1, 2),
      ("a\u{1B}b", ["p> a\\u{1B}b"], 0, 11), ("\t|", ["p>     |"], 0, 8),
      ("e\u{301}x", ["p> e\u{301}\u{1B}[5Gx"], 0, 5),
    ])
  func layout(text: String, rows: [String], row: Int, column: Int) {
    let frame = Self.frame(text)
    #expect(Self.rows(frame) == rows)
    #expect(frame.cursorRow == row)
    #expect(frame.cursorColumn == column)
  }

  @Test("the cursor may stand anywhere, and never within a character")
  func cursor() {
    #expect(Self.frame("abc", cursor: 0).cursorColumn == 3)
    #expect(Self.frame("서울", cursor: 1).cursorColumn == 5)
    #expect(Self.frame("e\u{301}x", cursor: 1).cursorColumn == 3)
    #expect(Self.frame("a\nbcd", cursor: 3).cursorRow == 1)
    #expect(Self.frame("abcdefghijklmnop서", cursor: 16).cursorRow == 1)
  }

  @Test("what is higher than the terminal shows the part around the cursor")
  func window() {
    let text = (0..<50).map { "line\($0)" }.joined(separator: "\n")
    let end = Self.frame(text, height: 5)
    #expect(Self.rows(end).last == "  line49")
    #expect(end.rows.count == 5)
    let start = Self.frame(text, cursor: 0, height: 5)
    #expect(Self.rows(start).first == "p> line0")
    let both = Self.frame(text, height: 5, below: ["a", "b"])
    #expect(Self.rows(both).suffix(3) == ["  line49", "a", "b"])
  }

  @Test("suggestions stand behind the text, rows below are cut")
  func tail() {
    #expect(Self.rows(Self.frame("gr", tail: "ant")) == ["p> grant"])
    #expect(Self.frame("gr", tail: "ant").cursorColumn == 5)
    let long = String(repeating: "x", count: 30)
    #expect(Self.frame("a", below: [long]).rows[1].width == 19)
  }

  @Test("the right prompt stands where there is room")
  func right() {
    #expect(Self.rows(Self.frame("ab", right: "#42")) == ["p> ab\u{1B}[K\u{1B}[17G#42"])
    #expect(Self.rows(Self.frame("abcdefghijklm", right: "#42")) == ["p> abcdefghijklm"])
  }

  @Test("a prompt that leaves no room is short")
  func narrow() {
    #expect(Self.rows(Self.frame("a", prompt: "agency.permdb> ")) == ["> a"])
  }

  @Test("only rows that changed are written")
  func differences() {
    var painter = Painter()
    _ = painter.paint(Self.frame("first\nsecond"))
    let bytes = String(decoding: painter.paint(Self.frame("first\nseconds")), as: UTF8.self)
    #expect(bytes.contains("seconds"))
    #expect(!bytes.contains("first"))
    #expect(painter.paint(Self.frame("first\nseconds")) == [])
    let fewer = String(decoding: painter.paint(Self.frame("first")), as: UTF8.self)
    #expect(fewer.contains("\u{1B}[J"))
  }
}
