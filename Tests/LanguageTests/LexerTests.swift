import Diagnostics
import Language
import Testing

@Suite("The lexer")
struct LexerTests {
  private func tokens(_ text: String) -> [Token] {
    var lexer = Lexer(Array(text.utf8))
    var tokens: [Token] = []
    while true {
      let token = lexer.next()
      if token.kind == .endOfInput { return tokens }
      tokens.append(token)
    }
  }

  static let kinds: [(text: String, kinds: [Token.Kind])] = [
    ("grant outbound", [.word, .word]),
    ("agent_types.outbound", [.word, .dot, .word]),
    ("integrations.*", [.word, .dot, .star]),
    ("1..40", [.number, .range, .number]),
    ("1.5..2", [.number, .range, .number]),
    ("-3 - 3", [.number, .invalid, .number]),
    ("2026-11-01", [.time]),
    ("2026-11-01--x", [.time]),
    ("2026-11-01T09:30:15.5+02:00,", [.time, .comma]),
    ("20261-11", [.number, .number]),
    ("5-3", [.number, .number]),
    (#""a" 'b' `c`"#, [.text, .text, .quotedName]),
    (#""a'b" 'a"b'"#, [.text, .text]),
    (#"#17x2 #a-b #"x y" #a--b"#, [.id, .id, .id, .id]),
    ("$who $1 $`x y`", [.variable, .variable, .variable]),
    (
      "= != < <= > >= ~ !~",
      [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches,
      ]
    ),
    ("a<=b", [.word, .lessOrEqual, .word]),
    (
      "(){},;",
      [
        .openParenthesis, .closeParenthesis, .openBrace, .closeBrace, .comma, .semicolon,
      ]
    ),
    ("-- only a comment", []),
    ("#!/bin/x\n#17", [.id]),
    ("", []),
  ]

  @Test("tells kinds apart", arguments: kinds)
  func kind(text: String, kinds: [Token.Kind]) {
    #expect(tokens(text).map(\.kind) == kinds)
  }

  @Test("knows every keyword in any case, and what is not quite one")
  func keywords() {
    for keyword in Keyword.allCases {
      #expect(keyword.spelling == "\(keyword)")
      #expect(tokens(keyword.spelling).map(\.keyword) == [keyword])
      #expect(tokens(keyword.spelling.uppercased()).map(\.keyword) == [keyword])
      #expect(tokens(keyword.spelling + "x").map(\.keyword) != [keyword])
      #expect(tokens("`\(keyword.spelling)`").map(\.keyword) == [nil])
    }
    for word in ["_", "grant_", "gran", "show0", "permissionss", "aaaaaaaaaaaaaaaaaaaaaaaaall"] {
      #expect(tokens(word).map(\.keyword) == [nil])
    }
  }

  @Test("has no more keywords than the parser's two words of expectations hold")
  func keywordCount() {
    #expect(Keyword.allCases.count <= 128)
    #expect(Keyword.allCases.allSatisfy { $0.spelling.utf8.count <= 16 })
  }

  @Test("knows what begins a line")
  func lineStarts() {
    let starts = tokens("a b\nc -- x\n  d\r e\u{FEFF}").prefix(5).map(\.startsLine)
    #expect(starts == [true, false, true, true, true])
  }

  static let numbers: [(text: String, value: Double)] = [
    ("0", 0), ("-0", 0), ("500", 500), ("1_000", 1000), ("-3", -3), ("2.5", 2.5), ("0.1", 0.1),
    ("1_0.25", 10.25), ("1e3", 1000), ("2.5E-3", 0.0025), ("0e9", 0), ("00012", 12),
  ]

  @Test("reads numbers", arguments: numbers)
  func number(text: String, value: Double) {
    let tokens = tokens(text)
    #expect(tokens.map(\.kind) == [.number])
    #expect(tokens.first?.value == value)
    #expect(tokens.first?.value.sign == value.sign)
  }

  static let texts: [(source: String, value: Text)] = [
    (#""""#, ""), (#""Acme""#, "Acme"), (#"'it"s'"#, "it\"s"), (#""a\"b\'c\\d""#, "a\"b'c\\d"),
    (#""a\nb\tc""#, "a\nb\tc"), (#""\u{1F600}\u{41}\u{0}""#, "\u{1F600}A\u{0}"),
    (#""e\#u{301} 漢 👨‍👩‍👧""#, "e\u{301} 漢 👨‍👩‍👧"), ("\"a\u{A0}b\tc\"", "a\u{A0}b\tc"),
    (#""-- no comment""#, "-- no comment"),
  ]

  @Test("reads texts byte by byte", arguments: texts)
  func text(source: String, value: Text) {
    guard case .print(let values)? = parsed("print \(source)").first?.kind else {
      Issue.record("no print")
      return
    }
    #expect(values.map(\.kind) == [.text(value)])
  }
}
