import Diagnostics
import Evaluation
import Permissions
import Storage
import Testing

/// What two people type at random, one of them between `begin` and `commit`.
private struct Interleaving {
  private var random: SeededGenerator
  /// What the first was told to be done, statement by statement.
  private var statements: [String] = []

  init(seed: Int) {
    random = SeededGenerator(seed: seed)
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? ""
  }

  private mutating func statement(_ new: String) -> String {
    let permission = pick(["chat", "mcp", "outbound", "calls"])
    let other = pick(["chat", "mcp", "outbound", "calls"])
    let name = pick(["\"Acme\"", "\"Borg\"", "\"Cyan\"", "\"Dent\"", "\"New A\"", "\"New B\""])
    let who = pick([
      name, name, name, "all", "lacking \(other)", "having \(other)", "where plan = \"pro\"",
      "where name ~ \"*n*\"",
    ])
    return pick([
      "grant \(permission) to \(who)", "grant \(permission) to \(who)",
      "revoke \(permission) from \(who)", "set plan = \"\(pick(["pro", "free"]))\" for \(who)",
      "create subaccount \"\(new)\"", "create subaccount \"\(new)\" with \(permission)",
      "rename \(name) to \"\(new)\"", "delete subaccounts \(name)", "protect \(name)", "undo",
      "copy chat, mcp from \(name) to \(who)", "set seats = 5 for \(name)",
      "if some subaccounts having \(other) { grant \(permission) to \(name) }",
      "grant only \(permission) to \(name)", "unset plan for \(who)",
    ])
  }

  private static func state(_ store: Store) -> [String] {
    let table = store.table
    return table.live.map { row in
      let values = table.attributes.indices.map { number -> String in
        let value = table.value(of: AttributeNumber(number), in: row)
        return value == nil ? "" : "\(table.attributes[number].name) \(value as Any)"
      }
      return "\(table.name(of: row)) \(table.permissions(of: row).map(\.value))"
        + " \(table.isProtected(row)) \(values)"
    }
  }

  private static func setUp(_ prompts: TwoPrompts) {
    for line in [
      "create subaccount \"Cyan\", \"Dent\" with chat set plan = \"pro\"", "grant mcp to \"Borg\"",
    ] {
      #expect(TwoPrompts.run(line, in: prompts.second).isEmpty)
    }
  }

  /// Ids are made at random: two runs of the same statement give others.
  private static func isSame(_ one: Effects, _ other: Effects) -> Bool {
    var one = one
    if one.created.count == other.created.count { one.created.ids = other.created.ids }
    return one.doTheSame(as: other)
  }

  /// Runs it, and compares with what the two would have done one after the other.
  ///
  /// - Returns: whether it was committed, and whether the other came in between.
  mutating func run() throws -> (isCommitted: Bool, isOvertaken: Bool) {
    let prompts = try TwoPrompts()
    Interleaving.setUp(prompts)
    let (first, second) = (prompts.first, prompts.second)
    #expect(TwoPrompts.run("begin", in: first).isEmpty)
    let base = TableExtent(first.store.table)
    let changesBefore = second.store.lastChange
    var others: [String] = []
    for number in 0..<Int.random(in: 2...6, using: &random) {
      if Int.random(in: 0..<3, using: &random) == 0 {
        others.append(statement("New B"))
        _ = TwoPrompts.run(others[others.count - 1], in: second)
      } else {
        let statement = statement("New A\(number == 0 ? "" : " \(number)")")
        let failed = !TwoPrompts.run(statement, in: first).isEmpty
        if !failed { statements.append(statement) }
      }
    }
    let between = Interleaving.state(second.store)
    let isOvertaken = second.store.lastChange > changesBefore
    let told = first.store.pendingEffects(since: .beginning)
    let codes = TwoPrompts.run("commit", in: first)
    #expect(TwoPrompts.run("count", in: second).count == 1)

    // The same, one after the other.
    let serial = try TwoPrompts()
    Interleaving.setUp(serial)
    for statement in others { _ = TwoPrompts.run(statement, in: serial.second) }
    #expect(Interleaving.state(serial.second.store) == between)
    #expect(TwoPrompts.run("begin", in: serial.first).isEmpty)
    let numbering = Renumbering(from: base, to: TableExtent(serial.first.store.table))
    var fails = false
    for statement in statements where !fails {
      fails = !TwoPrompts.run(statement, in: serial.first).isEmpty
    }
    let now = serial.first.store.pendingEffects(since: .beginning)
    let isSame =
      !fails
      && told.map { numbering.effects($0) }.elementsEqual(now, by: Interleaving.isSame)
    let isCommitted = !codes.contains("E0457")
    #expect(isCommitted == isSame, "\(statements) with \(others) between: \(codes)")
    if isCommitted {
      #expect(codes == (isOvertaken && !told.isEmpty ? ["N0451"] : []))
      #expect(TwoPrompts.run("commit", in: serial.first).isEmpty)
      #expect(TwoPrompts.run("count", in: serial.second).count == 1)
      #expect(Interleaving.state(second.store) == Interleaving.state(serial.second.store))
    } else {
      #expect(Interleaving.state(second.store) == between)
    }
    return (isCommitted, isOvertaken)
  }
}

@Suite("Transactions between which others commit")
struct InterleavingLawTests {
  @Test("what is committed is what was told, and as if the others had been first")
  func law() throws {
    var (committed, refused) = (0, 0)
    for seed in 0..<150 {
      var interleaving = Interleaving(seed: seed)
      let (isCommitted, isOvertaken) = try interleaving.run()
      if isOvertaken && isCommitted { committed += 1 }
      if !isCommitted { refused += 1 }
    }
    #expect(committed > 10 && refused > 10, "\(committed) committed, \(refused) refused")
  }
}
