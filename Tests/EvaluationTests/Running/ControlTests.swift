import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("Variables, conditions, scripts inside scripts, previews and policies")
struct ControlTests {
  private func printed(_ result: Bench.Result) -> [[ResultValue]] {
    result.outcomes.compactMap { if case .message(let values) = $0 { values } else { nil } }
  }

  @Test("let freezes what it selects, define stays live")
  func freezing() {
    let bench = Bench.standard()
    let result = bench.run(
      """
      define $calling as subaccounts having outbound
      let $now = subaccounts $calling
      let $n = count $calling
      grant outbound to "Borg"
      assert 1 subaccounts $now
      assert 2 subaccounts $calling
      print $n, "of", $1
      """, "three")
    #expect(result.status == .done, "\(result.messages)")
    #expect(printed(result) == [[.integer(1), .text("of"), .text("three")]])
  }

  @Test("an argument is taken as a number, a time or a name where one is wanted")
  func arguments() {
    let bench = Bench.standard()
    let result = bench.run(
      "assert 1 subaccounts where seats = $1\nassert at most $1 subaccounts\ngrant $2 to $3 expect 1",
      "5", "chat", "Cyan")
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.run("count where seats = $1", "many").errors.map(\.code) == ["E0311"])
  }

  @Test("if runs one branch")
  func branches() {
    let bench = Bench.standard()
    bench.run(
      "if some subaccounts where plan = \"free\" {\n grant chat to \"Cyan\"\n} else {\n grant mcp to all\n}"
    )
    #expect(bench.state[2] == "Cyan: chat [plan=free]")
    #expect(bench.state[0] == WriteTests.before[0])
  }

  @Test("a script that runs another passes its arguments, and keeps its own variables")
  func runs() {
    let bench = Bench.standard()
    bench.files.add(script: "let $x = 2\ngrant $1 to where plan = $2", at: "inner.pql")
    let result = bench.run("let $x = 1\nrun \"inner.pql\" \"chat\" \"free\"\nprint $x")
    #expect(result.status == .done, "\(result.messages)")
    #expect(printed(result) == [[.integer(1)]])
    #expect(bench.state[2] == "Cyan: chat [plan=free]")
  }

  @Test("mistakes of a script that is run are found before anything runs")
  func runMistakes() {
    let bench = Bench.standard()
    bench.files.add(script: "grant outbond to all", at: "inner.pql")
    let result = bench.run("grant chat to all\nrun \"inner.pql\"")
    #expect(result.status == .unusable)
    #expect(result.errors.first?.place?.source.name == "inner.pql")
  }

  @Test("a script that runs itself ends with an error")
  func runsItself() {
    let bench = Bench.standard()
    bench.files.add(script: "run \"loop.pql\"", at: "loop.pql")
    #expect(bench.run("run \"loop.pql\"").errors.map(\.code) == ["E0452"])
  }

  @Test("a preview of a block shows the net effect, and takes everything back")
  func previewBlock() throws {
    let bench = Bench.standard()
    let result = bench.run(
      """
      preview {
        grant chat to "Acme", "Cyan"
        revoke chat from "Cyan"
        revoke outbound from "Acme"
      }
      """)
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state == WriteTests.before)
    #expect(!bench.store.isInTransaction)
    let table = try #require(result.tables.first)
    #expect(table.rowCount == 1)
    #expect(table.value(row: 0, column: 1) == .text("Acme"))
    #expect(table.value(row: 0, column: 2) == .list(["agent_types.chat"]))
    #expect(table.value(row: 0, column: 3) == .list(["agent_types.outbound"]))
  }

  @Test("what a preview shows is what the statement then does")
  func previewIsApply() throws {
    for statement in [
      "grant agent_types.* to all", "revoke inbound from where plan = \"pro\"",
      "grant only chat to \"Acme\", \"Cyan\"", "delete subaccounts \"Acme\"",
      "create subaccount \"Dune\" like \"Acme\"",
    ] {
      let preview = Bench.standard().run("preview " + statement)
      let bench = Bench.standard()
      bench.options.isDryRun = true
      let dry = bench.run(statement)
      let (left, right) = (try #require(preview.tables.first), try #require(dry.tables.first))
      #expect(left.rowCount == right.rowCount)
      for row in 0..<left.rowCount {
        for column in 1..<4 {
          #expect(left.value(row: row, column: column) == right.value(row: row, column: column))
        }
      }
    }
  }

  @Test("a policy names its reason and its violators, and dropping it lifts it")
  func policies() throws {
    let bench = Bench.standard()
    bench.run("define policy quiet as no subaccounts having chat because \"FIN-77\"")
    let result = bench.run("grant chat to \"Acme\", \"Borg\"")
    #expect(result.status == .refused)
    let message = try #require(result.errors.first?.message)
    for word in ["quiet", "FIN-77", "'Acme'", "'Borg'"] { #expect(message.contains(word)) }
    #expect(bench.run("grant chat to all\nrevoke chat from all").status == .done)
    #expect(bench.run("drop policy quiet\ngrant chat to all").status == .done)
  }

  struct Noted: CustomTestStringConvertible {
    let script: String
    let codes: [String]
    var testDescription: String { script }
  }

  @Test(
    "notes say what is easily overlooked",
    arguments: [
      Noted(script: "revoke general.* from \"Acme\"", codes: ["N0441"]),
      Noted(script: "grant chat to all\ngrant mcp to all", codes: ["N0442"]),
      Noted(script: "grant chat to \"Acme\"", codes: []),
      Noted(script: "delete subaccounts \"Cyan\"", codes: ["N0443"]),
      Noted(script: "grant actions to \"Acme\"", codes: []),
      Noted(
        script: "define policy p as no subaccounts having chat\npreview grant chat to \"Acme\"",
        codes: ["W0444"]),
    ])
  func notes(input: Noted) {
    let result = Bench.standard().run(input.script)
    #expect(result.codes == input.codes, "\(result.messages)")
    #expect(result.status == .done)
  }

  @Test("protected subaccounts are left alone and counted, unless the write includes them")
  func protection() {
    let bench = Bench.standard()
    bench.run("protect \"Acme\"")
    #expect(bench.run("revoke inbound from all").numbers == ["3 1 1 1 5"])
    #expect(bench.run("revoke inbound from all including protected").numbers == ["3 1 2 0 6"])
    #expect(bench.run("grant inbound to \"Acme\" including protected").numbers == ["1 1 0 0 7"])
  }

  @Test("grant then revoke, where none had it, is nothing", arguments: ["chat", "integrations.*"])
  func inverse(permissions: String) {
    let bench = Bench.standard()
    bench.run("grant \(permissions) to all\nrevoke \(permissions) from all")
    #expect(bench.state == WriteTests.before)
  }
}
