import Console
import Diagnostics
import Foundation
import Testing

@Suite("editing a line")
struct EditingTests {
  @Test("places above and below keep the column where they can")
  func lines() {
    var buffer = EditBuffer("abcdef\nab\nabcd")
    #expect(buffer.placeAbove == 9)
    #expect(buffer.placeBelow == nil)
    buffer.cursor = 5
    #expect(buffer.placeAbove == nil)
    #expect(buffer.placeBelow == 9)
    buffer.cursor = 8
    #expect(buffer.lineStart == 7)
    #expect(buffer.lineEnd == 9)
    #expect(buffer.placeBelow == 11)
  }

  @Test("a character is what a person sees")
  func characters() {
    var buffer = EditBuffer("a👨‍👩‍👧e\u{301}")
    #expect(buffer.placeBefore == 6)
    buffer.cursor = 6
    #expect(buffer.placeBefore == 1)
    #expect(buffer.placeAfter == 8)
    buffer.cursor = 1
    #expect(buffer.placeAfter == 6)
    buffer.cursor = 0
    #expect(buffer.placeBefore == nil)
  }

  @Test("a word is one step, and so is anything else")
  func undo() {
    var steps = UndoStack()
    for text in ["a", "ab", "ab ", "ab c", "ab cd", "x"] { steps.note(EditBuffer(text)) }
    var texts: [String] = []
    while let step = steps.undo() { texts.append(step.text) }
    #expect(texts == ["ab cd", "ab ", "ab", ""])
  }

  @Test(
    "Enter runs what is whole",
    arguments: [
      ("count all\n", true), ("count lacking\n", false), ("grant outbound\n", false),
      ("if some subaccounts {\n", false), ("if some subaccounts {\n}\n", true), ("quit\n", true),
      (".help\n", true), ("gibberish\n", true), (" \n", false), ("count lacking\n\n", true),
      ("show \"A\n", true),
    ])
  func whole(text: String, isWhole: Bool) {
    #expect(InputExtent.isWhole(Array(text.utf8)) == isWhole)
  }

  @Test(
    "a paste is told in a few words",
    arguments: [
      (
        "grant mcp to all\nGRANT logs to all\nrevoke chat from all",
        "pasted 3 statements: 2 grant, 1 revoke"
      ),
      (
        "count all\ngrant outbound all\ncount all",
        "pasted 2 statements: 2 count; 1 mistake, so none of it runs"
      ),
      ("count all\ngrant outbound to", "pasted 1 statement: 1 count"),
      ("outbound", nil), ("count all", nil), ("a\nb", "pasted 2 lines, no whole statement"),
    ])
  func paste(text: String, words: String?) {
    #expect(PasteSummary.words(for: text) == words)
  }
}

@Suite("history")
struct HistoryTests {
  @Test("one's own statements are the newest, duplicates and secrets are left out")
  func order() {
    var history = History()
    history.add(older: ["a", "b"])
    let areKept = (["c", "c", " secret", ""] as [Text]).map { history.add($0) }
    #expect(areKept == [true, false, false, false])
    history.add(older: ["d"])
    #expect(history.all == ["a", "b", "d", "c"])
    let up = [history.previous(than: EditBuffer("draft")), history.previous(than: EditBuffer("c"))]
    #expect(up == ["c", "d"])
    let down = (0..<3).map { _ in history.next()?.text }
    #expect(down == ["c", "draft", nil])
  }

  @Test("the newest that goes on is suggested, any that fits is found")
  func looking() {
    var history = History()
    history.add(older: ["count all", "count Mcp", "count all lacking mcp"])
    #expect(history.completion(of: "count all") == "count all lacking mcp")
    #expect(history.completion(of: "count all lacking mcp") == nil)
    #expect(history.match(for: "MCP", skipping: 0) == "count all lacking mcp")
    #expect(history.match(for: "MCP", skipping: 1) == "count Mcp")
    #expect(history.match(for: "MCP", skipping: 2) == nil)
  }

  @Test(
    "any text reads back from its line",
    arguments: ["count all", "a\nb", "a\\nb", "\\", "\\\\n\n", "서울 \"치과\"", "a\tb"] as [Text])
  func coding(text: Text) {
    #expect(HistoryFile.encoded(text).filter { $0 == 0x0A }.count == 1)
    #expect(HistoryFile.entries(HistoryFile.encoded(text)) == [text])
  }

  @Test("what is half written or no text is left out")
  func damage() {
    #expect(HistoryFile.entries(Array("a\nb".utf8)) == ["a"])
    #expect(HistoryFile.entries([0xFF, 0x0A, 0x61, 0x0A, 0x00, 0x0A]) == ["a"])
    #expect(HistoryFile.entries([]) == [])
  }

  @Test("two shells see each other's statements and none of their own twice")
  func sharing() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("permql-history-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try #require(HistoryFile(stateFolder: Text(folder.path), home: nil))
    let second = try #require(HistoryFile(stateFolder: Text(folder.path), home: nil))
    #expect(first.takeNew() == [])
    first.append("a")
    second.append("b")
    first.append("c")
    #expect(first.takeNew() == ["b"])
    #expect(second.takeNew() == ["a", "c"])
    #expect(first.takeNew() == [])
  }

  @Test("a history that grows for ever is cut to its newer half")
  func growing() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("permql-history-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try #require(HistoryFile(stateFolder: Text(folder.path), home: nil))
    let path = folder.appendingPathComponent("permql/history")
    file.append("first")
    let line = String(repeating: "x", count: 1023) + "\n"
    let handle = try FileHandle(forWritingTo: path)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(String(repeating: line, count: 5000).utf8))
    try handle.close()
    file.append("last")
    let text = try String(contentsOf: path, encoding: .utf8)
    #expect(text.utf8.count < 3 << 20)
    #expect(text.hasSuffix("x\nlast\n"))
  }
}
