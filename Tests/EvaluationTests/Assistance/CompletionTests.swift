import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("completion")
struct CompletionTests {
  static func session() -> Session {
    let bench = Bench.standard()
    let result = bench.run(
      """
      define $basic as permissions logs, contacts
      define $pros as subaccounts where plan = "pro"
      define policy quiet as no subaccounts having mcp
      create permission integrations.zapier label "Zapier"
      """)
    precondition(result.status == .done)
    return Session(store: bench.store, files: bench.files, options: bench.options)
  }

  static func labels(_ text: String, isForList: Bool = true) -> [String] {
    let bytes = Array(text.utf8)
    return session().complete(bytes, cursor: bytes.count, isForList: isForList) { typed in
      ["agency.csv", "samples/"].filter { $0.string.hasPrefix(typed.string) }
    }.candidates.map(\.text)
  }

  @Test(
    "at every position",
    arguments: [
      ("gra", ["grant"]),
      ("grant outb", ["outbound"]),
      ("grant OUTB", ["outbound"]),
      ("grant agent_types.o", ["agent_types.outbound"]),
      ("grant capabilities.ac", ["capabilities.actions"]),
      ("grant integrations.z", ["integrations.zapier"]),
      ("grant zap", ["zapier"]),
      ("grant agent_types.*", ["agent_types.*"]),
      ("grant memory", []),
      ("grant simul", ["simulations"]),
      ("grant \"test", ["\"Test Center (Simulations)\""]),
      ("grant $", ["$basic"]),
      ("grant outbound to $", ["$pros"]),
      ("grant outbound to \"B", ["\"Borg\""]),
      ("grant outbound to 'b", ["'Borg'"]),
      ("count where pl", ["plan"]),
      ("count where permission_c", ["permission_count"]),
      ("count where plan = \"", ["\"free\"", "\"pro\""]),
      ("count where plan = ", ["\"free\"", "\"pro\""]),
      ("count where plan in (\"free\", \"p", ["\"pro\""]),
      ("count where name = \"C", ["\"Cyan\""]),
      ("count where protected = ", ["false", "true"]),
      ("count where max_minutes = u", ["unlimited"]),
      ("set plan = \"f", ["\"free\""]),
      ("show subaccounts columns outb", ["outbound"]),
      ("drop ", ["policy", "$basic", "$pros"]),
      ("drop policy ", ["quiet"]),
      ("import \"a", ["\"agency.csv\""]),
      ("import \"s", ["\"samples/"]),
      ("run ", ["\"agency.csv\"", "\"samples/\""]),
      ("help gr", ["grant"]),
      ("create permission in", ["integrations."]),
      ("show \"Nobody", []),
      ("count gibberish ", []),
    ])
  func positions(text: String, wanted: [String]) {
    #expect(Self.labels(text) == wanted)
  }

  @Test(
    "candidates say what they are",
    arguments: [
      ("grant outb", "agent_types, Outbound agents, 1 of 3 have it"),
      ("grant assist", "general, Agents, always on, 3 of 3 have it"),
      ("count where plan = \"p", "2 subaccounts"),
      ("grant $b", "logs, contacts"),
      ("grant outbound to al", "every subaccount"),
      ("grant integrations.*", "all 7 of Integrations"),
      ("count where pla", "text"),
    ])
  func details(text: String, wanted: String) throws {
    let bytes = Array(text.utf8)
    let found = Self.session().complete(bytes, cursor: bytes.count) { _ in [] }
    let detail = try #require(found.candidates.first).detail
    #expect(detail == wanted)
  }

  @Test("what follows the cursor stays")
  func middle() throws {
    let bytes = Array("grant outb to all".utf8)
    let found = Self.session().complete(bytes, cursor: 10) { _ in [] }
    #expect(found.candidates.map(\.text) == ["outbound"])
    #expect(found.replaced == 6..<10)
  }

