import Testing

/// What goes in comes out: through files, through statements, through the program's own layout.
@Suite("round trips")
struct RoundTripTests {
  /// Names that formats find hard, and random ones.
  static func names(seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let hard = [
      "a,b", "\"quoted\"", "'", " leading", "trailing ", "a\\b", "#1", "--", "true", "007", "1e5",
      "null", "unlimited", "2026-01-01", "caf\u{E9}", "cafe\u{301}", "\u{FEFF}mark", "a\u{202E}b",
      "tab\tin", "line\nbreak", "carriage\rreturn", "crlf\r\nend", "\u{1}", "\u{7F}", "\u{85}",
      "\u{2028}", "👨‍👩‍👧‍👦", "\u{10FFFF}", "=1+1", "*", "[a-z]", "{a,b}", "$x", "`x`", ";", "{", "}",
    ]
    let random = (0..<60).map { number -> String in
      let scalars = (0..<Int.random(in: 1...12, using: &generator)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &generator))
      }
      var text = "\(number)"
      text.unicodeScalars.append(contentsOf: scalars)
      return text
    }
    return hard + random
  }

  /// A name as a statement writes it: every scalar that is not plain as an escape.
  static func literal(_ name: String) -> String {
    let inside = name.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case " "..."~": "\(scalar)"
      default: "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return "\"\(inside.joined())\""
  }

  @Test("the snapshot that an import takes is right", arguments: [12_799, 12_800, 12_801])
  func imported(count: Int) throws {
    try Workplace.with(store: false) { place in
      let rows = (0..<count).map { "Name \($0),\($0 % 2),\($0 % 3 == 0)\n" }
      try place.write("name,outbound,inbound\n\(rows.joined())", to: "a.csv")
      let result = try place.run(
        """
        permql --quiet -s one.permdb -c 'import "a.csv"' && test -e one.permdb/snap-1 &&
        permql -s one.permdb --verify >/dev/null &&
        permql -s one.permdb -o csv -c 'count having outbound'
        """)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.outputText.hasSuffix("\ncount\n\(count / 2)\n"), "\(result.outputText)")
    }
  }

  @Test(
    "any name round-trips through create, export and import", arguments: ["csv", "json", "jsonl"])
  func names(format: String) throws {
    try Workplace.with(store: false) { place in
      let names = Self.names(seed: 7)
      let creates = names.enumerated().map { number, name in
        "create subaccount \(Self.literal(name)) with \(number % 2 == 0 ? "outbound" : "nothing")"
          + " set note = \(Self.literal(name))"
      }
      try place.write(creates.joined(separator: "\n") + "\n", to: "make.pql")
      let made = try place.run("permql -s one.permdb make.pql")
      #expect(made.status == 0, "\(made.errorText.prefix(600))")
      let carried = try place.run(
        """
        permql -s one.permdb -c 'export to "one.\(format)"' &&
        permql -s two.permdb -c 'import "one.\(format)"; export to "two.\(format)"' &&
        cmp one.\(format) two.\(format)
        """)
      #expect(carried.status == 0, "\(carried.errorText.prefix(600))")
      for store in ["one", "two"] {
        let counts = try place.run(
          "permql -s \(store).permdb -o list",
          input: Array(names.map { "count \(Self.literal($0))\n" }.joined().utf8))
        #expect(counts.outputText.filter { $0 != "\n" }.allSatisfy { $0 == "1" })
        #expect(counts.status == 0, "\(counts.errorText.prefix(600))")
      }
    }
  }

  @Test("the sample agency is what its file says, cell by cell")
  func agency() throws {
    try Workplace.with { place in
      let result = try place.run("permql -s agency.permdb -c 'export to \"out.csv\"'")
      #expect(result.status == 0, "\(result.errorText)")
      let (given, written) = (try table(place, "agency.csv"), try table(place, "out.csv"))
      #expect(Set(given[0]) == Set(written[0]))
      #expect(given.count == written.count)
      for (row, other) in zip(given, written) {
        #expect(Set(row) == Set(other), "\(row[1])")
      }
    }
  }

  /// Rows of a file without line ends in its cells: good enough to compare two of them.
  private func table(_ place: Workplace, _ name: String) throws -> [[String]] {
    let text = String(decoding: try place.read(name), as: UTF8.self)
    return text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
  }

  @Test(
    "importing a file twice changes nothing the second time",
    arguments: [
      "agency.csv", "agency-response.json",
    ])
  func twice(file: String) throws {
    try Workplace.with { place in
      let first = try place.script("import \"\(file)\"", options: "-o json")
      let second = try place.script("import \"\(file)\"", options: "-o json")
      #expect(first.status == 0 && second.status == 0, "\(first.errorText)\(second.errorText)")
      #expect(second.outputText.contains(#""changed":0"#))
      #expect(second.outputText.contains(#""change":null"#))
    }
  }

  @Test(
    "preview says what the statement then does",
    arguments: [
      "grant outbound to where plan = \"starter\"", "revoke integrations.* from all",
      "grant only general.* to where region = \"apac\"",
      "copy capabilities.* from \"Acme Dental\" to where name ~ \"a*\"",
      "import \"agency-response.json\"",
    ])
  func preview(statement: String) throws {
    try Workplace.with { place in
      let matrix = "permql -s agency.permdb -o csv -c 'show matrix'"
      let before = try place.run(matrix).outputText
      let preview = try place.script("preview \(statement)", options: "-o csv")
      #expect(preview.status == 0, "\(preview.errorText)")
      #expect(try place.run(matrix).outputText == before)
      let dryRun = try place.script(statement, options: "-n -o json")
      #expect(dryRun.status == 0, "\(dryRun.errorText)")
      #expect(try place.run(matrix).outputText == before)
      let done = try place.script(statement, options: "-o json")
      #expect(done.status == 0, "\(done.errorText)")
      let after = try place.run(matrix).outputText
      let differing =
        zip(
          before.split(separator: "\n"), after.split(separator: "\n")
        ).filter { $0 != $1 }.count + after.split(separator: "\n").count
        - before.split(separator: "\n").count
      #expect(preview.outputText.split(separator: "\n").count - 1 == differing)
      #expect(differing > 0)
    }
  }

  @Test("reformatting is idempotent, and keeps what the script means", arguments: SampleTests.names)
  func layout(name: String) throws {
    guard !SampleTests.mistaken.contains(name) else { return }
    try Workplace.with(store: false) { place in
      let once = try place.run("permql --reformat \(name).pql")
      try place.write(once.output, to: "once.pql")
      let again = try place.run("permql --reformat once.pql")
      #expect(once.status == 0 && again.status == 0)
      #expect(once.output == again.output)
    }
  }
}
