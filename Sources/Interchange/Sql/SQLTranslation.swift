package import Diagnostics
package import Evaluation
import Language
import Permissions
package import Storage

/// A script said again in SQL, for a relational copy of the agency.
///
/// Each statement becomes a few that work on temporary tables: whom it matches, which cells flip,
/// who is touched, and one row that sums up. What must hold is put into a table whose check fails.
/// Each query and each write gives one result, as permql prints it. Statements end in `;` at the end
/// of a line, and no literal holds a line end.
package struct SQLTranslation {
  let dialect: SQLDialect
  let actor: Text
  let reason: Text?
  let now: Int64
  /// Some statement says `those`, so that listings are remembered.
  private let remembersListings: Bool
  private var body = ""
  private var hasListed = false
  private var lets = 0
  private var generator = SystemRandomNumberGenerator()

  package init(
    _ dialect: SQLDialect, _ source: SourceText, actor: Text, reason: Text?, now: Int64
  ) {
    self.dialect = dialect
    self.actor = actor
    self.reason = reason
    self.now = now
    remembersListings = String(decoding: source.bytes, as: UTF8.self).lowercased()
      .holds("those")
  }

  /// Takes the next step; `schema` is the agency's names before it.
  package mutating func take(
    _ step: ScriptStep, _ schema: Table, _ source: SourceText
  ) throws(Diagnostic) {
    switch step {
    case .begin:
      add("begin")
      add("delete from permql_base")
      add("insert into permql_base select coalesce(max(change), 0) from changes")
    case .rollback:
      if lets > 0 || hasListed {
        throw Diagnostic(SQLProblem.rollbackOfLet)
      }
      add("rollback")
    case .commit(let policies):
      let conditions = SQLConditions(schema: SQLSchema(dialect, schema))
      do {
        for policy in policies {
          check(
            "policy '\(policy.name)' refuses this",
            "not exists (select 1 from subaccounts s where \(try conditions.condition(policy.selection)))"
              + " or (select coalesce(max(change), 0) from changes) = (select change from permql_base)"
          )
        }
      } catch {
        throw Diagnostic(error.problem)
      }
      add("commit")
    case .statement(let statement, let text, let added):
      do throws(Untranslated) {
        try translate(statement, text, added, SQLSchema(dialect, schema))
      } catch {
        throw Diagnostic(error.problem, at: (source, error.place.range))
      }
    }
  }

  /// The whole script.
  package var text: String {
    let boolean = dialect.boolean
    let tables = [
      "permql_checks (problem text, holds \(boolean) not null check (holds))",
      "permql_base (change bigint)",
      "permql_matched (subaccount bigint, shielded \(boolean))",
      "permql_flips (subaccount bigint, permission integer, gained \(boolean))",
      "permql_touched (subaccount bigint)",
      "permql_summary (matched bigint, changed bigint, already bigint, shielded bigint, happens \(boolean))",
      "permql_let (number integer, id \(dialect.text))", "permql_those (id \(dialect.text))",
    ]
    // SQLite's shell would go on after a failure, and commit the rest.
    let stops = dialect == .sqlite ? ".bail on\n" : ""
    let forgotten = ["let", "those"].map { "delete from permql_\($0);\n" }.joined()
    return stops
      + tables.map { "create temporary table if not exists \($0);\n" }.joined() + forgotten + body
  }

  mutating func add(_ statement: String) {
    body += statement + ";\n"
  }

  /// Fails, and with it the transaction, where a condition does not hold.
  mutating func check(_ problem: Text, _ condition: String) {
    add("insert into permql_checks select \(dialect.literal(problem)), (\(condition))")
  }

  mutating func comment(_ text: Text) {
    body += "-- \(TerminalEscape.escape(text))\n"
  }

  /// An id of the platform's form.
  mutating func makeID() -> Text {
    let digits = String(
      UInt64.random(in: 0..<1_000_000_000_000_000_000, using: &generator))
    return Text("\(max(now, 0))x\(String(repeating: "0", count: 18 - digits.utf8.count))\(digits)")
  }
}

