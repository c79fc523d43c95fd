import Diagnostics
import Evaluation
import Interchange
import Language
import Storage
import Testing

@Suite struct JSONImportTests {
  @Test(
    "subaccounts are read however they are strung together",
    arguments: [
      (
        "array", "[{\"id\":\"1\",\"name\":\"A\"},{\"id\":\"2\",\"name\":\"B\"}]",
        ["id=1 name=A", "id=2 name=B"]
      ),
      ("empty array", " [ ] ", []),
      ("lines", "{\"id\":\"1\"}\n{\"id\":\"2\"}\n", ["id=1", "id=2"]),
      (
        "lines with CRLF and empty ones", "\r\n{\"id\":\"1\"}\r\n\r\n{\"id\":\"2\"}",
        ["id=1", "id=2"]
      ),
      ("one object", "{\n \"id\" : \"1\" ,\n \"name\" : \"A\"\n}", ["id=1 name=A"]),
      ("byte order mark", "\u{FEFF}[{\"id\":\"1\"}]", ["id=1"]),
      (
        "keys in another order", "[{\"id\":\"1\",\"name\":\"A\"},{\"name\":\"B\",\"id\":\"2\"}]",
        ["id=1 name=A", "id=2 name=B"]
      ),
      (
        "keys that come and go", "[{\"id\":\"1\"},{\"id\":\"2\",\"plan\":\"pro\"},{\"id\":\"3\"}]",
        ["id=1", "id=2 plan=[pro]", "id=3"]
      ),
      (
        "permissions as an object",
        "[{\"id\":\"1\",\"permissions\":{\"general.logs\":true,\"outbound\":false,\"chat\":null}}]",
        ["id=1 +general.logs -agent_types.outbound"]
      ),
      (
        "permissions as an array",
        "[{\"id\":\"1\",\"permissions\":[\"general.logs\",\"chat\"]},{\"id\":\"2\",\"permissions\":[]}]",
        ["id=1 +general.logs +agent_types.chat", "id=2"]
      ),
      (
        "permissions beside each other",
        "[{\"id\":\"1\",\"general.logs\":true,\"agent_types.chat\":false}]",
        ["id=1 +general.logs -agent_types.chat"]
      ),
      ("bare names of permissions", "[{\"id\":\"1\",\"logs\":true}]", ["id=1 +general.logs"]),
      (
        "an attribute named like a permission",
        "[{\"id\":\"1\",\"logs\":true,\"permissions\":{\"general.logs\":false}}]",
        ["id=1 logs=true -general.logs"]
      ),
      (
        "values of every kind",
        "[{\"id\":1,\"plan\":\"pro\",\"seats\":5,\"vip\":true,\"since\":\"2026-11-01\",\"max_minutes\":\"unlimited\",\"email\":null}]",
        ["id=1 plan=[pro] seats=5.0 vip=true since=2026-11-01T00:00:00Z max_minutes=unlimited"]
      ),
      (
        "escapes",
        "[{\"id\":\"1\",\"name\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uD83D\\uDE00\\u00e9\"}]",
        ["id=1 name=\"\\/\u{8}\u{C}\n\r\tA😀é"]
      ),
      ("an id as a number", "[{\"id\":12345678901234567890}]", ["id=12345678901234567890"]),
      (
        "what show prints",
        "[{\"id\":\"1\",\"name\":\"A\",\"created\":\"2026-11-01T09:30:00Z\",\"permission_count\":3,\"protected\":true,\"permissions\":[\"general.logs\"]}]",
        ["id=1 name=A created=2026-11-01T09:30:00Z +protected +general.logs"]
      ),
    ] as [(String, String, [String])])
  func reads(layout: String, text: String, rows: [String]) throws {
    for piece in [1, 2, 3, 7, 1 << 20] {
      #expect(try read(text, piece: piece).rows() == rows, "\(layout), pieces of \(piece)")
    }
  }

  @Test(
    "a new key has the type that fits all of its values",
    arguments: [
      ("1", "2.5", "number"), ("1e5", "12E5", "number"), ("9007199254740993", "1", "text"),
      ("\"1\"", "\"2\"", "text"), ("1", "\"a\"", "text"), ("true", "false", "boolean"),
      ("\"true\"", "\"false\"", "text"), ("1", "\"unlimited\"", "quota"),
      ("\"2026-11-01\"", "null", "time"),
      ("\"\\u0032026-11-01\"", "\"2026-11-01\"", "text"), ("\"2026-11-01\"", "1", "text"),
      ("\"\"", "null", "text"), ("true", "1", "text"),
    ])
  func typing(first: String, second: String, type: String) throws {
    let file = try read("[{\"id\":\"1\",\"x\":\(first)},{\"id\":\"2\",\"x\":\(second)}]")
    #expect(file.attributes.first.map { "\($0.definition.type)" } == type)
  }

