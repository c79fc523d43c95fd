import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("Transactions, and what a run ends with")
struct TransactionTests {
  struct Failure: CustomTestStringConvertible {
    let script: String
    let status: Int32
    let code: String
    var testDescription: String { script }
  }

  static let failures = [
    Failure(script: "grant outbond to all", status: 2, code: "E0201"),
    Failure(script: "grant chat to \"Acne\"", status: 1, code: "E0420"),
    Failure(script: "grant mcp to all expect 2", status: 3, code: "E0444"),
    Failure(script: "grant mcp to all expect 4..9", status: 3, code: "E0444"),
    Failure(script: "grant mcp to all expect at most 2", status: 3, code: "E0444"),
    Failure(script: "assert no subaccounts else \"not empty\"", status: 3, code: "E0445"),
    Failure(script: "assert all subaccounts have inbound", status: 3, code: "E0445"),
    Failure(
      script: "define policy p as no subaccounts having chat\ngrant chat to \"Borg\"", status: 4,
      code: "E0446"),
    Failure(script: "revoke assistants from all", status: 2, code: "E0306"),
    Failure(script: "create subaccount \"Acme\"", status: 1, code: "E0441"),
    Failure(script: "create subaccount \"New\", \"New\"", status: 1, code: "E0441"),
    Failure(script: "rename \"Borg\" to \"Acme\"", status: 1, code: "E0441"),
    Failure(script: "protect \"Acme\"\ngrant chat to \"Acme\"", status: 1, code: "E0443"),
    Failure(script: "undo last 5", status: 1, code: "E0455"),
    Failure(script: "undo change 5", status: 1, code: "E0514"),
    Failure(script: "undo last 0", status: 1, code: "E0454"),
    Failure(script: "compare store with \"a.json\"", status: 1, code: "E0601"),
    Failure(script: "run \"missing.pql\"", status: 1, code: "E0601"),
    Failure(script: "begin\ngrant chat to all", status: 1, code: "E0449"),
    Failure(script: "begin\nbegin", status: 1, code: "E0447"),
    Failure(script: "begin\ncommit\ncommit", status: 1, code: "E0448"),
  ]

  @Test("a run that fails changes nothing, and says why", arguments: failures)
  func failing(input: Failure) {
    let bench = Bench.standard()
    let first = input.script.hasPrefix("begin") ? "" : "grant widget to all\n"
    let result = bench.run(first + input.script)
    #expect(result.status.rawValue == input.status, "\(result.messages)")
    #expect(result.errors.map(\.code) == [input.code])
    #expect(bench.state == WriteTests.before)
    #expect(!bench.store.isInTransaction)
    #expect(result.summaries.isEmpty)
  }

  @Test("a script is one transaction: all its writes commit together")
  func whole() {
    let result = Bench.standard().run("grant chat to all\nrevoke chat from \"Acme\"")
    #expect(result.numbers == ["3 3 0 0 4", "1 1 0 0 5"])
    #expect(result.commits == 1)
  }

