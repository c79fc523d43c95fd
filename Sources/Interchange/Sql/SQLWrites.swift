import Diagnostics
import Evaluation
import Language
import Permissions
import Storage

// Writes: whom they match and what they flip is worked out first, then summed up, expected, noted as
// a change and done.

extension SQLTranslation {
  mutating func write(
    _ write: ResolvedWrite, _ text: Text, _ added: Effects, _ schema: SQLSchema
  ) throws(Untranslated) {
    for name in ["matched", "flips", "touched", "summary"] { add("delete from permql_\(name)") }
    let modifiers = write.modifiers
    let job = SQLJob(text: text, modifiers: modifiers)
    switch write.action {
    case .grant(let permissions, let selection):
      try match(selection, modifiers, schema)
      gain(permissions: "p.number in (\(SQLConditions.numbers(permissions.set)))")
      finishFlips("grant", job)
    case .revoke(let permissions, let selection):
      try match(selection, modifiers, schema)
      let set = permissions.set.subtracting(schema.table.catalog.alwaysEnabled)
      lose(permissions: "g.permission in (\(SQLConditions.numbers(set)))")
      finishFlips("revoke", job)
    case .grantOnly(let permissions, let selection):
      try match(selection, modifiers, schema)
      let numbers = SQLConditions.numbers(
        permissions.set.union(schema.table.catalog.alwaysEnabled))
      gain(permissions: "p.number in (\(numbers))")
      lose(permissions: "g.permission not in (\(numbers))")
      finishFlips("grant", job)
    case .copy(let permissions, let source, let selection):
      try copy(permissions, from: source, to: selection, job, schema)
    case .create(let creation): try create(creation, added, job, schema)
    case .rename(let reference, let name): try rename(reference, name.value, job, schema)
    case .delete(let selection):
      try match(selection, modifiers, schema)
      add(
        "insert into permql_touched select subaccount from permql_matched where not shielded")
      sumUp("(select count(*) from permql_touched)", job)
      note(job, gained: "0", lost: "(select count(*) from grants where subaccount in \(touched))")
      add("delete from grants where subaccount in \(touched)")
      add("delete from subaccounts where number in \(touched)")
      answer("delete")
    case .set(let assignments, let selection):
      try set(assignments, selection, added, job, schema)
    case .unset(let targets, let selection):
      try match(selection, modifiers, schema)
      let columns = targets.compactMap { target -> String? in
        if case .stored(let number) = target { schema.column(number) } else { nil }
      }
      touch(columns.map { "s.\($0) is not null" })
      sumUp("(select count(*) from permql_touched)", job)
      note(job)
      if !columns.isEmpty {
        let list = columns.map { "\($0) = null" }.joined(separator: ", ")
        add("update subaccounts set \(list) where number in \(touched)")
      }
      answer("unset")
    case .protect(let selection): try protect(selection, true, job, schema)
    case .unprotect(let selection): try protect(selection, false, job, schema)
    case .define, .drop:
      summary("0", "0", "0", "0", happens: dialect.literal(!added.definitions.isEmpty), job)
      note(job)
      if case .define = write.action { answer("define") } else { answer("drop") }
    case .createPermission(let permission): create(permission, job, schema)
    case .importFile: throw Untranslated(problem: .files("import"), place: write.place)
    case .undo: throw Untranslated(problem: .history("undo"), place: write.place)
    case .restore: throw Untranslated(problem: .history("restore"), place: write.place)
    }
  }

  private var touched: String { "(select subaccount from permql_touched)" }

}

/// What a write says besides what it does.
struct SQLJob {
  let text: Text
  let modifiers: Modifiers
}

// MARK: - The parts of a write

