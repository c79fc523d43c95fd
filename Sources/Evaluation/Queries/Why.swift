package import Diagnostics
import Language
import Permissions
import Storage

/// How one cell came to be as it is.
struct CellStory {
  let permission: PermissionNumber
  let has: Bool
  /// The change that made it so: the newest that flipped it, or the one that made the subaccount.
  let change: ChangeHeading
  /// It has been so since the subaccount was made.
  let isFromCreation: Bool
  /// The changes that flipped it before, the newest first; the creation last, where it was on then.
  let earlier: [ChangeHeading]
  /// Whose permissions the subaccount was given, one after another, where nothing has touched the
  /// cell since; and the change in which a statement set it for the last of them.
  let ancestors: [Row]
  let origin: ChangeHeading?
}

extension EvaluationContext {
  /// Answers `why`: one object, or a row for each member of a set of which the question is right.
  package func answer(_ why: ResolvedWhy) throws(Diagnostic) -> QueryAnswer {
    try looking(at: why.asOf).answerHere(why)
  }

  private func answerHere(_ why: ResolvedWhy) throws(Diagnostic) -> QueryAnswer {
    let row = try row(of: why.reference)
    let asked = why.verb == .having
    var stories: [CellStory] = []
    for permission in why.permissions.set
    where why.isSingle || table.has(permission, row) == asked {
      stories.append(try story(of: permission, in: row))
    }
    var paragraphs: [String] = []
    if !why.isSingle {
      let verb = asked ? "has" : "lacks"
      paragraphs.append(
        "\(quoted(row)) \(verb) \(stories.isEmpty ? "none" : "\(stories.count)") of "
          + Quantity.of(why.permissions.set.count, "permission"))
    }
    for story in stories {
      let forbidding = try policiesForbidding(story, in: row, why.policies)
      paragraphs.append(
        WhyParagraph(context: self, row: row, story: story, asked: asked, forbidding: forbidding)
          .text)
    }
    return QueryAnswer(
      .table(table(of: stories, row, paragraphs.joined(separator: "\n\n"), isOne: why.isSingle)))
  }

  /// The policies that would refuse the cell's other value.
  private func policiesForbidding(
    _ story: CellStory, in row: Row, _ policies: [ResolvedPolicy]
  ) throws(Diagnostic) -> [ResolvedPolicy] {
    guard !policies.isEmpty else { return [] }
    var effects = Effects()
    effects.flips = [PermissionFlips(permission: story.permission, rows: RowSet(row))]
    var other = table
    other.apply(effects)
    let context = EvaluationContext(
      table: other, asOf: asOf, store: store, now: now, source: source,
      isInterrupted: isInterrupted)
    var forbidding: [ResolvedPolicy] = []
    for policy in policies {
      if try context.violators(of: policy).contains(row), try !violators(of: policy).contains(row) {
        forbidding.append(policy)
      }
    }
    return forbidding
  }

  func quoted(_ row: Row) -> String { "\"\(table.name(of: row))\"" }

  private func table(
    of stories: [CellStory], _ row: Row, _ heading: String, isOne: Bool
  ) -> ResultTable {
    var report = Report(
      ReportFields.why,
      [
        .text, .text, .text, .boolean, .time, .integer, .text, .text, .text, .text, .list,
        .integer, .text, .integer,
      ])
    for story in stories {
      let change = story.change
      report.rows.append([
        .text(table.id(of: row)), .text(table.name(of: row)),
        .text(table.catalog[story.permission].canonicalName), .boolean(story.has),
        .time(change.context.time), .integer(change.number), .text(change.context.actor),
        .text(change.statement), change.reason.map { .text($0) } ?? .null,
        story.ancestors.first.map { .text(table.id(of: $0)) } ?? .null,
        .list(story.earlier.map { Text(String($0.number)) }),
        story.origin.map { .integer($0.number) } ?? .null,
        change.context.script.map { .text($0) } ?? .null, .integer(change.line),
      ])
    }
    return report.answer(heading: heading, isSingleObject: isOne, table: table)
  }
}

// MARK: - Looking back

extension EvaluationContext {
  private func story(
    of permission: PermissionNumber, in row: Row
  ) throws(Diagnostic) -> CellStory {
    let has = table.has(permission, row)
    let creation = store.creation(of: row) ?? 0
    let flips = try reading { () throws(StoreProblem) in
      try store.flips(of: permission, in: row, upTo: lastChange)
    }
    let wasOnAtFirst = has != (flips.count % 2 == 1)
    var numbers = Array(flips.dropFirst())
    if wasOnAtFirst && !flips.isEmpty { numbers.append(creation) }
    var ancestors: [Row] = []
    var origin: Int?
    if flips.isEmpty, !table.catalog.alwaysEnabled.contains(permission) {
      (ancestors, origin) = try inheritance(of: permission, row, creation)
    }
    var earlier: [ChangeHeading] = []
    for number in numbers { earlier.append(try heading(number)) }
    return CellStory(
      permission: permission, has: has, change: try heading(flips.first ?? creation),
      isFromCreation: flips.isEmpty, earlier: earlier, ancestors: ancestors,
      origin: try origin.map { number throws(Diagnostic) in try heading(number) })
  }

  /// Follows what was inherited back to a statement that set it.
  private func inheritance(
    of permission: PermissionNumber, _ row: Row, _ creation: Int
  ) throws(Diagnostic) -> (ancestors: [Row], origin: Int?) {
    var ancestors: [Row] = []
    var row = row
    var made = creation
    while let source = table.inheritedFrom(row) {
      ancestors.append(source)
      let before = made - 1
      let flips = try reading { () throws(StoreProblem) in
        try store.flips(of: permission, in: source, upTo: before)
      }
      if let flip = flips.first { return (ancestors, flip) }
      row = source
      made = store.creation(of: source) ?? 0
    }
    return (ancestors, ancestors.isEmpty ? nil : made)
  }

  private func heading(_ number: Int) throws(Diagnostic) -> ChangeHeading {
    try reading { () throws(StoreProblem) in try store.heading(ofChange: number) }
  }
}