  @Test("many are counted, and not all are listed")
  func many() {
    let bench = Bench()
    let names = (0..<1000).map { "\"Name \($0)\"" }.joined(separator: ", ")
    bench.run("create subaccount \(names)")
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    let bytes = Array("show \"name ".utf8)
    let found = session.complete(bytes, cursor: bytes.count) { _ in [] }
    #expect(found.total == 1000)
    #expect(found.candidates.count == 200)
    #expect(
      session.complete(bytes, cursor: bytes.count, isForList: false) { _ in [] }
        .candidates.map(\.text) == ["\"Name 0\""])
  }
}

@Suite("highlighting")
struct HighlightTests {
  /// Each highlighted part, with the cursor at the end.
  static func roles(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return CompletionTests.session().highlight(bytes, cursor: bytes.count).map { highlight in
      let part = bytes[highlight.range.lower..<highlight.range.upper]
      return "\(String(decoding: part, as: UTF8.self)):\(highlight.role)"
    }.joined(separator: " ")
  }

  @Test(
    "names are looked up",
    arguments: [
      ("grant outbound to all", "grant:keyword outbound:permission to:keyword all:keyword"),
      ("grant outbond to all", "grant:keyword outbond:unknown to:keyword all:keyword"),
      ("grant outbo", "grant:keyword outbo:permission"),
      ("grant outbond", "grant:keyword outbond:unknown"),
      ("show \"Acme\"", "show:keyword \"Acme\":text"),
      ("show \"Acmo\"", "show:keyword \"Acmo\":unknown"),
      ("show \"Acm", "show:keyword \"Acm:text"),
      ("count where plan = 1", "count:keyword where:keyword plan:attribute 1:number"),
      ("count where plam = 1", "count:keyword where:keyword plam:unknown 1:number"),
      ("count where pla", "count:keyword where:keyword pla:attribute"),
      ("grant $basic to $pros", "grant:keyword $basic:variable to:keyword $pros:variable"),
      ("grant $basix to all", "grant:keyword $basix:unknown to:keyword all:keyword"),
      ("grant \"zapier\" to all", "grant:keyword \"zapier\":permission to:keyword all:keyword"),
      ("gran", ""),
      ("grant outbound t", "grant:keyword outbound:permission"),
      ("grant outbound q", "grant:keyword outbound:permission q:unknown"),
      (
        "set new_one = 1 for all",
        "set:keyword 1:number for:keyword all:keyword"
      ),
    ])
  func names(text: String, wanted: String) {
    #expect(Self.roles(text) == wanted)
  }
}

@Suite("reach")
struct ReachTests {
  @Test(
    "is what a write would change",
    arguments: [
      ("grant outbound to all", 2), ("grant inbound to all", 1), ("revoke inbound from all", 2),
      ("preview grant mcp to where plan = \"pro\"", 2), ("delete subaccounts \"Acme\"", 1),
      ("set plan = \"pro\" for all", 1), ("grant outbound to $pros", 1),
    ])
  func writes(text: String, changed: Int) {
    #expect(
      CompletionTests.session().reach(of: Array(text.utf8)) == Reach(changed: changed, all: 3))
  }

  @Test(
    "of nothing else",
    arguments: [
      "count all", "grant outbound to", "grant outbond to all", "grant outbound to \"Nobody\"",
      "import \"a.csv\"", "undo", "grant mcp to all; grant mcp to all", "create subaccount \"D\"",
    ])
  func others(text: String) {
    #expect(CompletionTests.session().reach(of: Array(text.utf8)) == nil)
  }

  @Test(
    "is given up as soon as somebody goes on typing",
    arguments: [
      "grant outbound to where name ~ \"*e*\"", "set plan = \"x\" for where email ~ \"*a*b*\"",
      "delete subaccounts all except (where not name ~ \"*e*\")",
    ])
  func givenUp(text: String) {
    let session = CompletionTests.session()
    #expect(session.reach(of: Array(text.utf8)) != nil)
    #expect(session.reach(of: Array(text.utf8)) { false } == nil)
  }

  @Test("changes nothing")
  func innocent() {
    let bench = Bench.standard()
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    let before = bench.state
    _ = session.reach(of: Array("revoke inbound from all".utf8))
    #expect(bench.state == before)
    #expect(!bench.store.isInTransaction)
    #expect(!session.isInTransaction)
  }
}