extension SQLTranslation {
  /// Fills in whom a selection matches; who is protected is shielded, and must not be named outright.
  private mutating func match(
    _ selection: ResolvedSelection, _ modifiers: Modifiers, _ schema: SQLSchema
  ) throws(Untranslated) {
    try expect(selection, schema)
    let shield = modifiers.includesProtected ? dialect.literal(false) : "s.protected"
    add(
      "insert into permql_matched select s.number, \(shield) from subaccounts s where "
        + (try SQLConditions(schema: schema).condition(selection)))
    guard !modifiers.includesProtected, case .references(let references) = selection.base else {
      return
    }
    for reference in references {
      let condition: String
      switch reference.kind {
      case .name(let name): condition = "s.name = \(dialect.literal(name))"
      case .id(let id): condition = "s.id = \(dialect.literal(id))"
      case .frozen, .defined, .those: continue
      }
      check(
        "a subaccount that is named is protected",
        "not exists (select 1 from permql_matched m join subaccounts s on s.number = m.subaccount "
          + "where m.shielded and \(condition))")
    }
  }

  /// Flips on what the matched lack of some permissions `p`.
  private mutating func gain(permissions: String) {
    add(
      "insert into permql_flips select m.subaccount, p.number, \(dialect.literal(true)) "
        + "from permql_matched m cross join permissions p where not m.shielded and \(permissions) "
        + "and not exists (select 1 from grants g "
        + "where g.subaccount = m.subaccount and g.permission = p.number)")
  }

  /// Flips off what the matched have of some grants `g`.
  private mutating func lose(permissions: String) {
    add(
      "insert into permql_flips select g.subaccount, g.permission, \(dialect.literal(false)) "
        + "from permql_matched m join grants g on g.subaccount = m.subaccount "
        + "where not m.shielded and \(permissions)")
  }

  private mutating func finishFlips(_ verb: String, _ job: SQLJob) {
    sumUp("(select count(distinct subaccount) from permql_flips)", job)
    noteFlips(job)
    answer(verb)
  }

  /// Sums up a write that changes so many of the matched.
  private mutating func sumUp(_ changed: String, _ job: SQLJob, happens: String? = nil) {
    summary(
      "(select count(*) from permql_matched)", changed,
      "(select count(*) from permql_matched where not shielded) - \(changed)",
      "(select count(*) from permql_matched where shielded)", happens: happens, job)
  }

  private mutating func summary(
    _ matched: String, _ changed: String, _ already: String, _ shielded: String,
    happens: String? = nil, _ job: SQLJob
  ) {
    add(
      "insert into permql_summary select \(matched), \(changed), \(already), \(shielded), "
        + (happens ?? "\(changed) > 0"))
    guard let expectation = job.modifiers.expectation else { return }
    let count = "(select changed from permql_summary)"
    let condition =
      switch expectation.amount {
      case .exactly(let wanted): "\(count) = \(wanted)"
      case .between(let low, let high): "\(count) >= \(low) and \(count) <= \(high)"
      case .atMost(let most): "\(count) <= \(most)"
      }
    check("expected to change another number of subaccounts", condition)
  }

  /// Notes the change, where something happens.
  private mutating func note(_ job: SQLJob, gained: String = "0", lost: String = "0") {
    let because = job.modifiers.reason?.value ?? reason
    add(
      "insert into changes select coalesce((select max(change) from changes), 0) + 1, "
        + "case when coalesce((select max(time) from changes), \(now)) > \(now) "
        + "then (select max(time) from changes) else \(now) end, "
        + "\(dialect.literal(actor)), \(dialect.literal(job.text)), \(dialect.literal(because)), "
        + "changed, \(gained), \(lost) from permql_summary where happens")
  }

  private mutating func noteFlips(_ job: SQLJob) {
    note(
      job, gained: "(select count(*) from permql_flips where gained)",
      lost: "(select count(*) from permql_flips where not gained)")
    add(
      "update subaccounts set last_change = (select max(change) from changes) "
        + "where number in (select subaccount from permql_flips)")
    add(
      "delete from grants where exists (select 1 from permql_flips f "
        + "where f.subaccount = grants.subaccount and f.permission = grants.permission "
        + "and not f.gained)")
    add("insert into grants select subaccount, permission from permql_flips where gained")
  }

