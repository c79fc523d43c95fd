import Foundation
import Testing

/// What the exit status tells a caller, and that only 0 ever changes the store.
@Suite("exit statuses")
struct ExitStatusTests {
  @Test(
    "a script that fails says why, has its exit status, and changes nothing",
    arguments: FailingScripts.all)
  func failing(input: FailingScript) throws {
    try Workplace.with { place in
      let before = try place.run("permql -s agency.permdb -o csv -c 'show matrix'").output
      let result = try place.script(input.script)
      expectRefusal(result, status: input.status, mentions: input.mentions)
      let after = try place.run("permql -s agency.permdb -o csv -c 'show matrix'").output
      #expect(before == after)
    }
  }

  @Test(
    "a command line that is wrong is exit 2",
    arguments: [
      "permql --dry-rum x.pql", "permql -o cvs -c count", "permql --color sometimes -c count",
      "permql missing.pql", "permql -s", "permql -D plan -c count", "permql -c", "permql -z",
    ])
  func usage(command: String) throws {
    try Workplace.with(store: false) { place in
      expectRefusal(try place.run(command), status: 2, mentions: [])
    }
  }

  @Test(
    "a store that can't be used is exit 5",
    arguments: [
      ("a file", "echo hello >a.permdb"), ("a link", "ln -s agency.permdb a.permdb"),
      ("a pipe", "mkfifo a.permdb"), ("a device", "ln -s /dev/zero a.permdb"),
      ("another directory", "mkdir a.permdb; echo hello >a.permdb/notes"),
    ])
  func store(name: String, setUp: String) throws {
    try Workplace.with { place in
      #expect(try place.run(setUp).status == 0)
      let result = try place.run(
        "permql -s a.permdb -c 'create subaccount \"A\" with nothing'", seconds: 20)
      expectRefusal(result, status: 5, mentions: ["a.permdb"])
    }
  }

  @Test(
    "a store with damage answers up to it and is exit 5; what is lost is said once",
    arguments: [
      ("count; count having chat", "count\n3\n\ncount\n0\n"), ("grant widget to all", ""),
      ("count; grant widget to all", ""),
    ])
  func damage(script: String, answer: String) throws {
    try Workplace.with(store: false) { place in
      for statement in ["create subaccount 'A', 'B', 'C'", "grant chat to all", "grant mcp to all"]
      {
        #expect(try place.run("permql -s a.permdb -c \"\(statement)\"").status == 0)
      }
      var journal = try place.read("a.permdb/log-0")
      // In the payload of the record of change 2.
      journal[journal.count - 1024 + 140] ^= 1
      try place.write(journal, to: "a.permdb/log-0")
      let result = try place.run("permql -s a.permdb -o csv -c '\(script)'")
      #expect(result.status == 5)
      #expect(result.outputText == answer)
      let told = result.errorText.components(separatedBy: "changes 2 to 3 are lost").count - 1
      #expect(told == 1, "\(result.errorText)")
    }
  }

  @Test("with --keep-going each statement stands alone, and the first failure is the status")
  func keepGoing() throws {
    try Workplace.with { place in
      let result = try place.script(
        """
        grant outbound to "Acme Realty"
        grant outbound to "Acme Dentel"
        grant outbound to "Acme Veterinary"
        """, options: "--keep-going")
      #expect(result.status == 1)
      let count = try place.script(
        "count \"Acme Realty\", \"Acme Veterinary\" having outbound", options: "-o csv")
      #expect(count.outputText == "count\n2\n")
    }
  }

  @Test("a script's parts and its whole come to the same: file, standard input, -c")
  func sources() throws {
    try Workplace.with { place in
      let text = "show subaccounts lacking outbound columns name\ncount\n"
      try place.write(text, to: "a.pql")
      let outputs = [
        try place.run("permql -s agency.permdb a.pql"),
        try place.run("permql -s agency.permdb <a.pql"),
        try place.run("permql -s agency.permdb -c \"$(cat a.pql)\""),
        try place.run(
          "permql -s agency.permdb -c 'show subaccounts lacking outbound columns name' -c count"),
        try place.run("PERMQL_STORE=agency.permdb permql a.pql"),
      ]
      #expect(outputs.allSatisfy { $0.status == 0 }, "\(outputs.map(\.errorText))")
      #expect(Set(outputs.map(\.outputText)).count == 1)
      #expect(!outputs[0].output.isEmpty)
    }
  }
}
