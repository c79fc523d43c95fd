package import Diagnostics
import Language
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `chart`.
  package func answer(_ chart: ResolvedChart) throws(Diagnostic) -> QueryAnswer {
    switch chart {
    case .permissions(let attribute, let selection, let moment):
      let context = try looking(at: moment)
      return QueryAnswer(.table(try context.permissionChart(by: attribute, of: selection)))
    case .changes(let grouping, let since):
      return QueryAnswer(.table(try changeChart(by: grouping, since: since)))
    }
  }

  /// How many of each group have each permission.
  private func permissionChart(
    by attribute: ResolvedAttribute?, of selection: ResolvedSelection
  ) throws(Diagnostic) -> ResultTable {
    let rows = try rows(of: selection)
    let groups = try grouped(rows, by: attribute)
    let holders = GroupHolders(
      in: groups, of: EvaluationContext.charted(groups.sizes), table.catalog)
    let sizes = holders.groups.map { groups.sizes[$0] }
    let values = holders.groups.map { groups.values[$0] }
    let count = sizes.count
    let permissions = table.catalog.permissions
    func cell(
      _ value: @escaping @Sendable (_ permission: PermissionNumber, _ group: Int) -> ResultValue
    ) -> ResultTable.Cells {
      .computed { value(PermissionNumber($0 / count), $0 % count) }
    }
    var columns = [
      Column(
        name: "permission", kind: .text,
        cells: cell { permission, _ in .text(permissions[permission.value].canonicalName) })
    ]
    if let attribute {
      columns.append(
        Column(
          name: "group", kind: ResultTable.Kind(type(of: attribute)),
          cells: cell { _, group in values[group] }))
    }
    columns += [
      Column(
        name: "have", kind: .integer,
        cells: cell { .integer(holders.holders(of: $0, at: $1)) }),
      Column(
        name: "lack", kind: .integer,
        cells: cell { .integer(sizes[$1] - holders.holders(of: $0, at: $1)) }),
      Column(
        name: "share", kind: .share,
        cells: cell { permission, group in
          guard sizes[group] > 0 else { return .null }
          return .number(
            Double(holders.holders(of: permission, at: group)) / Double(sizes[group]))
        }),
    ]
    var footer = footer(shown: rows.count, matched: rows.count)
    if attribute != nil { footer += " in \(Quantity.of(groups.sizes.count, "group"))" }
    if count < groups.sizes.count {
      let problem = InsightProblem.groupsLeftOut(shown: count, count: groups.sizes.count)
      note(diagnostic(problem, severity: .note, at: selection.place.range))
    }
    return ResultTable(
      columns: columns, rowCount: permissions.count * count,
      presentation: .bars(labels: columns.count - 3, length: columns.count - 1),
      footer: footer, table: table)
  }

  /// The groups that a chart has room for, which are the largest: more bars beside each other tell
  /// nothing.
  private static func charted(_ sizes: [Int]) -> [Int] {
    let most = 50
    let largest = sizes.indices.sorted {
      sizes[$0] > sizes[$1] || sizes[$0] == sizes[$1] && $0 < $1
    }
    return largest.prefix(most).sorted()
  }

  /// How many changes there were, on each day or week that had any, or by each actor.
  private func changeChart(
    by grouping: ChartStatement.ChangeGrouping, since: ResolvedMoment?
  ) throws(Diagnostic) -> ResultTable {
    let first = try since.map { moment throws(Diagnostic) in try change(at: moment) } ?? 0
    var tallies = ChangeTallies()
    for number in first..<max(first, lastChange) {
      if isInterrupted() { break }
      tallies.note(
        store.stamp(ofChange: number + 1), store.extent(ofChange: number + 1), by: grouping)
    }
    let list = tallies.list(by: grouping)
    var report = Report(
      [Text(grouping.rawValue), "changes", "gained", "lost"],
      [.text, .integer, .integer, .integer])
    report.rows = list.map { key, tally in
      [key, .integer(tally.changes), .integer(tally.gained), .integer(tally.lost)]
    }
    let presentation: ResultTable.Presentation =
      switch grouping {
      case .day: .timeline(.day, count: 1)
      case .week: .timeline(.week, count: 1)
      case .actor: .bars(labels: 1, length: 1)
      }
    return report.arranged(
      presentation: presentation, footer: footer(changes: lastChange - first, since: since, list),
      table: table)
  }

  private func footer(
    changes: Int, since: ResolvedMoment?, _ list: [(key: ResultValue, tally: ChangeTally)]
  ) -> String {
    let all = Quantity.of(lastChange, "change")
    if changes > 0 { return since == nil ? all : "\(Quantity.grouped(changes)) of \(all)" }
    guard lastChange > 0, let last = store.stamp(ofChange: lastChange) else { return "no changes" }
    return
      "no changes since then: the last of \(all) was at \(Moment(clamping: last.time).shortest)"
  }
}

/// How much some changes did together.
struct ChangeTally {
  var changes = 0
  var gained = 0
  var lost = 0
}

/// Changes added up by day, week or actor.
struct ChangeTallies {
  private static let dayLength: Int64 = 86_400_000

  /// By the number of the day since 1970 that begins the day or the week.
  private var byDay: [Int64: ChangeTally] = [:]
  private var byActor: [Text: ChangeTally] = [:]

  mutating func note(
    _ stamp: ChangeStamp?, _ extent: ChangeIndex.Extent, by grouping: ChartStatement.ChangeGrouping
  ) {
    guard let stamp else { return }
    func add(to tally: inout ChangeTally) {
      tally.changes += 1
      tally.gained += Int(extent.gained)
      tally.lost += Int(extent.lost)
    }
    let milliseconds = Moment(clamping: stamp.time).milliseconds
    let day = milliseconds.quotient(dividingBy: ChangeTallies.dayLength)
    switch grouping {
    case .day: add(to: &byDay[day, default: ChangeTally()])
    case .week:
      // Day 0 was a Thursday; weeks begin on Mondays.
      let monday = (day + 3).quotient(dividingBy: 7) * 7 - 3
      add(to: &byDay[monday, default: ChangeTally()])
    case .actor: add(to: &byActor[stamp.actor, default: ChangeTally()])
    }
  }

  /// Days and weeks in their order, actors who made most changes first.
  func list(
    by grouping: ChartStatement.ChangeGrouping
  ) -> [(key: ResultValue, tally: ChangeTally)] {
    guard grouping == .actor else {
      return byDay.sorted { $0.key < $1.key }.map { day, tally in
        (.text(Text(Moment(clamping: day * ChangeTallies.dayLength).dateText)), tally)
      }
    }
    return byActor.sorted { left, right in
      left.value.changes == right.value.changes
        ? left.key < right.key : left.value.changes > right.value.changes
    }.map { (.text($0), $1) }
  }
}

extension Int64 {
  /// Rounds towards the past, where `/` rounds towards zero.
  fileprivate func quotient(dividingBy divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