  /// Remembers those of the matched of whom one of some conditions is true.
  private mutating func touch(_ conditions: [String]) {
    if conditions.isEmpty { return }
    add(
      "insert into permql_touched select m.subaccount from permql_matched m "
        + "join subaccounts s on s.number = m.subaccount where not m.shielded "
        + "and (\(conditions.joined(separator: " or ")))")
  }

  private mutating func answer(_ verb: String) {
    add(
      "select '\(verb)' as statement, matched, changed, already, shielded as protected, "
        + "case when happens then (select max(change) from changes) end as change "
        + "from permql_summary")
  }
}

// MARK: - Single statements

extension SQLTranslation {
  private mutating func copy(
    _ permissions: ResolvedPermissions, from source: ResolvedReference,
    to selection: ResolvedSelection, _ job: SQLJob, _ schema: SQLSchema
  ) throws(Untranslated) {
    let model = try one(source, schema)
    try match(selection, job.modifiers, schema)
    let numbers = SQLConditions.numbers(permissions.set)
    let held =
      "(select h.permission from grants h join subaccounts s on s.number = h.subaccount "
      + "where \(model))"
    gain(permissions: "p.number in (\(numbers)) and (p.always or p.number in \(held))")
    let always = SQLConditions.numbers(schema.table.catalog.alwaysEnabled)
    lose(
      permissions:
        "g.permission in (\(numbers)) and g.permission not in (\(always)) "
        + "and g.permission not in \(held)")
    finishFlips("copy", job)
  }

  private mutating func rename(
    _ reference: ResolvedReference, _ name: Text, _ job: SQLJob, _ schema: SQLSchema
  ) throws(Untranslated) {
    let condition = try one(reference, schema)
    add(
      "insert into permql_matched select s.number, \(dialect.literal(false)) "
        + "from subaccounts s where \(condition)")
    if !job.modifiers.includesProtected {
      check(
        "the subaccount is protected",
        "not exists (select 1 from subaccounts s where s.protected and \(condition))")
    }
    touch(["s.name <> \(dialect.literal(name))"])
    let isFree = "not exists (select 1 from subaccounts s where s.name = \(dialect.literal(name)))"
    check(
      "a subaccount is already named '\(name)', or the name is none",
      "not exists (select 1 from permql_touched) or (\(isFree) and \(isName(name)))")
    sumUp("(select count(*) from permql_touched)", job)
    note(job)
    add("update subaccounts set name = \(dialect.literal(name)) where number in \(touched)")
    answer("rename")
  }

  private func isName(_ name: Text) -> String {
    (1...1024).contains(name.count) ? "1 = 1" : "1 = 0"
  }

  private mutating func set(
    _ assignments: [ResolvedAssignment], _ selection: ResolvedSelection, _ added: Effects,
    _ job: SQLJob, _ schema: SQLSchema
  ) throws(Untranslated) {
    let later = addColumns(added, schema)
    try match(selection, job.modifiers, schema)
    let pairs = assignments.map { (column(of: $0.target, schema, later), $0.value) }
    touch(pairs.map { "s.\($0.0) is null or s.\($0.0) <> \(dialect.literal($0.1))" })
    let changed = "(select count(*) from permql_touched)"
    sumUp(
      changed, job, happens: added.addedAttributes.isEmpty ? nil : dialect.literal(true))
    note(job)
    let list = pairs.map { "\($0.0) = \(dialect.literal($0.1))" }.joined(separator: ", ")
    add("update subaccounts set \(list) where number in \(touched)")
    answer("set")
  }

  /// Adds columns for the attributes that a statement makes; gives the names that they get.
  private mutating func addColumns(_ added: Effects, _ schema: SQLSchema) -> SQLSchema {
    if added.addedAttributes.isEmpty { return schema }
    let later = SQLSchema(
      dialect,
      Table(
        catalog: schema.table.catalog,
        attributes: schema.table.attributes + added.addedAttributes))
    for attribute in added.addedAttributes {
      add(
        "alter table subaccounts add column \(later.column(named: attribute.name)) "
          + dialect.type(attribute.type))
    }
    return later
  }

