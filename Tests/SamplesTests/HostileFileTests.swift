import Testing

/// Files of subaccounts that are damaged, mislabelled or made to harm.
@Suite("hostile files")
struct HostileFileTests {
  @Test(
    "a damaged file is refused with its place, and nothing of it is imported",
    arguments: HostileFiles.refused)
  func refused(input: HostileFile) throws {
    try Workplace.with { place in
      try place.write(input.bytes, to: input.file)
      let result = try place.script("import \"\(input.file)\"", seconds: 20)
      expectRefusal(result, status: 1, mentions: input.mentions)
      #expect(try place.script("count", options: "-o csv").outputText == "count\n240\n")
    }
  }

  @Test("a mistake in the last row undoes all rows before it")
  func lastRow() throws {
    try Workplace.with { place in
      let rows = (1...50_000).map { "\($0)x1,Client \($0)" }.joined(separator: "\n")
      try place.write("id,name\n\(rows)\n50001x1,\"open\n", to: "a.csv")
      let result = try place.script("import \"a.csv\"")
      expectRefusal(result, status: 1, mentions: ["line 50002"])
      #expect(try place.script("count", options: "-o csv").outputText == "count\n240\n")
    }
  }

  @Test("a field without end is refused in bounded memory")
  func endlessField() throws {
    try Workplace.with { place in
      let made = try place.run(
        "{ printf 'id,name\\n1x1,\"'; head -c 300000000 /dev/zero | tr '\\0' a; } >a.csv")
      #expect(made.status == 0)
      let result = try place.run(
        "/usr/bin/time -f %M -o memory permql -s agency.permdb -c 'import \"a.csv\"'")
      expectRefusal(result, status: 1, mentions: ["line 2"])
      let kilobytes = String(decoding: try place.read("memory"), as: UTF8.self)
        .split(separator: "\n").last.flatMap { Int($0) }
      #expect((kilobytes ?? .max) < 100_000)
    }
  }

  @Test("ids that only look alike stay two, with a warning")
  func lookalikes() throws {
    try Workplace.with(store: false) { place in
      try place.write(
        "id,name\ncafe\u{301},One\ncaf\u{E9},Two\nx1,Three\n\"x1 \",Four\n", to: "a.csv")
      let result = try place.run("permql -s a.permdb -o csv -c 'import \"a.csv\"; count'")
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.outputText.hasSuffix("count\n4\n"))
      #expect(result.errorText.contains("warning["))
    }
  }

  @Test("names that differ only by Unicode normalization stay two names")
  func normalization() throws {
    try Workplace.with(store: false) { place in
      let result = try place.run(
        """
        permql -s a.permdb -o csv -c 'create subaccount "Caf\\u{E9}" with nothing' \
          -c 'create subaccount "Cafe\\u{301}" with outbound' -c 'count "Caf\\u{E9}" having outbound' \
          -c 'count "Cafe\\u{301}" having outbound'
        """)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.outputText.hasSuffix("count\n0\n\ncount\n1\n"), "\(result.outputText)")
    }
  }

  @Test("names that a spreadsheet would run are stored as they are, and told")
  func formulas() throws {
    try Workplace.with(store: false) { place in
      let names = ["=HYPERLINK(\"x\")", "+1", "@SUM(A1)", "-2", "\tTab"]
      let lines = names.map { "{\"name\":\(quoted($0))}" }.joined(separator: "\n")
      try place.write(lines + "\n", to: "a.jsonl")
      let result = try place.run(
        """
        permql -s a.permdb -c 'import "a.jsonl"; export to "plain.csv"' \
          -c 'export to "safe.csv" spreadsheet safe; export to "plain.jsonl"'
        """)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.errorText.contains("warning["))
      let plain = String(decoding: try place.read("plain.csv"), as: UTF8.self)
      let safe = String(decoding: try place.read("safe.csv"), as: UTF8.self)
      #expect(plain.contains(",\"=HYPERLINK(\"\"x\"\")\","))
      #expect(plain.contains(",+1,"))
      #expect(!safe.contains(",+1,") && safe.contains("+1"))
      #expect(String(decoding: try place.read("plain.jsonl"), as: UTF8.self).contains(#""+1""#))
    }
  }

  @Test("no space for the journal: nothing is imported, and the store still works")
  func noSpace() throws {
    try Workplace.with { place in
      let rows = (1...60_000).map { "\($0)x1,Client \($0)" }.joined(separator: "\n")
      try place.write("id,name\n\(rows)\n", to: "a.csv")
      let result = try place.run(
        "trap '' XFSZ; ulimit -f 256; permql -s agency.permdb -c 'import \"a.csv\"'")
      expectRefusal(result, status: 5, mentions: [])
      #expect(try place.script("count", options: "-o csv").outputText == "count\n240\n")
    }
  }

  @Test("an import that is killed leaves nothing of itself")
  func killed() throws {
    try Workplace.with { place in
      let rows = (1...200_000).map { "\($0)x1,Client \($0)" }.joined(separator: "\n")
      try place.write("id,name\n\(rows)\n", to: "a.csv")
      for delay in ["0.02", "0.1", "0.2", "0.4"] {
        _ = try place.run(
          "timeout -s KILL \(delay) permql -s agency.permdb -c 'import \"a.csv\"'")
        let count = try place.script("count", options: "-o csv")
        #expect(count.status == 0, "\(count.errorText)")
        #expect(["count\n240\n", "count\n200240\n"].contains(count.outputText))
      }
    }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"").replacing("\t", with: "\\t") + "\""
  }
}
