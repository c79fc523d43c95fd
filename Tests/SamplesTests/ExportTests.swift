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

  @Test("an export that fails after the commit says that the changes stand, and what they were")
  func lateFailure() throws {
    try Workplace.with { place in
      let result = try place.script(
        #"grant mcp to "Acme Dental"; export to "/dev/full""#)
      expectRefusal(
        result, status: 1, mentions: ["/dev/full", ":1:39", "no space left", "stand"])
      #expect(result.outputText.contains("granted mcp to 1 subaccount"))
      let count = try place.script(#"count "Acme Dental" having mcp"#, options: "-o csv")
      #expect(count.outputText == "count\n1\n")
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
