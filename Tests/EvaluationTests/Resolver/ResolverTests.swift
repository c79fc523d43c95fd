import Diagnostics
import Evaluation
import Permissions
import Storage
import Testing

@Suite("Names and values, looked up before anything runs")
struct ResolverTests {
  struct Mistake: CustomTestStringConvertible {
    let script: String
    let code: String
    var label: String?
    var testDescription: String { script }
  }

  static let mistakes = [
    Mistake(script: "grant outbond to all", code: "E0201", label: "did you mean 'outbound'?"),
    Mistake(
      script: "grant integrations to all", code: "E0201", label: "did you mean 'integrations.*'?"),
    Mistake(
      script: "grant intgrations.* to all", code: "E0203",
      label: "did you mean 'integrations'?"),
    Mistake(script: "count where plann = \"x\"", code: "E0204", label: "did you mean 'plan'?"),
    Mistake(script: "grant $startr to all", code: "E0205", label: "did you mean '$starter'?"),
    Mistake(script: "grant chat to $starter", code: "E0206"),
    Mistake(script: "check policy quite", code: "E0207", label: "did you mean 'quiet'?"),
    Mistake(
      script: "show subaccounts columns nmae", code: "E0208", label: "did you mean 'name'?"),
    Mistake(
      script: "create permission agent_types.chat label \"Chat\"", code: "E0209"),
    Mistake(
      script: "create permission x.y label \"Y\" api \"outbound\"", code: "E0210"),
    Mistake(script: "define $starter as permissions $starter, chat", code: "E0211"),
    Mistake(script: "drop $starter", code: "E0212"),
    Mistake(script: "let $w = subaccounts all\ndefine $d as subaccounts $w", code: "E0213"),
    Mistake(script: "count where plan = 5", code: "E0301"),
    Mistake(script: "count where seats = \"5\"", code: "E0301"),
    Mistake(script: "count where created > \"2026-01-01\"", code: "E0301"),
    Mistake(script: "count where protected < true", code: "E0302"),
    Mistake(script: "count where seats ~ \"5*\"", code: "E0303"),
    Mistake(script: "count where plan ~ \"[a\"", code: "E0304"),
    Mistake(script: "count where seats within 3 days", code: "E0305"),
    Mistake(script: "revoke assistants from all", code: "E0306"),
    Mistake(script: "set name = \"x\" for all", code: "E0307"),
    Mistake(script: "set `a.b` = 1 for all", code: "E0308"),
    Mistake(script: "set ` plan` = 1 for all", code: "E0308"),
    Mistake(script: "set `permissions` = 1 for all", code: "E0308"),
    Mistake(script: "set subaccount_id = \"7\" for all", code: "E0308"),
    Mistake(script: "create subaccount \"N\" set api_key = \"k\"", code: "E0308"),
    Mistake(script: "set plan = \"a\", plan = \"b\" for all", code: "E0309"),
    Mistake(script: "grant chat without chat to all", code: "E0310"),
    Mistake(script: "set seats = \"many\" for all", code: "E0301"),
    Mistake(
      script: "create permission x.y label \"knowledge base\"", code: "E0217"),
    Mistake(script: "set outbound = true for all", code: "E0218"),
    Mistake(script: "set Chat = false for \"Acme\"", code: "E0218"),
    Mistake(script: "create subaccount \"New\" set mcp = 1", code: "E0218"),
    Mistake(script: "help grnat", code: "E0215", label: "did you mean 'grant'?"),
  ]

  @Test("each mistake is found before anything runs, once, with its place", arguments: mistakes)
  func mistake(input: Mistake) {
    let bench = Bench.standard()
    bench.run(
      """
      define $starter as permissions inbound
      define $more as permissions $starter, outbound
      define policy quiet as no subaccounts having mcp
      """)
    let result = bench.run("grant widget to all\n" + input.script)
    #expect(result.status == .unusable)
    #expect(result.errors.map(\.code) == [input.code], "\(result.messages)")
    #expect(result.errors.first?.label == input.label)
    #expect(result.errors.first?.place != nil)
    #expect(bench.state == WriteTests.before)
  }

