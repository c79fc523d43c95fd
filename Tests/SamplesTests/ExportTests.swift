import Testing

/// Exports that go elsewhere than into a file, and scripts that are only checked.
@Suite("exports and checks")
struct ExportTests {
  @Test("what is exported to standard output stands there alone, after what came before it")
  func standardOutput() throws {
    try Workplace.with { place in
      let result = try place.script(
        #"print "before"; export "Acme Dental" to "/dev/stdout"; print "after""#)
      let lines = result.outputText.split(separator: "\n")
      #expect(result.status == 0 && lines.count == 4, "\(result.outputText)")
      #expect(lines.first == "before" && lines.last == "after")
      #expect(lines[1].hasPrefix("id,name,created,"))
    }
  }

  /// What can be exported, each more than a pipe holds of the sample agency.
  static let exports = [
    #"export to "FILE" as json"#, #"export requests since change 0 to "FILE""#,
    #"export report to "FILE""#,
  ]

  @Test("a reader that leaves ends an export quietly", arguments: exports)
  func readerLeaves(export: String) throws {
    try Workplace.with { place in
      let statement = export.replacing("FILE", with: "/dev/stdout")
      let result = try place.run(
        "{ permql --quiet -s agency.permdb -c '\(statement)' -c 'print 1'; echo $? >status; } | head -c 9"
      )
      #expect(result.output.count == 9 && result.errorText == "", "\(result.errorText)")
      #expect(try place.read("status") == Array("0\n".utf8))
    }
  }

  @Test("a named pipe whose reader leaves ends quietly, and nothing says that all was exported")
  func namedPipe() throws {
    try Workplace.with { place in
      for export in Self.exports {
        let statement = export.replacing("FILE", with: "pipe")
        let result = try place.run(
          "mkfifo pipe; head -c 9 pipe >start & permql --quiet -s agency.permdb -c '\(statement)'; wait; rm pipe"
        )
        #expect(result.status == 0 && result.errorText == "", "\(result.errorText)")
        #expect(result.outputText == "", "\(result.outputText)")
        #expect(try place.read("start").count == 9)
      }
      let whole = try place.run(
        "mkfifo pipe; wc -l <pipe >lines & permql -s agency.permdb -c 'export to \"pipe\"'; wait")
      #expect(whole.outputText == "exported 240 subaccounts to 'pipe'\n")
    }
  }

  @Test("what a script changes does not depend on how much of its exports somebody reads")
  func changesWithoutReader() throws {
    try Workplace.with { place in
      let script = #"""
        grant mcp to "Acme Dental"; export to "/dev/stdout" as json
        grant outbound to "Acme Realty"; export to "copy.csv"
        """#
      try place.write(script, to: "a.pql")
      let result = try place.run(
        "{ permql --quiet -s agency.permdb a.pql; echo $? >status; } | head -n 1")
      #expect(result.errorText == "", "\(result.errorText)")
      #expect(try place.read("status") == Array("0\n".utf8))
      #expect(try place.read("copy.csv").isEmpty == false)
      let count = try place.script(
        #"count "Acme Dental" having mcp; count "Acme Realty" having outbound"#, options: "-o csv")
      #expect(count.outputText == "count\n1\n\ncount\n1\n")
    }
  }

  @Test("a device that takes no more is exit 5", arguments: exports)
  func fullDevice(export: String) throws {
    try Workplace.with { place in
      for (file, redirection) in [("/dev/full", ""), ("/dev/stdout", ">/dev/full")] {
        let statement = export.replacing("FILE", with: file)
        let result = try place.run(
          "permql --quiet -s agency.permdb -c '\(statement)' \(redirection)")
        expectRefusal(result, status: 5, mentions: ["E0601", file, "no space left"])
        #expect(!result.errorText.contains("stand"))
      }
    }
  }

  @Test("Ctrl-C ends the wait for a pipe's reader; the changes stand")
  func waitingForReader() throws {
    try Workplace.with { place in
      let result = try place.run(
        """
        mkfifo pipe; timeout --preserve-status -s INT 1 permql -s agency.permdb \
          -c 'grant mcp to "Acme Dental"; export to "pipe"'
        """, seconds: 10)
      expectRefusal(result, status: 130, mentions: ["interrupted", "stand"])
    }
  }

  @Test("an export that fails after the commit says that the changes stand, and what they were")
  func lateFailure() throws {
    try Workplace.with { place in
      let result = try place.script(
        #"grant mcp to "Acme Dental"; export to "a.csv"; export to "/dev/full"; export to "b.csv""#)
      expectRefusal(
        result, status: 5, mentions: ["/dev/full", ":1:58", "no space left", "stand"])
      #expect(
        result.outputText
          == "granted mcp to 1 subaccount\nexported 240 subaccounts to 'a.csv'\n")
      #expect(try place.run("ls b.csv").status != 0)
      let count = try place.script(#"count "Acme Dental" having mcp"#, options: "-o csv")
      #expect(count.outputText == "count\n1\n")
    }
  }

  @Test("a script that comes to nothing says of no file that it was written")
  func takenBack() throws {
    try Workplace.with { place in
      let result = try place.script(
        #"grant mcp to "Acme Dental"; export to "a.csv"; count having mcp; assert no subaccounts"#,
        options: "-o jsonl")
      #expect(result.status == 3 && result.errorText.contains("assertion"))
      #expect(!result.outputText.contains("a.csv") && result.outputText.contains("count"))
      #expect(try place.run("ls a.csv").status != 0)
    }
  }

  @Test("a dry run and a preview say that nothing was written", arguments: exports)
  func rehearsed(export: String) throws {
    try Workplace.with { place in
      let statement = export.replacing("FILE", with: "a.out")
      for command in ["-n -c '\(statement)'", "-c 'preview { grant mcp to all; \(statement) }'"] {
        let result = try place.run("permql --quiet -s agency.permdb \(command)")
        let words = result.outputText.split(separator: "\n").first { $0.contains("'a.out'") }
        #expect(words?.hasPrefix("would export ") == true, "\(result.outputText)")
        #expect(words?.hasSuffix("; nothing was written") == true)
        let json = try place.run("permql --quiet -s agency.permdb -o json \(command)")
        #expect(json.outputText.contains(#""written":false"#), "\(json.outputText)")
        #expect(try place.run("ls a.out").status != 0)
      }
      let done = try place.run("permql --quiet -s agency.permdb -o json -c '\(statement)'")
      #expect(done.outputText.contains(#""written":true"#))
    }
  }

  @Test("an import that is only tried out says what it would change")
  func rehearsedImport() throws {
    try Workplace.with { place in
      try place.write(
        "name,plan,mcp,seats\nAcme Dental,new,yes,4\nSomebody New,pro,no,\n", to: "new.csv")
      for command in ["-n -c 'import \"new.csv\"'", "-c 'preview import \"new.csv\"'"] {
        let result = try place.run("permql -s agency.permdb -o csv \(command)")
        #expect(
          result.errorText.contains(
            "would also create 1 subaccount, change attributes of 2 subaccounts (plan, seats)"),
          "\(result.errorText)")
        #expect(result.outputText.contains(",Acme Dental,actions.mcp,\n"), "\(result.outputText)")
        #expect(result.outputText.contains(",Somebody New,general.assistants,\n"))
      }
      let count = try place.script("count", options: "-o csv")
      #expect(count.outputText == "count\n240\n")
    }
  }

  @Test("a check does not miss arguments, but whatever else nobody defines")
  func check() throws {
    try Workplace.with { place in
      try place.write("let $n = $1\nassert at most $2 subaccounts where plan = $3\n", to: "a.pql")
      try place.write("count where plan = $1 or plan = $plam\n", to: "b.pql")
      #expect(try place.run("permql -s agency.permdb --check a.pql").status == 0)
      let result = try place.run("permql -s agency.permdb --check a.pql b.pql")
      expectRefusal(result, status: 2, mentions: ["$plam"])
      #expect(!result.errorText.contains("'$1'\n"))
      let run = try place.run("permql -s agency.permdb a.pql")
      expectRefusal(run, status: 2, mentions: ["'$1'", "'$2'"])
    }
  }

  @Test("Ctrl-C ends a wait for a pipe's writer")
  func pipe() throws {
    try Workplace.with { place in
      let result = try place.run(
        "mkfifo p.pql; timeout --preserve-status -s INT 1 permql -s agency.permdb p.pql",
        seconds: 10)
      expectRefusal(result, status: 130, mentions: ["interrupted"])
    }
  }
}
