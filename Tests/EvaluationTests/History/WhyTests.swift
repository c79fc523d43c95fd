import Diagnostics
import Evaluation
import Permissions
import Storage
import Testing

@Suite("why")
struct WhyTests {
  /// Looks at every state from the first to the last.
  private func expected(
    _ id: String, _ permission: String, in world: HistoryWorld, upTo last: Int
  ) -> (has: Bool, change: Int, earlier: [Int]) {
    var values: [(change: Int, isOn: Bool)] = []
    for change in 1...last {
      guard let found = world.states[change].first(where: { $0.id == id }) else { continue }
      let isOn = found.permissions.contains(permission)
      if values.last?.isOn != isOn { values.append((change, isOn)) }
    }
    let now = values[values.count - 1]
    var earlier = values.dropLast().reversed().map(\.change)
    if let first = values.first, !first.isOn, values.count > 1 { earlier.removeLast() }
    return (now.isOn, now.change, earlier)
  }

  @Test("why agrees with a look at every state of random histories", arguments: 0..<8)
  func law(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 20)
    for _ in 0..<4 {
      world.run("undo last \(world.pick(1...3)) including protected")
      world.step(world.pick(1000...9000))
    }
    let permissions = ModelAgency.standardPermissions.map(\.canonical)
    for _ in 0..<25 {
      let last = world.pick(1...world.store.lastChange)
      guard let subaccount = world.states[last].randomElement(using: &world.generator) else {
        continue
      }
      let permission = permissions[world.pick(0...permissions.count - 1)]
      let run = CollectedRun(
        "why #\(subaccount.id) has \(permission) as of change \(last)", on: world.store)
      #expect(run.status == .done, "\(run.messages)")
      let table = try #require(run.tables.first)
      let expected = expected(subaccount.id, permission, in: world, upTo: last)
      let told = "\(permission) of \(subaccount.name) as of \(last)"
      #expect(table.texts(of: "has") == [String(expected.has)], "\(told)")
      #expect(table.texts(of: "change") == [String(expected.change)], "\(told)")
      #expect(
        table.texts(of: "earlier") == [expected.earlier.map(String.init).joined(separator: ";")],
        "\(told)")
    }
  }

  struct Case: CustomTestStringConvertible {
    let question: String
    let answer: String
    var testDescription: String { question }
  }

  static func bench() -> Bench {
    let bench = Bench.standard()
    bench.options.actor = "nightly"
    bench.options.reason = "night"
    bench.run(
      """
      grant chat to all because "T-1"
      revoke chat
        from "Acme"
      create subaccount "Dora"
      create subaccount "Eric"
      revoke outbound from "Acme"
      define policy quiet as no subaccounts where plan = "pro" having any chat, mcp because "FIN-77"
      """.replacing("from \"Acme\"\ncreate", with: "from \"Acme\", \"Borg\"\ncreate"))
    bench.run("protect \"Acme\"")
    return bench
  }

  static let cases = [
    Case(
      question: "why \"Acme\" lacks chat",
      answer: """
        "Acme" lacks agent_types.chat (Chat agents) since 2026-09-21T14:13:20Z
          change 5 by nightly, user os-user on bench, test.pql:2
            revoke chat from "Acme", "Borg"
            because night
        before that it had it
          on since 2026-09-21T14:13:20Z
            change 4 by nightly, user os-user on bench, test.pql:1
              grant chat to all because "T-1"
        the subaccount is protected: a write must name 'including protected'
        policy 'quiet' forbids that it is granted (FIN-77)
        """),
    Case(
      question: "why \"Acme\" has chat",
      answer: """
        "Acme" does not have agent_types.chat (Chat agents): it lacks it since 2026-09-21T14:13:20Z
        """),
    Case(
      question: "why \"Eric\" has chat",
      answer: """
        "Eric" has agent_types.chat (Chat agents) since 2026-09-21T14:13:20Z
          change 7 by nightly, user os-user on bench, test.pql:5
            create subaccount "Eric"
            because night
        it was created with the permissions of "Dora", which was created with those of "Cyan"; for \
        "Cyan" it was on since 2026-09-21T14:13:20Z
          change 4 by nightly, user os-user on bench, test.pql:1
            grant chat to all because "T-1"
        """),
    Case(
      question: "why \"Cyan\" lacks mcp",
      answer: """
        "Cyan" lacks actions.mcp (MCP) since 2026-09-21T14:13:20Z
          change 3 by tester, user os-user on bench, test.pql:3
            create subaccount "Cyan" with nothing set plan = "free"
        it has been so since the subaccount was created
        """),
    Case(
      question: "why \"Cyan\" has assistants",
      answer: """
        "Cyan" has general.assistants (Agents) since 2026-09-21T14:13:20Z
          it is always enabled: the platform keeps it on for every subaccount
        """),
    Case(
      question: "why \"Acme\" lacks agent_types.* as of change 6",
      answer: """
        "Acme" lacks 2 of 4 permissions

        "Acme" lacks agent_types.widget (Widget agents) since
        """),
  ]

  @Test("the answer comes first, and then all that there is to it", arguments: cases)
  func answers(input: Case) throws {
    let result = Self.bench().run(input.question)
    #expect(result.status == .done, "\(result.messages)")
    let heading = try #require(result.tables.first?.heading)
    #expect(heading.hasPrefix(input.answer), "\(heading)")
  }

  @Test("programs get one object, and one for each member of a set")
  func fields() {
    let bench = Self.bench()
    let one = bench.run("why \"Eric\" has chat").tables[0]
    #expect(one.isSingleObject)
    #expect(one.texts(of: "change") == ["7"])
    #expect(one.texts(of: "inherited_from") == [bench.store.table.id(of: Row(3)).string])
    #expect(one.texts(of: "origin") == ["4"])
    #expect(one.texts(of: "earlier") == [""])
    #expect(one.texts(of: "because") == ["night"])
    #expect(one.texts(of: "line") == ["5"])
    bench.run("define $needed as permissions chat, inbound, mcp")
    let members = bench.run("why \"Acme\" lacks $needed").tables[0]
    #expect(!members.isSingleObject)
    #expect(members.texts(of: "permission") == ["agent_types.chat", "actions.mcp"])
    #expect(members.texts(of: "has") == ["false", "false"])
    let none = bench.run("why \"Eric\" lacks assistants, chat".replacing("assistants, ", with: ""))
    #expect(none.tables[0].texts(of: "has") == ["true"])
  }

  @Test("an undo is a change like any other")
  func undone() {
    let bench = Bench.standard()
    bench.run("grant chat to \"Acme\"\nundo")
    let table = bench.run("why \"Acme\" lacks chat").tables[0]
    #expect(table.texts(of: "change") == ["5"])
    #expect(table.texts(of: "statement") == ["undo"])
    #expect(table.texts(of: "earlier") == ["4"])
  }

  @Test("an import is what set the cells of those whom it made")
  func imported() {
    let bench = Bench.standard()
    var names = TextColumn()
    names.append("Newcomer")
    bench.files.add(
      ImportedSubaccounts(
        rowCount: 1, ids: nil, names: names, created: nil, attributes: [], permissions: [],
        lines: [2], notes: []), at: "a.csv")
    bench.run("import \"a.csv\"")
    let table = bench.run("why \"Newcomer\" lacks chat").tables[0]
    #expect(table.texts(of: "change") == ["4"])
    #expect(table.texts(of: "inherited_from") == ["-"])
  }
}
