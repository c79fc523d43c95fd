import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show profiles`: the distinct permission sets, those that most subaccounts have first.
  func profileReport(
    of selection: ResolvedSelection, _ show: ResolvedShow
  ) throws(Diagnostic) -> ResultTable {
    let rows = try rows(of: selection)
    let profiles = RankedProfiles(of: rows, in: table)
    let list = profiles.list
    let total = Double(max(rows.count, 1))
    let table = table
    let cells: [(ResultTable.Kind, @Sendable (Int) -> ResultValue)] = [
      (.integer, { .integer($0 + 1) }),
      (.integer, { .integer(list[$0].count) }),
      (.list, { index in .list(list[index].permissions.map { table.catalog[$0].canonicalName }) }),
      (.share, { .number(Double(list[$0].count) / total) }),
      (.share, { .number(Double(profiles.covered[$0]) / total) }),
      (.text, { .text(table.name(of: list[$0].first)) }),
    ]
    let columns = zip(ReportFields.profiles, cells).map { name, cell in
      Column(name: name, kind: cell.0, cells: .computed(cell.1))
    }
    return ResultTable(
      columns: columns, rowCount: list.count,
      footer: footer(of: profiles, rows, limit: show.limit), table: table
    ).arranged(by: show, usual: 3)
  }

  /// Such as `12 profiles of 240 subaccounts: the largest covers 37%, the largest 3 cover 80%`.
  private func footer(of profiles: RankedProfiles, _ rows: RowSet, limit: Int?) -> String {
    let count = profiles.list.count
    let who = footer(shown: rows.count, matched: rows.count)
    guard count > 0 else { return "no profiles: \(who)" }
    let first = limit.map { $0 < count ? "the first \(Quantity.grouped($0)) of " : "" } ?? ""
    var parts: [String] = []
    for largest in [1, 3, 10, 30, 100] where largest < count {
      let share = Quantity.percentage(profiles.covered[largest - 1], of: rows.count)
      parts.append(
        largest == 1
          ? "the largest covers \(share)" : "the largest \(largest) cover \(share)")
    }
    return "\(first)\(Quantity.of(count, "profile")) of \(who)"
      + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))")
  }
}

/// The distinct permission sets of some rows, the most frequent first.
struct RankedProfiles: Sendable {
  let list: [Profiles.Profile]
  /// How many rows the profiles up to each have together.
  let covered: [Int]

  init(of rows: RowSet, in table: Table) {
    list = table.profiles(of: rows).all.enumerated().sorted { left, right in
      left.element.count == right.element.count
        ? left.offset < right.offset : left.element.count > right.element.count
    }.map(\.element)
    var covered: [Int] = []
    for profile in list { covered.append((covered.last ?? 0) + profile.count) }
    self.covered = covered
  }
}