  private func column(
    of target: ResolvedTarget, _ schema: SQLSchema, _ later: SQLSchema
  ) -> String {
    switch target {
    case .stored(let number): schema.column(number)
    case .new(let definition): later.column(named: definition.name)
    }
  }

  private mutating func protect(
    _ selection: ResolvedSelection, _ isProtected: Bool, _ job: SQLJob, _ schema: SQLSchema
  ) throws(Untranslated) {
    try expect(selection, schema)
    add(
      "insert into permql_matched select s.number, \(dialect.literal(false)) "
        + "from subaccounts s where \(try SQLConditions(schema: schema).condition(selection))")
    touch(["s.protected <> \(dialect.literal(isProtected))"])
    sumUp("(select count(*) from permql_touched)", job)
    note(job)
    add(
      "update subaccounts set protected = \(dialect.literal(isProtected)) "
        + "where number in \(touched)")
    answer(isProtected ? "protect" : "unprotect")
  }

  private mutating func create(
    _ permission: Permission, _ job: SQLJob, _ schema: SQLSchema
  ) {
    let number = schema.table.catalog.count
    add("insert into permissions values \(schema.values(of: permission, number))")
    if permission.isAlwaysEnabled {
      add(
        "insert into permql_matched select s.number, \(dialect.literal(false)) from subaccounts s")
      gain(permissions: "p.number = \(number)")
    }
    let changed = "(select count(distinct subaccount) from permql_flips)"
    sumUp(changed, job, happens: dialect.literal(true))
    noteFlips(job)
    answer("create")
  }

  private mutating func create(
    _ creation: ResolvedCreation, _ added: Effects, _ job: SQLJob, _ schema: SQLSchema
  ) throws(Untranslated) {
    let later = addColumns(added, schema)
    let names = creation.names.map(\.value)
    for (index, name) in names.enumerated() {
      let isNew = names.firstIndex(of: name) == index ? isName(name) : "1 = 0"
      check(
        "a subaccount is already named '\(name)', or the name is none",
        "\(isNew) and not exists (select 1 from subaccounts s where s.name = \(dialect.literal(name)))"
      )
    }
    let start: String
    let newest = "(select max(number) from subaccounts)"
    switch creation.start {
    case .inherited:
      start = "p.number in (select h.permission from grants h where h.subaccount = \(newest))"
    case .like(let reference):
      let model = try one(reference, schema)
      start =
        "p.number in (select h.permission from grants h join subaccounts s "
        + "on s.number = h.subaccount where \(model))"
    case .with(let set): start = "p.number in (\(SQLConditions.numbers(set)))"
    case .withNothing: start = "1 = 0"
    }
    for index in names.indices {
      add(
        "insert into permql_matched select coalesce(\(newest), -1) + \(index + 1), "
          + dialect.literal(false))
    }
    gain(permissions: "(p.always or \(start))")
    sumUp("(select count(*) from permql_matched)", job)
    note(
      job, gained: "(select count(*) from permql_flips where gained)")
    let pairs = creation.assignments.map { (column(of: $0.target, schema, later), $0.value) }
    let columns = ["number", "id", "name", "created", "protected", "last_change"] + pairs.map(\.0)
    for name in names {
      let values =
        [
          "coalesce(\(newest), -1) + 1", dialect.literal(makeID()), dialect.literal(name),
          "\(now)", dialect.literal(false), "(select max(change) from changes)",
        ] + pairs.map { dialect.literal($0.1) }
      add(
        "insert into subaccounts (\(columns.joined(separator: ", "))) "
          + "select \(values.joined(separator: ", "))")
    }
    add("insert into grants select subaccount, permission from permql_flips where gained")
    answer("create")
  }
}