  @Test("the platform's answers are taken as they are")
  func response() throws {
    let file = try read(
      """
      {"status":"success","response":{"subaccounts":[
        {"subaccount_id":"1726005822670x239735712159542050","agency_id":"ag1","name":"Acme",
         "permissions":{"inbound":true,"actions":true,"logs":false},"minutes_used":12,"max_minutes":null,
         "members":[{"email":"a@b.c","status":"active"}],"pricing_tiers":[],"subscription":null},
        {"subaccount_id":"2","name":"B","permissions":{},"minutes_used":0,"max_minutes":100,"api_key":"k"}
      ]}}
      """)
    #expect(
      file.rows() == [
        "id=1726005822670x239735712159542050 name=Acme created=2024-09-10T22:03:42.670Z "
          + "minutes_used=12.0 max_minutes=unlimited "
          + "+general.actions -general.logs +agent_types.inbound",
        "id=2 name=B minutes_used=0.0 max_minutes=100.0",
      ])
    #expect(
      file.notes.map(\.message) == [
        "'agency': secrets are not stored: dropped 'api_key'",
        "'agency': not kept by a store: dropped 'agency_id', 'members', 'pricing_tiers' and 'subscription'",
        "'agency': the time of creation is read from the id's milliseconds for 1 subaccount",
      ])
  }

  @Test("the answer to a creation is one subaccount, without its secrets")
  func creation() throws {
    let file = try read(
      """
      {"status":"ok","response":{"subaccount_id":"7","api_key":"key","user_email":"a@b.c",
       "sign_in_link":"https://x","twilio_connected_successfully":true}}
      """)
    #expect(file.rows() == ["id=7 email=[a@b.c]"])
    #expect(!file.notes.map(\.message).joined().contains("https"))
  }

  @Test("null is no value in a file, and no limit in the platform's answers")
  func null() throws {
    #expect(try read("[{\"id\":\"1\",\"max_minutes\":null}]").rows() == ["id=1"])
    #expect(
      try read("[{\"subaccount_id\":\"1\",\"max_minutes\":null}]").rows()
        == ["id=1 max_minutes=unlimited"])
  }

  @Test(
    "a damaged file is refused with its line and column",
    arguments: [
      ("", "'agency': it is empty"),
      ("[", "'agency' line 1, column 2: the text ends in the middle of a value"),
      ("[{]", "'agency' line 1, column 3: expected a key, found ']'"),
      ("[{\"id\":\"1\"}", "'agency' line 1, column 12: the text ends in the middle of a value"),
      ("[{\"id\":\"1\"},]", "'agency' line 1, column 13: expected an object, found ']'"),
      ("[{\"id\":\"1\",}]", "'agency' line 1, column 12: expected a key, found '}'"),
      ("[{\"id\" \"1\"}]", "'agency' line 1, column 8: expected ':', found '\"'"),
      ("[1]", "'agency' line 1, column 2: expected an object, found '1'"),
      ("[{\"id\":\"1\"}]x", "'agency' line 1, column 13: the value has ended, found 'x'"),
      ("[{\"id\":\"1\"}][]", "'agency' line 1, column 13: the value has ended, found '['"),
      (
        "{\"id\":\"1\"}{\"id\":\"2\"}",
        "'agency' line 1, column 11: expected the next object on a line of its own, found '{'"
      ),
      ("{\"id\":\"1\"}\n[]", "'agency' line 2, column 1: expected an object, found '['"),
      ("[{\"id\":\"1\",\n\"id\":\"2\"}]", "'agency' line 2, column 6: key 'id' is there twice"),
      (
        "[{\"id\":\"1\",\"subaccount_id\":\"2\"}]",
        "'agency' line 1: key 'subaccount_id' is there twice"
      ),
      (
        "[{\"id\":\"1\",\"x\":{\"a\":1,\"a\":2}}]",
        "'agency' line 1, column 27: key 'a' is there twice"
      ),
      (
        "[{\"id\":\"1\",\"permissions\":{\"logs\":true,\"general.logs\":true}}]",
        "'agency' line 1, column 58: key 'general.logs' is there twice"
      ),
      (
        "[{\"id\":\"1\",\"permissions\":{\"outbond\":true}}]",
        "'agency' line 1, column 37: unknown permission 'outbond'"
      ),
      (
        "[{\"id\":\"1\",\"general.lgos\":true}]",
        "'agency' line 1, column 27: unknown permission 'general.lgos'"
      ),
      (
        "[{\"id\":\"1\",\"permissions\":{\"logs\":1}}]",
        "'agency' line 1, column 34: expected true, false or null, found '1'"
      ),
      (
        "[{\"id\":\"1\",\"permissions\":true}]",
        "'agency' line 1, column 26 ('permissions'): 't' is not an object or an array of permissions"
      ),
      (
        "[{\"id\":\"1\",\"x\":[1]}]",
        "'agency' line 1, 'x': an attribute can't hold an object or an array"
      ),
      (
        "[{\"id\":\"1\",\"max_minutes\":\"lots\"}]",
        "'agency' line 1, 'max_minutes': 'lots' is not a number or 'unlimited'"
      ),
      ("[{\"plan\":\"pro\"}]", "'agency' line 1: this is not a list of subaccounts"),
      (
        "{\"status\":\"error\",\"detail\":{\"status\":500}}",
        "'agency' line 1: this is not a list of subaccounts"
      ),
      ("[{\"id\":1e400}]", "'agency' line 1, column 8: '1e400' is out of range"),
      (
        "[{\"id\":\"\\uD800\"}]",
        "'agency' line 1, column 15: '\\uD800' is half of a surrogate pair"
      ),
      (
        "[{\"id\":\"\\uDC00\"}]",
        "'agency' line 1, column 15: '\\uDC00' is half of a surrogate pair"
      ),
      (
        "[{\"id\":\"\\uD800\\u0041\"}]",
        "'agency' line 1, column 21: '\\uD800' is half of a surrogate pair"
      ),
      (
        "[{\"id\":\"\\u0000\"}]",
        "'agency' line 1, column 16 ('id'): a text can't have a NUL ('\\u0000') in it"
      ),
      ("[{\"id\":\"a", "'agency' line 1, column 10: the text that opens on line 1 is never closed"),
      (
        "[{\"id\":\"a\nb\"}]",
        "'agency' line 1, column 10: control character U+000A must be escaped in a text"
      ),
    ])
  func refuses(text: String, expected: String) {
    for piece in [1, 5, 1 << 20] {
      let found = misread(text, as: text.isEmpty ? .json : nil, piece: piece)
      #expect(found.map { FileProblem(file: "agency", $0).message } == expected)
    }
  }

  @Test("nesting has a limit, whatever is nested")
  func depth() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let start = "[{\"subaccount_id\":\"1\",\"x\":"
      let deep = String(repeating: open, count: 100_000)
      #expect(misread(start + deep)?.problem == .json(.tooDeep))
      let fine = String(repeating: open, count: 190) + "1" + String(repeating: close, count: 190)
      #expect(misread(start + fine + "}]") == nil)
    }
  }
}