  @Test("rollback takes back what came before it, and commit keeps it")
  func explicit() {
    let bench = Bench.standard()
    let result = bench.run(
      """
      begin
      revoke inbound from all
      rollback
      begin
      grant chat to "Cyan"
      commit
      grant widget to "Cyan"
      """)
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state[1] == "Borg: inbound [plan=pro]")
    #expect(bench.state[2] == "Cyan: widget chat [plan=free]")
    #expect(result.numbers == ["1 1 0 0 4", "1 1 0 0 5"])
  }

  @Test("with keep-going each statement stands alone, and the first failure is the status")
  func keepGoing() {
    let bench = Bench.standard()
    bench.options.keepsGoing = true
    let result = bench.run(
      "grant chat to \"Acme\"\ngrant chat to \"Nobody\"\nassert no subaccounts\ngrant chat to \"Borg\""
    )
    #expect(result.status == .failed)
    #expect(result.errors.map(\.code) == ["E0420", "E0445"])
    #expect(result.numbers == ["1 1 0 0 4", "1 1 0 0 5"])
  }

  @Test("with keep-going a failure after begin takes the whole transaction with it")
  func keepGoingAborted() {
    let bench = Bench.standard()
    bench.options.keepsGoing = true
    let result = bench.run(
      "begin\ngrant chat to \"Acme\"\ngrant chat to \"Nobody\"\ngrant chat to \"Borg\"\ncommit\ngrant widget to \"Cyan\""
    )
    #expect(result.status == .failed)
    #expect(bench.state[0] == WriteTests.before[0])
    #expect(bench.state[1] == WriteTests.before[1])
    #expect(bench.state[2] == "Cyan: widget [plan=free]")
  }

  @Test("read-only refuses every write, a sandbox every other file, before anything runs")
  func restrictions() {
    let bench = Bench.standard()
    bench.options.isReadOnly = true
    let refused = bench.run("if no subaccounts {\n  grant chat to all\n}\ncount")
    #expect(refused.status == .unusable)
    #expect(refused.errors.map(\.code) == ["E0450"])
    #expect(bench.run("preview grant chat to all").status == .done)
    bench.options.isReadOnly = false
    bench.options.isSandboxed = true
    for statement in [
      "import \"a.csv\"", "preview import \"a.csv\"", "export to \"a\"", "run \"a\"",
    ] {
      let result = bench.run(statement)
      #expect(result.status == .unusable)
      #expect(result.errors.map(\.code) == ["E0451"])
    }
  }

  @Test(
    "what is noted of a write that does not happen is not told",
    arguments: [
      "grant mcp to \"Cyan\"\nassert no subaccounts",
      "set seets = 4 for \"Cyan\"\nassert no subaccounts",
      "revoke * from \"Cyan\"\nassert no subaccounts",
      "define policy p as no subaccounts having mcp\ngrant mcp to \"Cyan\"",
      "begin\ngrant mcp to \"Cyan\"\nrollback",
    ])
  func notesOfRollback(script: String) {
    let result = Bench.standard().run(script)
    #expect(result.diagnostics.allSatisfy { $0.severity != .note }, "\(result.messages)")
  }

  @Test("what is noted of a write that happens, or is only tried out, is told")
  func notesOfCommit() {
    let bench = Bench.standard()
    #expect(bench.run("preview set seets = 4 for all").codes.contains("N0202"))
    #expect(bench.run("grant mcp to \"Cyan\"").codes == ["N0442"])
    bench.options.isDryRun = true
    #expect(bench.run("grant chat to \"Cyan\"").codes == ["N0442"])
  }

  @Test("an interrupted run is rolled back")
  func interrupted() {
    let bench = Bench.standard()
    bench.options.isInterrupted = { true }
    #expect(bench.run("grant chat to all").status == .interrupted)
    #expect(bench.state == WriteTests.before)
  }

  @Test("an export is published with the commit, and discarded with the rollback")
  func exports() {
    let bench = Bench.standard()
    bench.run("export to \"now\"\ngrant chat to all\nexport to \"then\"")
    #expect(bench.files.published == ["now": 3, "then": 3])
    bench.run("grant mcp to all\nexport to \"never\"\nassert no subaccounts")
    #expect(bench.files.published["never"] == nil)
    #expect(bench.files.discarded == ["never"])
  }

  @Test("a prompt's transaction stays open, and a statement that fails leaves it as it was")
  func prompt() {
    let bench = Bench.standard()
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    let sink = RecordingSink()
    func input(_ text: String) -> Diagnostics.ExitStatus {
      session.runInteractively(SourceText(text), sink: sink)
    }
    #expect(input("begin") == .done)
    #expect(input("grant chat to \"Acme\"") == .done)
    #expect(session.isInTransaction)
    #expect(input("grant chat to \"Nobody\"") == .failed)
    #expect(input("grant outbond to all") == .unusable)
    #expect(session.isInTransaction)
    #expect(input("let $who = subaccounts having chat") == .done)
    #expect(input("commit") == .done)
    #expect(!session.isInTransaction)
    #expect(input("revoke chat from $who expect 1") == .done)
    #expect(bench.state == WriteTests.before)
    #expect(input("begin; grant chat to all") == .done)
    session.end(sink: sink)
    #expect(bench.state == WriteTests.before)
  }
}
