import Testing

/// Scripts that mean harm, or were damaged on their way.
@Suite("hostile scripts")
struct HostileScriptTests {
  @Test(
    "a hostile script is refused with its place, and nothing of it runs",
    arguments: HostileScripts.refused)
  func refused(input: HostileInput) throws {
    try Workplace.with { place in
      let before = try place.run("permql -s agency.permdb -o csv -c 'show matrix'").output
      let result = try place.run("permql -s agency.permdb", input: input.bytes, seconds: 20)
      expectRefusal(result, status: 2, mentions: input.mentions)
      #expect(result.errorText.ranges(of: "error[").count == 1, "one mistake, one message")
      #expect(result.output.isEmpty)
      let after = try place.run("permql -s agency.permdb -o csv -c 'show matrix'").output
      #expect(before == after)
    }
  }

  @Test("a strange script that is right works", arguments: HostileScripts.accepted)
  func accepted(input: HostileInput) throws {
    try Workplace.with { place in
      let result = try place.run(
        "permql -s agency.permdb -o json", input: input.bytes, seconds: 20)
      #expect(result.status == 0, "\(result.errorText.prefix(600))")
      let all = result.outputText + result.errorText
      #expect(input.mentions.allSatisfy { $0.isEmpty || all.contains($0) }, "\(all.prefix(600))")
    }
  }

  @Test("blocks that are nested too deep are refused")
  func deepBlocks() throws {
    try Workplace.with(store: false) { place in
      let script =
        String(repeating: "if some subaccounts {\n", count: 250)
        + String(repeating: "}\n", count: 250)
      let result = try place.run("permql", input: Array(script.utf8), seconds: 20)
      #expect(result.status == 2)
      #expect(result.errorText.contains("nested too deep"))
      #expect(result.errorText.ranges(of: "error[").count == 1)
    }
  }

  @Test("a pattern that is hostile to matchers takes no time")
  func glob() throws {
    try Workplace.with { place in
      let row = #"{"name":"\#(String(repeating: "a", count: 1_000))%"}"#
      let rows = (0..<2_000).map { row.replacing("%", with: "\($0)") }.joined(separator: "\n")
      try place.write(rows + "\n", to: "long.jsonl")
      let result = try place.script(
        """
        import "long.jsonl"
        count where name ~ "*a*a*a*a*a*a*a*a*a*a*b"
        """, options: "-o jsonl", seconds: 20)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.outputText.contains(#"{"count":0}"#))
    }
  }

  @Test("a line of a gigabyte stops the run early, in little memory")
  func endlessLine() throws {
    try Workplace.with { place in
      let result = try place.run(
        """
        head -c 1000000000 /dev/zero | tr '\\0' a |
          /usr/bin/time -f %M -o memory permql -s agency.permdb
        """, seconds: 30)
      expectRefusal(result, status: 2, mentions: [])
      let kilobytes = String(decoding: try place.read("memory"), as: UTF8.self)
        .split(separator: "\n").last.flatMap { Int($0) }
      #expect((kilobytes ?? .max) < 50_000)
    }
  }

  @Test("a variable's value is a value, whatever stands in it")
  func injection() throws {
    try Workplace.with { place in
      try place.write("count where name = $1 or name = $plan\n", to: "ask.pql")
      let result = try place.run(
        """
        permql -s agency.permdb -o json -D 'plan=x"; revoke * from all; --' \
          ask.pql '"; delete subaccounts all; count where name = "'
        """)
      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.outputText == "[{\"count\":0}]\n" || result.outputText == "{\"count\":0}\n")
      #expect(try place.script("count", options: "-o csv").outputText == "count\n240\n")
    }
  }

  @Test("damaged copies of a real script never crash, hang or half-run", arguments: 0..<8)
  func damaged(seed: Int) throws {
    try Workplace.with { place in
      var generator = SeededGenerator(seed: UInt64(seed) &+ 1_000)
      let whole = try place.read("nightly.pql")
      for attempt in 0..<6 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let at = Int.random(in: 0..<bytes.count, using: &generator)
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
          case 1: bytes.remove(at: at)
          case 2:
            bytes.insert(
              Array("(){}\"'`$#;*\n\\".utf8).randomElement(using: &generator) ?? 0, at: at)
          default: bytes.removeSubrange(at..<min(bytes.count, at + 30))
          }
        }
        try place.write(bytes, to: "damaged.pql")
        let result = try place.run("permql -s agency.permdb -n damaged.pql 40", seconds: 20)
        #expect((0...5).contains(result.status), "seed \(seed), attempt \(attempt)")
        #expect(result.status == 0 || result.errorText.contains("error["))
        expectNothingRaw(result.errors)
      }
    }
  }
}
