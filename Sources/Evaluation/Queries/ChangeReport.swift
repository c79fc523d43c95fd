package import Diagnostics
import Language
import Permissions
package import Storage

extension EvaluationContext {
  /// Answers `show change 42`: a row for each subaccount that it touched, with what it gained and
  /// lost and what else became of it; what concerns no subaccount comes first, without id and name.
  func change(_ number: Placed<Int>, _ show: ResolvedShow) throws(Diagnostic) -> ResultTable {
    let change: Change
    let after: Table
    do {
      change = try store.change(number.value)
      after = try store.table(asOf: number.value)
    } catch {
      throw diagnostic(error, at: number.place.range)
    }
    var before = after
    before.revert(change.effects)
    let touched = change.effects.touchedRows(rowCount: before.rowCount)
    let differences = Differences(from: before, to: after, among: touched, tellsAll: true)
    let others = OtherEffects(change.effects, from: before, to: after)
    let general = others.general
    var columns = differences.columns(in: after)
    let rows = differences.rows
    if !general.isEmpty {
      let plain = ResultTable(columns: columns, rowCount: rows.count, table: after)
      columns = columns.indices.map { index in
        let missing: ResultValue = columns[index].kind == .list ? .list([]) : .null
        return Column(
          name: columns[index].name, kind: columns[index].kind,
          cells: .computed { row in
            row < general.count
              ? missing : plain.value(row: row - general.count, column: index)
          })
      }
    }
    columns.append(
      Column(
        name: "other", kind: .list,
        cells: .computed { row in
          row < general.count
            ? .list([general[row]]) : .list(others.words(of: rows[row - general.count]))
        }))
    let extent = store.extent(ofChange: number.value)
    return ResultTable(
      columns: columns, rowCount: rows.count + general.count,
      heading: ChangeHeading(change).paragraph,
      footer: "\(Quantity.of(rows.count, "subaccount")), "
        + "\(Quantity.of(Int(extent.gained), "permission")) gained, "
        + "\(Quantity.grouped(Int(extent.lost))) lost",
      table: after)
  }
}

/// What a change did besides turning permissions on and off, in words.
struct OtherEffects: Sendable {
  /// What concerns no subaccount.
  let general: [Text]
  private let before: Table
  private let after: Table
  private let effects: Effects
  private let renamed: Set<Row>

  init(_ effects: Effects, from before: Table, to after: Table) {
    self.effects = effects
    self.before = before
    self.after = after
    renamed = Set(effects.renames.map(\.row))
    general =
      effects.addedPermissions.map { "permission \($0.canonicalName) created" }
      + effects.addedAttributes.map { "attribute \($0.name) added" }
      + effects.definitions.compactMap { change in
        switch (change.old, change.new) {
        case (nil, let new?): "\(new.title) defined as \(new.text)"
        case (let old?, nil): "\(old.title) dropped, was \(old.text)"
        case (let old?, let new?): "\(new.title) defined as \(new.text), was \(old.text)"
        case (nil, nil): nil
        }
      }
  }

  /// In order of importance.
  func words(of row: Row) -> [Text] {
    var words: [Text] = []
    let isNew = row.index >= before.rowCount
    if isNew { words.append("created") }
    if effects.deleted.contains(row) { words.append("deleted") }
    if effects.restored.contains(row) { words.append("restored") }
    if effects.protection.contains(row) {
      words.append(after.isProtected(row) ? "protected" : "unprotected")
    }
    if renamed.contains(row) { words.append("renamed from \(before.name(of: row))") }
    for cells in effects.cells where cells.rows.contains(row) {
      let name = after.attributes[cells.attribute.value].name
      let isKnown = !isNew && cells.attribute.value < before.attributes.count
      let old = isKnown ? before.value(of: cells.attribute, in: row) : nil
      switch (old, after.value(of: cells.attribute, in: row)) {
      case (nil, let new?): words.append("\(name) set to \(new.words)")
      case (let old?, let new?): words.append("\(name) set to \(new.words), was \(old.words)")
      case (let old?, nil): words.append("\(name) unset, was \(old.words)")
      case (nil, nil): break
      }
    }
    return words
  }
}

extension AttributeValue {
  /// As a statement spells it, but for quotes.
  var words: Text {
    switch self {
    case .text(let text): text
    case .number(.infinity): "unlimited"
    case .number(let number): Text(Int(exactly: number).map(String.init) ?? String(number))
    case .boolean(let isTrue): isTrue ? "true" : "false"
    case .time(let time): Text(Moment(clamping: time).shortest)
    }
  }
}

extension ChangeHeading {
  /// Who made the change, from where, with which statement and why: a few lines for people.
  var paragraph: String {
    var lines = [
      "change \(number) of \(Moment(clamping: context.time).shortest) by \(by)"
    ]
    lines.append("  \(oneLine)\(place.map { "  (\($0))" } ?? "")")
    if let unspokenReason { lines.append("  because \(unspokenReason)") }
    return lines.joined(separator: "\n")
  }

  /// Why, where the statement itself does not say it.
  package var unspokenReason: Text? {
    reason.flatMap { statement.string.holds($0.string) ? nil : $0 }
  }

  /// The statement without its line breaks.
  var oneLine: String {
    statement.string.split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
  }

  /// The actor and, where it is another name, the operating system's user.
  var by: String {
    context.actor == context.user
      ? "\(context.actor) on \(context.host)"
      : "\(context.actor), user \(context.user) on \(context.host)"
  }

  /// The script and line; nil for a statement that was typed or piped.
  var place: String? { context.script.map { "\($0):\(line)" } }
}
