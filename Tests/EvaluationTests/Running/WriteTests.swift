import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("What writes change, and what they say")
struct WriteTests {
  struct Case: CustomTestStringConvertible {
    let script: String
    /// The state after it; nil where it stays as it was.
    let state: [String]?
    let numbers: [String]
    var sentence: String?
    var testDescription: String { script }
  }

  static let before = [
    "Acme: inbound outbound [plan=pro seats=5]", "Borg: inbound [plan=pro]", "Cyan:  [plan=free]",
  ]

  static let cases = [
    Case(
      script: "grant outbound to all",
      state: [
        "Acme: inbound outbound [plan=pro seats=5]", "Borg: inbound outbound [plan=pro]",
        "Cyan: outbound [plan=free]",
      ], numbers: ["3 2 1 0 4"],
      sentence: "granted outbound to 2 subaccounts; 1 already had it"),
    Case(
      script: "grant inbound to \"Acme\", \"Borg\"", state: nil, numbers: ["2 0 2 0 -"],
      sentence: "nothing to change: 2 subaccounts already had inbound"),
    Case(
      script: "grant inbound, outbound to where plan = \"pro\"",
      state: [
        "Acme: inbound outbound [plan=pro seats=5]", "Borg: inbound outbound [plan=pro]",
        "Cyan:  [plan=free]",
      ], numbers: ["2 1 1 0 4"],
      sentence: "granted inbound, outbound to 1 subaccount; 1 already had them"),
    Case(
      script: "revoke agent_types.* from \"Acme\"",
      state: [
        "Acme:  [plan=pro seats=5]", "Borg: inbound [plan=pro]", "Cyan:  [plan=free]",
      ], numbers: ["1 1 0 0 4"], sentence: "revoked agent_types.* from 1 subaccount"),
    Case(
      script: "grant only chat to \"Acme\", \"Cyan\"",
      state: [
        "Acme: chat [plan=pro seats=5]", "Borg: inbound [plan=pro]", "Cyan: chat [plan=free]",
      ], numbers: ["2 2 0 0 4"], sentence: "granted only chat to 2 subaccounts"),
    Case(
      script: "copy agent_types.* from \"Borg\" to \"Acme\", \"Cyan\"",
      state: [
        "Acme: inbound [plan=pro seats=5]", "Borg: inbound [plan=pro]",
        "Cyan: inbound [plan=free]",
      ], numbers: ["2 2 0 0 4"], sentence: "copied agent_types.* from 'Borg' to 2 subaccounts"),
    Case(
      script: "create subaccount \"Dune\"",
      state: before + ["Dune:  []"], numbers: ["1 1 0 0 4"],
      sentence: "created subaccount 'Dune' with the permissions of 'Cyan', the newest"),
    Case(
      script: "create subaccount \"Dune\", \"Echo\" like \"Acme\" set plan = \"pro\", tier = 3",
      state: before + [
        "Dune: inbound outbound [plan=pro tier=3]", "Echo: inbound outbound [plan=pro tier=3]",
      ], numbers: ["2 2 0 0 4"], sentence: "created 2 subaccounts with the permissions of 'Acme'"),
    Case(
      script: "rename \"Acme\" to \"Apex\"",
      state: [
        "Apex: inbound outbound [plan=pro seats=5]", "Borg: inbound [plan=pro]",
        "Cyan:  [plan=free]",
      ], numbers: ["1 1 0 0 4"], sentence: "renamed 'Acme' to 'Apex'"),
    Case(
      script: "rename \"Acme\" to \"Acme\"", state: nil, numbers: ["1 0 1 0 -"],
      sentence: "'Acme' keeps its name"),
    Case(
      script: "delete subaccounts where plan = \"pro\"", state: ["Cyan:  [plan=free]"],
      numbers: ["2 2 0 0 4"], sentence: "deleted 2 subaccounts"),
    Case(
      script: "set plan = \"pro\", max_agents = unlimited for all",
      state: [
        "Acme: inbound outbound [max_agents=unlimited plan=pro seats=5]",
        "Borg: inbound [max_agents=unlimited plan=pro]", "Cyan:  [max_agents=unlimited plan=pro]",
      ], numbers: ["3 3 0 0 4"], sentence: "set plan, max_agents for 3 subaccounts"),
    Case(
      script: "set plan = \"pro\" for all",
      state: [
        "Acme: inbound outbound [plan=pro seats=5]", "Borg: inbound [plan=pro]",
        "Cyan:  [plan=pro]",
      ], numbers: ["3 1 2 0 4"], sentence: "set plan for 1 subaccount; 2 already so"),
    Case(
      script: "unset seats, plan for \"Acme\", \"Cyan\"",
      state: ["Acme: inbound outbound []", "Borg: inbound [plan=pro]", "Cyan:  []"],
      numbers: ["2 2 0 0 4"], sentence: "unset seats, plan for 2 subaccounts"),
    Case(
      script: "unset seats for \"Cyan\"", state: nil, numbers: ["1 0 1 0 -"],
      sentence: "nothing to change: 1 subaccount already had no seats"),
    Case(
      script: "protect where plan = \"pro\"",
      state: [
        "Acme!: inbound outbound [plan=pro seats=5]", "Borg!: inbound [plan=pro]",
        "Cyan:  [plan=free]",
      ], numbers: ["2 2 0 0 4"], sentence: "protected 2 subaccounts"),
    Case(
      script: "unprotect \"Acme\"", state: nil, numbers: ["1 0 1 0 -"],
      sentence: "nothing to change: 1 subaccount already unprotected"),
    Case(
      script: "define $starter as permissions inbound, chat", state: nil, numbers: ["0 0 0 0 4"],
      sentence: "defined $starter"),
    Case(
      script: "create permission integrations.zapier label \"Zapier\"", state: nil,
      numbers: ["0 0 0 0 4"], sentence: "created permission integrations.zapier"),
    Case(
      script: "create permission integrations.zapier label \"Zapier\" always",
      state: [
        "Acme: inbound outbound zapier [plan=pro seats=5]", "Borg: inbound zapier [plan=pro]",
        "Cyan: zapier [plan=free]",
      ], numbers: ["3 3 0 0 4"]),
    Case(
      script: "grant outbound to where plan = \"none\"", state: nil, numbers: ["0 0 0 0 -"]),
  ]