  @Test(
    "where a permission is assigned, the statement that switches it is told",
    arguments: [
      ("set outbound = true for \"Acme\"", "write: grant outbound to \"Acme\""),
      ("set outbound = false for all", "write: revoke outbound from all"),
      ("create subaccount \"New\" set chat = true", "write: grant chat to \"New\""),
    ])
  func assignedPermission(script: String, help: String) {
    let result = Bench.standard().run(script)
    #expect(result.errors.map(\.help) == [help])
  }

  @Test("an attribute that a store has under a permission's name can be set")
  func attributeOfPermissionsName() {
    let bench = Bench.standard()
    bench.run(
      "set zapier = \"old\" for all\ncreate permission integrations.zapier label \"Zapier\"")
    #expect(bench.run("set zapier = \"new\" for \"Acme\"").status == .done)
    #expect(bench.state[0].contains("zapier=new"))
  }

  @Test("an attribute or an area that is new is noted, with the nearest that is known")
  func newNames() {
    let bench = Bench.standard()
    let result = bench.run("set max_minuts = 5, colour = \"red\" for \"Acme\"")
    #expect(result.codes == ["N0202", "N0202"])
    #expect(
      result.messages == [
        "'max_minuts' is a new attribute, a number", "'colour' is a new attribute, text",
      ])
    #expect(result.diagnostics.map(\.label) == ["did you mean 'max_minutes'?", nil])
    #expect(result.diagnostics.allSatisfy { $0.place != nil })
    #expect(bench.run("set max_minuts = 6 for \"Acme\"").codes == [])
    let area = bench.run("create permission integration.zapier label \"Zapier\"")
    #expect(area.messages == ["'integration' is a new area"])
    #expect(area.diagnostics.map(\.label) == ["did you mean 'integrations'?"])
  }

  @Test("all mistakes of a script are told, and a wrong definition only once")
  func several() {
    let result = Bench.standard().run(
      "let $x = permissions outbond\ngrant $x to all\ngrant inbond to where plann = \"x\"")
    #expect(result.errors.map(\.code) == ["E0201", "E0201", "E0204"])
  }

  @Test(
    "every form of a permission's name means the same",
    arguments: [
      "knowledge_base", "KNOWLEDGE_BASE", "general.knowledge_base", "\"Knowledge Base\"",
      "\"knowledge base\"", "$1", "$k",
    ])
  func forms(name: String) {
    let bench = Bench.standard()
    let result = bench.run(
      "let $k = permissions knowledge_base\ngrant \(name) to \"Cyan\"", "Knowledge Base")
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.state[2] == "Cyan: knowledge_base [plan=free]")
  }

  @Test("a bare name that the API uses means that permission, and a prompt hears of the others")
  func namesakes() {
    let bench = Bench.standard()
    bench.options.isInteractive = true
    let result = bench.run("grant actions to \"Acme\"")
    #expect(result.codes == ["N0201"])
    #expect(bench.store.table.has(.init(2), .init(0)))
  }

  @Test("names that statements announce count from there on")
  func announcements() {
    let bench = Bench.standard()
    let result = bench.run(
      """
      create permission integrations.zapier label "Zapier"
      grant zapier to "Acme"
      set tier = 2 for "Acme"
      count where tier > 1
      define $z as permissions zapier
      revoke $z from all
      drop $z
      """)
    #expect(result.status == .done, "\(result.messages)")
    #expect(bench.run("count where level = 1\nset level = 1 for all").status == .unusable)
  }

  @Test("a stored definition holds values, not the variables of the run that made it")
  func binding() {
    let bench = Bench.standard()
    let result = bench.run(
      """
      let $p = permissions inbound, chat
      define $set as permissions $p
      define $who as subaccounts where plan = $1 and seats >= $2
      """, "pro", "5")
    #expect(result.status == .done, "\(result.messages)")
    #expect(
      bench.store.table.definitions.map(\.text) == [
        "agent_types.inbound, agent_types.chat", "where plan = \"pro\" and seats >= 5",
      ])
    #expect(bench.run("assert 1 subaccounts $who").status == .done)
  }
}