@Suite struct JSONGrammarTests {
  /// In the manner of JSONTestSuite: each stands where a value does.
  @Test(
    "what RFC 8259 allows is read",
    arguments: [
      "[]", "[ ]", "[[]]", "{}", "{\"a\":{}}", "[null, 1, \"1\", {}]", "[1\n]", " [1] ",
      "[1,null,null,2]",
      "123", "0", "-0", "20e1", "1E22", "1E-2", "1E+2", "123e45", "123.456e78", "123.456789", "-1",
      "-123", "0e1",
      "0e+1", "0.5", "1e-400", "\"\"", "\" \"", "\"\\u0000\"", "\"\\uD801\\udc37\"",
      "\"\\ud83d\\ude39\\ud83d\\udc8d\"",
      "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\\u0000\"", "\"a/*b*/c/*d//e\"", "\"\\u0012\"",
      "\"\\uFFFF\"", "\"\u{7F}\"", "\"\u{2028}\"",
      "\"€𝄞\"", "\"\\u00A9\"", "true", "false", "null", "{\"a\":\"b\",\"c\":\"d\"}", "{\"\":0}",
      "{\"\\u0000\":1}",
      "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }", "\"\\u200B\"", "[2] ", "\"\\uDBFF\\uDFFE\"",
    ])
  func accepts(value: String) {
    #expect(problem(value) == nil)
  }