  @Test("a write changes just what it says, and counts whom", arguments: cases)
  func writes(input: Case) throws {
    let bench = Bench.standard()
    let result = bench.run(input.script)
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state == input.state ?? Self.before)
    #expect(result.numbers == input.numbers)
    if let sentence = input.sentence {
      #expect(result.summaries.first?.sentence == sentence)
    }
  }

  @Test(
    "in a summary, matched is changed and already and protected together", arguments: cases)
  func sums(input: Case) {
    for summary in Bench.standard().run(input.script).summaries {
      #expect(summary.matched == summary.changed + summary.already + summary.protected)
    }
  }

  @Test("a dry run of any write keeps nothing", arguments: cases)
  func dryRun(input: Case) {
    let bench = Bench.standard()
    bench.options.isDryRun = true
    let result = bench.run(input.script)
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state == Self.before)
    #expect(bench.store.lastChange == 3)
    #expect(!bench.store.isInTransaction)
    #expect(result.tables.count == 1)
  }

  @Test("a preview of any write keeps nothing, and needs no transaction", arguments: cases)
  func preview(input: Case) {
    let bench = Bench.standard()
    let result = bench.run("preview " + input.script)
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state == Self.before)
    #expect(bench.store.lastChange == 3)
    #expect(result.summaries.isEmpty)
    #expect(result.tables.count == 1)
  }

  @Test("defining the same again, or setting the same again, is no change")
  func again() {
    let bench = Bench.standard()
    let script = """
      define $starter as permissions inbound
      define $starter as permissions inbound
      set plan = "pro" for "Acme"
      """
    #expect(bench.run(script).numbers == ["0 0 0 0 4", "0 0 0 0 -", "1 0 1 0 -"])
  }

  @Test("history keeps who, why, the line and the statement as written")
  func history() throws {
    let bench = Bench.standard()
    bench.options.reason = "general"
    bench.run("-- first\n\ngrant  chat   to \"Borg\" because \"T-1\"; revoke chat from \"Borg\"")
    let change = try bench.store.change(4)
    #expect(change.statement == "grant  chat   to \"Borg\" because \"T-1\"")
    #expect(change.line == 3)
    #expect(change.reason == "T-1")
    #expect(change.actor == "tester")
    #expect(change.user == "os-user")
    #expect(change.script == "test.pql")
    #expect(try bench.store.change(5).reason == "general")
  }

  @Test("a long statement is cut at 4 KiB, between characters")
  func longStatement() throws {
    let bench = Bench.standard()
    let note = String(repeating: "é", count: 3_000)
    bench.run("set note = \"\(note)\" for \"Acme\"")
    let kept = try bench.store.change(4).statement
    #expect((4_093...4_096).contains(kept.count))
    #expect(kept.string.hasPrefix("set note = \"éé"))
  }

  @Test("an id of a new subaccount has the platform's form, and no two are alike")
  func ids() {
    let bench = Bench()
    bench.run("create subaccount \"A\", \"B\", \"C\"")
    let ids = bench.store.table.live.map { bench.store.table.id(of: $0) }
    #expect(Set(ids).count == 3)
    for id in ids {
      let parts = id.string.split(separator: "x")
      #expect(parts.count == 2)
      #expect(parts.first == "\(Bench.start)")
      #expect(parts.last?.utf8.count == 18)
    }
  }

  @Test("a new attribute is there for the statements after it, even where nobody got it")
  func newAttribute() {
    let bench = Bench.standard()
    let result = bench.run(
      "set tier = 3 for where plan = \"none\"\ncount where tier = 3\nset tier = 4 for \"Acme\"")
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state[0] == "Acme: inbound outbound [plan=pro seats=5 tier=4]")
  }
}
