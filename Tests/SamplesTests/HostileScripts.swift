/// Scripts that mean harm, that were damaged on their way, or that only look so.
enum HostileScripts {
  static func bytes(_ before: String, _ middle: [UInt8], _ after: String = "") -> [UInt8] {
    Array(before.utf8) + middle + Array(after.utf8)
  }

  static let refused: [HostileInput] = [
    HostileInput("a stray byte in text", bytes("count where name = \"a", [0xFF], "b\""), #"\xFF"#),
    HostileInput("a stray byte outside text", bytes("count ", [0xFE]), #"\xFE"#),
    HostileInput("a stray byte in a comment", bytes("-- a", [0xC3], "\ncount"), #"\xC3"#),
    HostileInput("an overlong form", bytes("count where name = \"", [0xC0, 0xAF], "\""), #"\xC0"#),
    HostileInput(
      "a surrogate", bytes("count where name = \"", [0xED, 0xA0, 0x80], "\""), #"\xED"#),
    HostileInput("a character cut short", bytes("count where name = \"", [0xE2, 0x82]), #"\xE2"#),
    HostileInput("NUL in a name", bytes("create subaccount \"a", [0], "b\""), "U+0000"),
    HostileInput("NUL between words", bytes("count", [0], "all"), "U+0000"),
    HostileInput("a byte order mark inside", "count\u{FEFF} all", "U+FEFF"),
    HostileInput("a no-break space", "count\u{A0}all", "U+00A0"),
    HostileInput("a line separator", "count\u{2028}all", "U+2028"),
    HostileInput("a zero-width space", "count\u{200B}all", "U+200B"),
    HostileInput("a bidi control in code", "count \u{202E}all", "U+202E"),
    HostileInput("a bidi control in text", "count where name = \"a\u{202E}b\"", #"\u{202E}"#),
    HostileInput("a bidi control in a comment", "-- \u{202E}\ncount", "U+202E"),
    HostileInput("a Cyrillic letter in a keyword", "gr\u{430}nt outbound to all", "U+0430"),
    HostileInput("a full-width equals sign", "count where plan \u{FF1D} \"growth\"", "U+FF1D"),
    HostileInput("a dotted capital I", "show subaccounts L\u{130}MIT 3", "U+0130"),
    HostileInput(
      "a number past 64 bits", "show subaccounts limit 9223372036854775808", "9223372036854775808"),
    HostileInput(
      "ten thousand digits", "count where max_minutes = " + String(repeating: "9", count: 10_000)),
    HostileInput("a number past all numbers", "count where max_minutes = 1e999", "1e999"),
    HostileInput("text that never ends", "count\ncount where name = \"abc\ncount", ":2:20"),
    HostileInput("text that ends with the file", "count where name = \"abc", ":1:20"),
    HostileInput("a bad escape", #"count where name = "\q""#, #"\q"#),
    HostileInput("an escape past Unicode", #"count where name = "\u{110000}""#, "110000"),
    HostileInput("an escaped surrogate", #"count where name = "\u{D800}""#, "D800"),
    HostileInput("a million brackets", "count where " + String(repeating: "(", count: 1_000_000)),
    HostileInput(
      "brackets 250 deep",
      "count where " + String(repeating: "(", count: 250) + "plan = \"a\""
        + String(repeating: ")", count: 250), "nest"),
    HostileInput(
      "'not' 250 deep",
      "count where " + String(repeating: "not ", count: 250) + "plan = \"a\"", "nest"),
    HostileInput(
      "exceptions 250 deep",
      "count all" + String(repeating: " except (all", count: 250)
        + String(repeating: ")", count: 250), "nest"),
    HostileInput(
      "a name of 1,025 bytes", "create subaccount \"" + String(repeating: "a", count: 1_025) + "\""),
    HostileInput(
      "a pattern of 257 bytes", "count where name ~ \"" + String(repeating: "a", count: 257) + "\""),
    HostileInput("an unclosed class", #"count where name ~ "[a-z""#, "["),
    HostileInput("an unclosed brace", #"count where name ~ "{a,b""#, "{"),
    HostileInput(
      "a statement past 1 MiB",
      "count where name in (" + String(repeating: "\"abcdefgh\",", count: 100_000) + "\"a\")"),
    HostileInput("a statement cut in the middle", "grant outbound to all\nrevoke chat from"),
    HostileInput("a block cut in the middle", "if some subaccounts {\n grant outbound to all\n"),
    HostileInput(
      "a statement cut in blocks",
      "if some subaccounts {\nif some subaccounts {\ngrant outbound to", ":3:18"),
    HostileInput(
      "blocks that never close", String(repeating: "preview {\n", count: 300), "nest"),
  ]

  static let accepted: [HostileInput] = [
    HostileInput("nothing at all", "", ""),
    HostileInput("only comments", "-- one\n-- two", ""),
    HostileInput("a byte order mark at the start", "\u{FEFF}count", "240"),
    HostileInput(
      "line ends of another system", "count\r\ncount where plan = \"enterprise\"\r\n", "240"),
    HostileInput("line ends of an old system", "count\rcount\r", "240"),
    HostileInput("mixed line ends", "count\r\n\ncount\r-- c\rcount\n", "240"),
    HostileInput("a bidi control as an escape", #"count where name = "\u{202E}""#, "0"),
    HostileInput("a script's first line for the system", "#!/usr/bin/env permql\ncount", "240"),
    HostileInput(
      "brackets 150 deep",
      "count where " + String(repeating: "(", count: 150) + "name ~ \"*\""
        + String(repeating: ")", count: 150), "240"),
    HostileInput(
      "a hundred thousand alternatives",
      "count where " + String(repeating: "id=\"a\"or ", count: 100_000) + "name ~ \"*\"", "240"),
    HostileInput(
      "half a million backslashes",
      "print \"" + String(repeating: "\\\\", count: 250_000) + "\"", #"\\\\"#),
    HostileInput("a statement in a value", #"count where name = "x\"; revoke * from all""#, "0"),
  ]
}
