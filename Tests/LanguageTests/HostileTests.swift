import Diagnostics
import Language
import Testing

@Suite("Hostile input")
struct HostileTests {
  private func codes(_ bytes: [UInt8]) -> [String] {
    Parser.parse(SourceText(name: "s.pql", bytes: bytes)).diagnostics.map(\.code)
  }

  private func codes(_ text: String) -> [String] {
    codes(Array(text.utf8))
  }

  // MARK: Bytes

  struct BadBytes: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    var testDescription: String { name }
  }

  static let badBytes = [
    BadBytes("a lone continuation byte", [0x80]),
    BadBytes("a byte that never occurs", [0xFF]),
    BadBytes("an overlong slash", [0xC0, 0xAF]),
    BadBytes("an overlong NUL of three bytes", [0xE0, 0x80, 0x80]),
    BadBytes("a surrogate", [0xED, 0xA0, 0x80]),
    BadBytes("a scalar beyond the last", [0xF4, 0x90, 0x80, 0x80]),
    BadBytes("a character cut short", [0xE2, 0x82]),
  ]

  @Test("that is not UTF-8 is an error at its byte, anywhere", arguments: badBytes)
  func invalidUTF8(bad: BadBytes) {
    let places = [
      ("print ", ""), ("print \"a", "b\""), ("print 1 -- a", "b"), ("count by `a", "b`"),
    ]
    for (before, after) in places {
      let bytes = Array(before.utf8) + bad.bytes + Array(after.utf8)
      let diagnostics = Parser.parse(SourceText(name: "s.pql", bytes: bytes)).diagnostics
      #expect(diagnostics.map(\.code) == ["E0101"])
      #expect(diagnostics.first?.place?.range.lower == before.utf8.count)
      let shown = diagnostics.map(laidOut).joined()
      #expect(shown.contains(TerminalEscape.hexadecimal(bad.bytes[0])))
      #expect(!shown.contains("\u{FFFD}"))
    }
  }

  // MARK: Limits

  @Test("of ten thousand digits is out of range", arguments: ["", "-", "0.", "1e"])
  func digits(before: String) {
    let number = before + String(repeating: "7", count: 10_000)
    #expect(codes("print \(number)") == ["E0109"])
  }

  @Test("at the greatest number is exact, and beyond it refused")
  func greatestNumber() {
    for number in ["9007199254740992", "-9_007_199_254_740_992"] {
      #expect(parsed("print \(number)").count == 1)
    }
    for number in ["9007199254740994", "-9007199254740994", "9223372036854775808", "1e16"] {
      #expect(codes("print \(number)") == ["E0109"])
    }
  }

  @Test("of names over 1,024 bytes is refused", arguments: ["$", "#", "`", "word", "\""])
  func longNames(kind: String) {
    func script(_ count: Int) -> String {
      let name = String(repeating: "n", count: count)
      return switch kind {
      case "$": "print $\(name)"
      case "#": "protect #\(name)"
      case "`": "count by `\(name)`"
      case "\"": "protect \"\(name)\""
      default: "count by \(name)"
      }
    }
    #expect(codes(script(1024)) == [])
    #expect(codes(script(1025)) == ["E0112"])
  }

  @Test("of long texts that are no names is taken")
  func longText() {
    #expect(codes("print \"\(String(repeating: "n", count: 100_000))\"") == [])
  }

  @Test("of statements over 1 MiB is refused, and the next statement is read")
  func longStatement() {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(codes("print \"\(text)\"\nshw store") == ["E0113", "E0120"])
    let half = String(repeating: "x", count: 600_000)
    #expect(codes("print \"\(half)\"\nprint \"\(half)\"") == [])
    #expect(codes("if no subaccounts { print \"\(half)\"\nprint \"\(half)\" }") == [])
  }

  @Test(
    "nested without end says so",
    arguments: ["(", "not ", "having a and (", "except ("])
  func nesting(opening: String) {
    let before = opening.hasPrefix("except") ? "protect all " : "count where "
    let text = before + String(repeating: opening, count: 200_000 / opening.utf8.count)
    #expect(codes(text) == ["E0114"])
  }

  @Test("nested to the limit works, one more does not")
  func nestingLimit() {
    func script(_ depth: Int) -> String {
      "count where " + String(repeating: "(", count: depth) + "a = 1"
        + String(repeating: ")", count: depth)
    }
    #expect(codes(script(Parser.deepest)) == [])
    #expect(codes(script(Parser.deepest + 1)) == ["E0114"])
  }

  @Test("of blocks in blocks says so and ends")
  func blocks() {
    let text = String(repeating: "if no subaccounts { ", count: 5_000)
    #expect(codes(text).contains("E0114"))
    #expect(codes(String(repeating: "{", count: 50_000)).count <= 1001)
    #expect(codes(String(repeating: "}", count: 50_000)).count <= 1001)
  }

  @Test("of twenty thousand terms is one wide condition")
  func manyTerms() {
    let text = "count where a = 1" + String(repeating: " or a = 1", count: 20_000)
    let statements = parsed(text)
    #expect(statements.count == 1)
    #expect(parsed(Printer.text(statements)) == statements)
  }

  @Test(
    "of a hundred thousand bytes of one thing takes linear time",
    arguments: [
      "\\", "\"", "'", "`", "#", "$", "-", "--\n", "\n", "x\n", "xyz\n", "a.", "é", "\u{202E}",
      "1 ",
      "=", "where ", "x, ", "\"\\", "print \"", "0x", "2026-", "{ ", "if ", "grant x to all\n",
    ])
  func linear(piece: String) {
    let clock = ContinuousClock()
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let time = clock.measure { _ = codes(text) }
    #expect(time < .seconds(5))
  }

  @Test("of a thousand mistakes on one long line is shown in time")
  func manyMistakesOnOneLine() {
    let text = String(repeating: "é;", count: 50_000)
    let clock = ContinuousClock()
    var shown = ""
    let time = clock.measure { shown = mistakes(text) }
    #expect(shown.contains("s.pql:1:1999\n"))
    #expect(time < .seconds(10))
  }

  // MARK: Ends

  @Test(
    "cut anywhere is incomplete or wrong, and never runs half",
    arguments: [
      #"if no subaccounts having a { grant b to "C" expect 1..2 } else { print 2026-11-01 }"#
    ])
  func cuts(script: String) {
    #expect(Parser.completeness(of: SourceText(script)) == .complete)
    for count in 1..<script.utf8.count {
      let source = SourceText(name: "s.pql", bytes: Array(script.utf8.prefix(count)))
      let (script, diagnostics) = Parser.parse(source)
      #expect(diagnostics.isEmpty == (Parser.completeness(of: source) == .complete))
      #expect(!diagnostics.isEmpty || script.statements.count == 1)
    }
  }

  @Test("tells incomplete input from wrong input")
  func completeness() {
    let cases: [(String, Parser.Completeness)] = [
      ("", .complete), ("-- nothing", .complete), ("show store", .complete), ("undo;", .complete),
      ("grant", .incomplete), ("grant outbound", .incomplete), ("grant outbound to", .incomplete),
      ("grant outbound,", .incomplete), ("count where (a = 1", .incomplete),
      ("count where a in (1,", .incomplete), ("if no subaccounts {", .incomplete),
      ("if no subaccounts { undo", .incomplete), ("preview { undo; }", .complete),
      ("show", .incomplete), ("set a =", .incomplete), ("create permission a.", .incomplete),
      ("garnt", .wrong), ("print \"abc", .wrong), ("grant outbound too", .wrong),
      ("grant outbond too all; grant", .wrong), ("undo }", .wrong), ("count where a = = 1", .wrong),
    ]
    for (text, expected) in cases {
      #expect(Parser.completeness(of: SourceText(text)) == expected, "\(text)")
    }
  }

  @Test("of every kind of line end is read", arguments: ["\n", "\r", "\r\n"])
  func lineEnds(end: String) {
    let text = ["#!/usr/bin/env permql", "-- first", "undo", "", "show store -- x", "print 1", ""]
    #expect(parsed(text.joined(separator: end)).count == 3)
    let wrong = ["undo", "shw store"].joined(separator: end)
    let diagnostics = Parser.parse(SourceText(wrong)).diagnostics
    #expect(diagnostics.map(laidOut).joined().contains("<command>:2:1"))
  }

  @Test("with a byte order mark at the start is read")
  func byteOrderMark() {
    #expect(parsed("\u{FEFF}undo").count == 1)
    #expect(parsed("\u{FEFF}#! /bin/x\nundo").count == 1)
    #expect(mistakes("\u{FEFF}shw store").contains("s.pql:1:1\n"))
  }

  @Test("inside a value stays a value")
  func injection() throws {
    let text = #"count where name = "x\"; revoke * from all; --""#
    let statements = parsed(text)
    #expect(statements.count == 1)
    #expect(Printer.text(statements[0]) == text)
  }
}