extension SQLTranslation {
  private mutating func translate(
    _ statement: ResolvedStatement, _ text: Text, _ added: Effects, _ schema: SQLSchema
  ) throws(Untranslated) {
    comment(text)
    let place = statement.place
    func untranslated(_ problem: SQLProblem) -> Untranslated {
      Untranslated(problem: problem, place: place)
    }
    switch statement.kind {
    case .write(let write): try self.write(write, text, added, schema)
    case .show(let show):
      guard show.asOf == nil else { throw untranslated(.history("as of")) }
      try self.show(show, schema, place)
    case .count(let count):
      guard count.asOf == nil else { throw untranslated(.history("as of")) }
      try self.count(count, schema)
    case .compare(let comparison):
      guard comparison.left.asOf == nil, comparison.right.asOf == nil else {
        throw untranslated(.history("as of"))
      }
      try compare(comparison, schema)
    case .check(let policies): try self.check(policies, schema)
    case .letBinding(_, .subaccounts(let selection)):
      try expect(selection, schema)
      let condition = try SQLConditions(schema: schema).condition(selection)
      add("insert into permql_let select \(lets), s.id from subaccounts s where \(condition)")
      lets += 1
    case .letBinding(_, .count): throw untranslated(.countedVariable)
    case .letBinding: break
    case .assert(let assertion, let message):
      try self.assert(assertion, message?.value ?? "the assertion does not hold", schema)
    case .print(let values):
      let list = values.enumerated().map { "\(literal($1)) as \"\($0 + 1)\"" }
      add("select \(list.joined(separator: ", "))")
    case .why: throw untranslated(.history("why"))
    case .preview, .previewBlock: throw untranslated(.control("preview"))
    case .conditional: throw untranslated(.control("if"))
    case .run: throw untranslated(.control("run"))
    case .chart: throw untranslated(.insight("chart"))
    case .export, .exportRequests, .exportReport: throw untranslated(.files("export"))
    case .compareStore: throw untranslated(.files("compare store"))
    case .help: throw untranslated(.control("help"))
    case .begin, .commit, .rollback: throw untranslated(.control("begin"))
    }
  }

  private func literal(_ value: ResolvedValue) -> String {
    switch value {
    case .text(let text), .loose(let text): dialect.literal(text)
    case .number(let number): dialect.literal(number)
    case .boolean(let flag): dialect.literal(flag)
    case .time(let time): "\(time)"
    case .unlimited: dialect.literal(Double.infinity)
    }
  }

  private mutating func assert(
    _ assertion: ResolvedAssertion, _ message: Text, _ schema: SQLSchema
  ) throws(Untranslated) {
    let conditions = SQLConditions(schema: schema)
    switch assertion {
    case .quantity(let quantity, let selection, _):
      try expect(selection, schema)
      let count =
        "(select count(*) from subaccounts s where \(try conditions.condition(selection)))"
      let bound =
        switch quantity {
        case .exactly(let wanted): "= \(wanted)"
        case .atLeast(let least): ">= \(least)"
        case .atMost(let most): "<= \(most)"
        }
      check(message, "\(count) \(bound)")
    case .all(let selection, let test, _):
      try expect(selection, schema)
      let among = try conditions.condition(selection)
      check(
        message,
        "not exists (select 1 from subaccounts s where \(among) and not \(conditions.condition(test)))"
      )
    }
  }
}

// MARK: - What names somebody must name one

extension SQLTranslation {
  /// Checks that what a selection names outright is there, once.
  mutating func expect(
    _ selection: ResolvedSelection, _ schema: SQLSchema
  ) throws(Untranslated) {
    if case .references(let references) = selection.base { try expect(references, schema) }
    for filter in selection.filters {
      switch filter {
      case .condition: break
      case .exceptReferences(let references): try expect(references, schema)
      case .exceptSelection(let inner): try expect(inner, schema)
      }
    }
  }

  private mutating func expect(
    _ references: [ResolvedReference], _ schema: SQLSchema
  ) throws(Untranslated) {
    for reference in references {
      switch reference.kind {
      case .name(let name): expectOne(reference, "not one subaccount is named '\(name)'")
      case .id(let id): expectOne(reference, "no subaccount has the id '\(id)'")
      case .defined(let selection, _): try expect(selection, schema)
      case .those:
        guard hasListed else {
          throw Untranslated(problem: .nothingListed, place: reference.place)
        }
      case .frozen: break
      }
    }
  }

  private mutating func expectOne(_ reference: ResolvedReference, _ problem: Text) {
    let condition: String
    switch reference.kind {
    case .name(let name): condition = "s.name = \(dialect.literal(name))"
    case .id(let id): condition = "s.id = \(dialect.literal(id))"
    case .frozen, .defined, .those: return
    }
    check(problem, "(select count(*) from subaccounts s where \(condition)) = 1")
  }

  /// Checks that a reference names one, and gives the condition on it.
  mutating func one(
    _ reference: ResolvedReference, _ schema: SQLSchema
  ) throws(Untranslated) -> String {
    try expect([reference], schema)
    let condition = try SQLConditions(schema: schema).condition(reference)
    check(
      "not one subaccount is meant", "(select count(*) from subaccounts s where \(condition)) = 1")
    return condition
  }

  /// What is listed is what `those` means from now on.
  mutating func remember(_ query: String) {
    hasListed = true
    guard remembersListings else { return }
    add("delete from permql_those")
    add("insert into permql_those \(query)")
  }
}
