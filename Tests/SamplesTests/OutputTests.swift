import Testing

/// What the program does to whoever reads its output: pipes, terminals, spreadsheets.
@Suite("output")
struct OutputTests {
  @Test("a reader that leaves ends the run quietly")
  func closedPipe() throws {
    try Workplace.with { place in
      let result = try place.run(
        """
        { permql -s agency.permdb -o csv -c 'show matrix' -c 'show matrix' -c 'show matrix'
          echo $? >status; } | head -n 1
        """)
      #expect(result.outputText.hasPrefix("id,name,"))
      #expect(result.errorText == "")
      #expect(try place.read("status") != Array("5\n".utf8))
    }
  }

  @Test(
    "a full device is exit 5, and says that the change stands", arguments: [">/dev/full", ">&-"])
  func fullDevice(redirection: String) throws {
    try Workplace.with { place in
      let result = try place.run(
        "permql -s agency.permdb -c 'grant outbound to \"Acme Realty\"' \(redirection)")
      #expect(result.status == 5)
      #expect(result.errorText.contains("stands"), "\(result.errorText)")
      let count = try place.script("count \"Acme Realty\" having outbound", options: "-o csv")
      #expect(count.outputText == "count\n1\n")
    }
  }

  static let evil = [
    "red \\u{1B}[31mname", "clip \\u{1B}]52;c;aGVsbG8=\\u{7}", "back\\u{8}space", "car\\u{D}riage",
    "c1 \\u{9B}31m", "bidi \\u{202E}lmth", "line\\nbreak", "tab\\there",
    "zalgo" + String(repeating: "\\u{301}", count: 400),
  ]

  @Test(
    "nothing in a name reaches the terminal raw",
    arguments: [
      "table", "vertical", "list", "markdown", "html",
    ])
  func escaped(format: String) throws {
    try Workplace.with(store: false) { place in
      let names = Self.evil.map { "\"\($0)\"" }.joined(separator: ", ")
      let result = try place.run(
        "permql -s a.permdb -o \(format)",
        input: Array(
          """
          create subaccount \(names) with nothing set plan = "a\\u{1B}[0m"
          show subaccounts columns name, plan
          show "\(Self.evil[0])"
          show matrix outbound
          count by plan

          """.utf8))
      #expect(result.status == 0, "\(result.errorText)")
      expectNothingRaw(result.output)
      expectNothingRaw(result.errors)
    }
  }

  @Test("nothing in a statement, an actor or a file's name reaches the terminal raw")
  func escapedErrors() throws {
    try Workplace.with { place in
      let commands = [
        "permql -s agency.permdb -c 'grant outbound to \"a\\u{1B}[31m\"'",
        "permql -s agency.permdb \"$(printf 'no\\033[31msuch.pql')\"",
        "permql -s agency.permdb -c \"$(printf 'count \\033[31m')\"",
        "permql -s agency.permdb --actor \"$(printf 'x\\033[31m')\" -c 'grant outbond to all'",
        "permql -s agency.permdb \"$(printf -- '--opt\\033[31mion')\"",
        "permql -s \"$(printf 'dir\\033[31m/none/agency.permdb')\" -c 'create subaccount \"A\"'",
        "cp first-steps.pql \"$(printf 'x\\033[31m.pql')\"; echo 'grnt' >>\"$(printf 'x\\033[31m.pql')\"; permql -s agency.permdb \"$(printf 'x\\033[31m.pql')\"",
      ]
      for command in commands {
        let result = try place.run(command)
        #expect((1...5).contains(result.status), "\(command): \(result.errorText)")
        expectNothingRaw(result.errors)
        expectNothingRaw(result.output)
      }
    }
  }

  @Test("columns stay aligned whatever is in them")
  func alignment() throws {
    try Workplace.with { place in
      let result = try place.script(
        """
        show subaccounts "서울밝은치과", "Tony's Pizza 🍕", "Café Léon", "Acme Dental" columns name, plan
        """)
      let lines = result.outputText.split(separator: "\n").filter {
        $0.contains("growth") || $0.contains("starter")
      }
      #expect(lines.count == 4, "\(result.outputText)")
      let starts = lines.map { line -> Int in
        let before =
          line.split(separator: "growth", maxSplits: 1).first
          .map { $0.count == line.count ? line.split(separator: "starter")[0] : $0 } ?? line
        return before.unicodeScalars.reduce(0) { $0 + (($1.value >= 0x1100) ? wide($1) : 1) }
      }
      #expect(Set(starts).count == 1, "\(starts)")
    }
  }

  /// Good enough for the sample agency: Hangul and emoji take two columns.
  private func wide(_ scalar: Unicode.Scalar) -> Int {
    (0xAC00...0xD7A3).contains(scalar.value) || scalar.value > 0x1F000 ? 2 : 1
  }

  @Test(
    "a sandboxed script touches no other file",
    arguments: [
      "import \"agency.csv\"", "export to \"out.csv\"", "run \"first-steps.pql\"",
      "if some subaccounts {\n export to \"out.csv\"\n}", "preview import \"agency.csv\"",
    ])
  func sandbox(statement: String) throws {
    try Workplace.with { place in
      let result = try place.script(statement, options: "--sandbox")
      expectRefusal(result, status: result.status == 2 ? 2 : 1, mentions: ["sandbox"])
      #expect((try? place.read("out.csv")) == nil)
    }
  }

  @Test("a read-only run refuses every write and changes nothing")
  func readOnly() throws {
    try Workplace.with { place in
      let result = try place.script("grant outbound to all", options: "--read-only")
      expectRefusal(result, status: result.status == 2 ? 2 : 1, mentions: ["read-only"])
    }
  }
}
