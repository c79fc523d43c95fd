import Diagnostics
import Evaluation
import Permissions
import Storage
import Testing

@Suite("undo and restore")
struct UndoTests {
  @Test(
    "undo right after any change restores the exact state, and undo of that the other",
    arguments: 0..<8)
  func inverse(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 3)
    for number in 1...40 {
      let change = world.store.lastChange
      let before = world.state
      world.step(number)
      guard world.store.lastChange > change else { continue }
      let after = world.state
      let undo = world.run("undo including protected")
      #expect(undo.status == .done, "\(undo.messages)")
      try #require(world.state == before, "change \(change + 1)")
      #expect(undo.changes.map(\.already) == [0])
      world.run("undo including protected")
      try #require(world.state == after, "change \(change + 1) again")
    }
  }

  @Test("undo last N is the state before the last N changes", arguments: 20..<28)
  func several(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 25)
    for _ in 0..<6 {
      let last = world.store.lastChange
      let count = world.pick(1...min(12, last))
      let undo = world.run("undo last \(count) including protected")
      #expect(undo.status == .done, "\(undo.messages)")
      try #require(world.state == world.states[last - count], "last \(count) of \(last)")
      for _ in 0..<4 { world.step(world.pick(1000...9000)) }
    }
  }

  /// Cell by cell: what the change changed and nothing later touched has its old value, and nothing
  /// else moves.
  @Test("undo of an earlier change agrees with a naive look at every state", arguments: 40..<52)
  func earlier(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 25)
    let permissions = ModelAgency.standardPermissions.map(\.canonical)
    for _ in 0..<8 {
      let last = world.store.lastChange
      let number = world.pick(2...last)
      let states = world.states
      let undo = world.run("undo change \(number) including protected")
      #expect(undo.status == .done, "\(undo.messages)")
      let touchedRows = try touched(after: number, upTo: last, in: world.store)
      for old in states[number - 1] {
        guard let new = states[number].first(where: { $0.id == old.id }) else {
          // Deleted by it: restored, unless somebody has its name now or it came back already.
          continue
        }
        guard let now = states[last].first(where: { $0.id == old.id }) else { continue }
        let undone = try #require(world.state.first { $0.id == old.id })
        for permission in permissions {
          let wasChanged =
            old.permissions.contains(permission) != new.permissions.contains(permission)
          let isTouched = touchedRows[permission]?.contains(old.id) ?? false
          let expected = wasChanged && !isTouched ? old : now
          #expect(
            undone.permissions.contains(permission) == expected.permissions.contains(permission),
            "change \(number) of \(last): \(permission) of \(old.name)")
        }
        for name in RandomWords.attributes.map(\.name) {
          let wasChanged = old.attributes[name] != new.attributes[name]
          let isTouched = touchedRows[name]?.contains(old.id) ?? false
          let expected = wasChanged && !isTouched ? old : now
          #expect(undone.attributes[name] == expected.attributes[name], "\(name) of \(old.name)")
        }
      }
    }
  }

  /// Whose cells the changes after one touched, by permission and attribute.
  private func touched(
    after first: Int, upTo last: Int, in store: Store
  ) throws -> [String: Set<String>] {
    var touched: [String: Set<String>] = [:]
    guard first < last else { return touched }
    for number in first + 1...last {
      let effects = try store.change(number).effects
      for flips in effects.flips {
        let name = store.table.catalog[flips.permission].canonicalName.string
        for row in flips.rows { touched[name, default: []].insert(store.table.id(of: row).string) }
      }
      for cells in effects.cells {
        let name = store.table.attributes[cells.attribute.value].name.string
        for row in cells.rows { touched[name, default: []].insert(store.table.id(of: row).string) }
      }
    }
    return touched
  }

  struct Case: CustomTestStringConvertible {
    let script: String
    let undo: String
    let numbers: String
    let notes: [String]
    var testDescription: String { "\(script); \(undo)" }

    init(_ script: String, _ undo: String, _ numbers: String, _ notes: String...) {
      (self.script, self.undo, self.numbers, self.notes) = (script, undo, numbers, notes)
    }
  }

  static let cases = [
    Case("grant chat to all", "undo", "3 3 0 0 5"),
    Case(
      "grant chat to all\nrevoke chat from \"Borg\"\ngrant chat to \"Borg\"", "undo change 4",
      "3 2 1 0 7", "left, because it was changed since: agent_types.chat of 'Borg'"),
    Case("grant chat to all\nrevoke chat from \"Borg\"", "undo change 4", "2 2 0 0 6"),
    Case("grant chat to all\nprotect \"Borg\"", "undo change 4", "3 2 0 1 6"),
    Case("grant chat to all\nprotect \"Borg\"", "undo last 2", "3 3 0 0 6"),
    Case(
      "grant chat to all\ndelete subaccounts \"Borg\"", "undo change 4", "3 2 1 0 6",
      "left, because it was changed since: agent_types.chat of 'Borg'"),
    Case("create subaccount \"New\"", "undo", "1 1 0 0 5"),
    Case(
      "create subaccount \"New\"\ngrant chat to \"New\"", "undo change 4", "1 0 1 0 -",
      "left, because it was changed since: all of 'New'"),
    Case("delete subaccounts \"Acme\", \"Borg\"", "undo", "2 2 0 0 5"),
    Case(
      "delete subaccounts \"Acme\", \"Borg\"\ncreate subaccount \"Borg\"", "undo change 4",
      "2 1 1 0 6", "left, because it was changed since: the deletion of 'Borg'"),
    Case("rename \"Borg\" to \"X\"\nrename \"X\" to \"Y\"", "undo last 2", "1 1 0 0 6"),
    Case(
      "rename \"Borg\" to \"X\"\ncreate subaccount \"Borg\"", "undo change 4", "1 0 1 0 -",
      "left, because it was changed since: the name of 'X'"),
    Case(
      "rename \"Borg\" to \"X\"\nrename \"Acme\" to \"Borg\"\nrename \"X\" to \"Acme\"",
      "undo last 3", "2 2 0 0 7"),
    Case(
      "set plan = \"x\", seats = 9 for all\nunset seats for \"Acme\"", "undo change 4",
      "3 3 0 0 6", "left, because it was changed since: seats of 'Acme'"),
    Case("protect \"Acme\"", "undo", "1 1 0 0 5"),
    Case("define $s as permissions chat", "undo", "0 0 0 0 5"),
    Case(
      "define $s as permissions chat\ndefine $t as permissions $s", "undo change 4", "0 0 0 0 -",
      "left, because it was changed since: $s"),
    Case("define $s as permissions chat\ndefine $t as permissions $s", "undo last 2", "0 0 0 0 6"),
    Case(
      "define $s as permissions chat\ndefine $s as permissions mcp", "undo change 4", "0 0 0 0 -",
      "left, because it was changed since: $s"),
    Case(
      "define $a as permissions chat\ndefine $b as permissions $a\ndefine $b as permissions mcp\n"
        + "define $a as permissions $b", "undo change 6", "0 0 0 0 -",
      "left, because it was changed since: $b"),
    Case("define policy p as no subaccounts having mcp\ndrop policy p", "undo", "0 0 0 0 6"),
    Case(
      "create permission integrations.zapier label \"Zapier\" always", "undo", "0 0 0 0 -",
      "permission 'integrations.zapier' stays in the catalogue"),
    Case("grant chat to all", "undo expect 3 because \"T-2\"", "3 3 0 0 5"),
  ]

  @Test("undo puts back what nothing touched since, and tells of the rest", arguments: cases)
  func undo(input: Case) {
    let bench = Bench.standard()
    #expect(bench.run(input.script).status == .done)
    let preview = bench.run("preview \(input.undo)")
    #expect(preview.status == .done, "\(preview.messages)")
    let result = bench.run(input.undo)
    #expect(result.status == .done, "\(result.messages)")
    #expect(result.numbers == [input.numbers])
    let notes = result.diagnostics.filter { ["N0446", "N0447"].contains($0.code) }.map(\.message)
    #expect(notes == input.notes)
  }

  @Test("an undo of everything is undone again", arguments: cases)
  func redo(input: Case) {
    let bench = Bench.standard()
    bench.run(input.script)
    let (state, definitions) = (bench.state, bench.store.table.definitions)
    let result = bench.run(input.undo)
    guard result.summaries[0].change != nil else { return }
    #expect(bench.run("undo including protected").status == .done)
    #expect(bench.state == state)
    #expect(bench.store.table.definitions == definitions)
  }

  @Test("an expectation and a policy hold against an undo")
  func refusals() {
    let bench = Bench.standard()
    bench.run(
      """
      grant chat to all
      revoke chat from all
      define policy p as no subaccounts having chat
      """)
    let state = bench.state
    #expect(bench.run("undo change 5").status == .refused)
    #expect(bench.run("undo change 4 expect 1").status == .unexpected)
    #expect(bench.state == state)
    bench.run("drop policy p")
    #expect(bench.run("undo change 5").status == .done)
  }

  @Test("an import is undone whole")
  func imported() throws {
    let bench = Bench.standard()
    let before = bench.state
    var names = TextColumn()
    names.append("Acme")
    names.append("Newcomer")
    let chat = try #require(bench.store.table.catalog.lookup(area: "agent_types", field: "chat"))
    let file = ImportedSubaccounts(
      rowCount: 2, ids: nil, names: names, created: nil, attributes: [],
      permissions: [
        ImportedSubaccounts.PermissionColumn(permission: chat, on: RowSet(0..<2), off: RowSet())
      ], lines: [2, 3], notes: [])
    bench.files.add(file, at: "a.csv")
    #expect(bench.run("import \"a.csv\"").status == .done)
    #expect(bench.state.count == 4)
    #expect(bench.run("undo").status == .done)
    #expect(bench.state == before)
  }

  @Test("restore makes cells as they were, and leaves who was not there", arguments: 60..<66)
  func restore(seed: Int) throws {
    var world = try HistoryWorld(seed: seed, changes: 25)
    for _ in 0..<6 {
      let change = world.pick(0...world.store.lastChange)
      let (before, then) = (world.state, world.states[change])
      let run = world.run(
        "restore agent_types.*, logs of all as of change \(change) including protected")
      #expect(run.status == .done, "\(run.messages)")
      let after = world.state
      #expect(after.map(\.id) == before.map(\.id))
      for (old, new) in zip(before, after) {
        let source = then.first { $0.id == old.id } ?? old
        let isNamed: (String) -> Bool = { $0.hasPrefix("agent_types.") || $0 == "general.logs" }
        #expect(
          new.permissions
            == source.permissions.filter(isNamed).union(old.permissions.filter { !isNamed($0) }))
      }
      for _ in 0..<3 { world.step(world.pick(1000...9000)) }
    }
  }

  @Test("restore counts and says whom it left")
  func restored() {
    let bench = Bench.standard()
    bench.run("grant chat to all\nprotect \"Acme\"")
    let result = bench.run("restore chat of all as of change 2")
    #expect(result.numbers == ["3 1 1 1 6"])
    #expect(result.messages.contains("'Cyan' was not there then and is left"))
    #expect(result.summaries[0].sentence.hasPrefix("restored chat of 1 subaccount; 1 already"))
  }
}