  @Test(
    "what RFC 8259 does not allow is refused",
    arguments: [
      "[1 true]", "[1,]", "[1,,2]", "[,1]", "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[1:2]",
      "[\"a\",\n4\n,1,", "[*]", "[1,\n1\n,1",
      "[{}", "[fals]", "[nul]", "[tru]", "++1234", "+1", "+Inf", "-01", "-1.0.", "-2.", "-NaN",
      ".-1", ".2e-3", "0.1.2", "0.3e+",
      "0.3e", "0.e1", "0E+", "0E", "1.0e+", "1.0e-", "1.0e", "1 000.0", "1eE2", "2.e+3", "9.e+",
      "Inf", "NaN", "1+2", "0x1", "0x42",
      "Infinity", "-Infinity", "-foo", "- 1", "-012", "-.123", "-1x", "1ea", "1.", "12a", "012",
      "１", ".123", "1.2a3", "1.8011670033376514H-308",
      "[\"x\", truth]", "{[: \"x\"}", "{\"x\", null}", "{\"x\"::\"b\"}", "{\"a\":\"a\" 123}",
      "{key: 'value'}", "{\"a\" b}", "{:\"b\"}",
      "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}",
      "{\"a\":/*c*/\"b\"}", "{\"a\":true} \"x\"",
      "{\"a\":\"b\",,\"c\":\"d\"}", "{a:\"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }",
      "{\"a\":\"b\"}#", "{\"a\":1,\"a\":1}",
      "\"\\uD800\\\"", "\"\\uD800\\u\"", "\"\\uD800\\u1\"", "\"\\uD800\\u1x\"", "\"\\\u{0}\"",
      "\"\\x00\"", "\"\\\\\\\"", "\"\\\t\"", "\"\\🌀\"", "\"\\",
      "\"\\u00A\"", "\"\\uD834\\uDd\"", "\"\\a\"", "\"\\uqqqq\"", "\"\t\"", "\"new\nline\"",
      "\"\u{1F}\"", "'single'", "abc", "\"\\UA66D\"", "\"x",
      "\"\\uDFAA\"", "\"\\uD888\\u1234\"", "\"\\ud83d\"", "\"\\uDd1ea\"", "<.>", "[<null>]",
      "[True]", "aå", "å", "\u{2060}", "\u{FEFF}1", "[1]]", "]", "*",
      "1e400", "-1e400", "[\u{C}]", "\u{A0}1", "1\u{B}", "True", "NULL", "nulll", "truefalse",
    ])
  func rejects(value: String) {
    #expect(problem(value) != nil)
  }

  /// The value is one that the platform sends beside what a store keeps, so anything goes.
  private func problem(_ value: String) -> Misread? {
    let text = "[{\"subaccount_id\":\"1\",\"extra\":[\(value)]}]"
    let alone = misread(text)
    for piece in [1, 2, 3] {
      #expect(misread(text, piece: piece) == alone)
    }
    return alone
  }
}

@Suite struct JSONWriterTests {
  @Test(
    "texts are valid JSON and harmless to a terminal",
    arguments: [
      ("", "\"\""), ("Acme", "\"Acme\""), ("\"\\", "\"\\\"\\\\\""), ("\n\r\t", "\"\\n\\r\\t\""),
      ("\u{1B}[2J", "\"\\u001b[2J\""), ("\u{7F}\u{9B}", "\"\\u007f\\u009b\""),
      ("\u{202E}x\u{2066}", "\"\\u202ex\\u2066\""), ("a\u{200B}b\u{FEFF}", "\"a\\u200bb\\ufeff\""),
      ("\u{E0041}", "\"\\udb40\\udc41\""), ("Zoë 株式会社 😀", "\"Zoë 株式会社 😀\""), ("\0", "\"\\u0000\""),
      ("\u{2028}", "\"\\u2028\""), ("👩\u{200D}👧", "\"👩\\u200d👧\""),
    ])
  func texts(text: String, expected: String) {
    var bytes: [UInt8] = []
    JSONWriter.append(Text(text), to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    var spanned: [UInt8] = []
    JSONWriter.append(Array(text.utf8).span, to: &spanned)
    #expect(spanned == bytes)
  }

  @Test("every scalar that is written reads back, and none that is harmful is written raw")
  func everyScalar() throws {
    var generator = SeededGenerator(state: 11)
    for value in UInt32(1)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value),
        value < 0x3100 || Int.random(in: 0..<1500, using: &generator) == 0
      else { continue }
      var bytes: [UInt8] = []
      JSONWriter.append(Text(String(Character(scalar))), to: &bytes)
      let isRaw = bytes.count > 2 && bytes[1] != 0x5C
      if UTF8Text.isHarmful(value) { #expect(!isRaw) }
      let file = Array("[{\"id\":".utf8) + bytes + Array("}]".utf8)
      let ids = try read(bytes: file).ids
      #expect(ids?.first.map { Array($0.string.unicodeScalars) } == [scalar], "U+\(value)")
    }
  }

  @Test(
    "numbers are the shortest that read back",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-5, "-5"), (2.5, "2.5"), (0.1, "0.1"),
      (1e15, "1000000000000000"),
      (9_007_199_254_740_992, "9007199254740992"), (1e17, "1e+17"),
      (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e+308"),
    ])
  func numbers(number: Double, expected: String) {
    var bytes: [UInt8] = []
    JSONWriter.append(number, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test("every number that is written is read as itself, as one of an unknown column too")
  func numbersReadBack() {
    var generator = SeededGenerator(state: 5)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
      guard number.isFinite else { continue }
      var bytes: [UInt8] = []
      NumberText.append(number, to: &bytes)
      #expect(NumberText.read(bytes.span) == .number(number))
      #expect(NumberText.readCautiously(bytes.span) == number)
    }
  }
}
