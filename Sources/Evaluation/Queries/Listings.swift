import Diagnostics
import Permissions
import Storage

// Lists of subaccounts. Beyond the array of their rows nothing is made for them: a formatter reads
// each cell from the table when it writes it.

extension EvaluationContext {
  /// Answers `show subaccounts`.
  func listing(
    of selection: ResolvedSelection, _ show: ResolvedShow
  ) throws(Diagnostic) -> QueryAnswer {
    let list = try arranged(selection, show)
    let columns = try named(show.columns, of: list.rows) ?? standardColumns(of: list.rows)
    return answer(list, columns: columns, presentation: .list)
  }

  /// Answers `show matrix`.
  func matrix(
    _ permissions: PermissionSet?, of selection: ResolvedSelection, _ show: ResolvedShow
  ) throws(Diagnostic) -> QueryAnswer {
    let list = try arranged(selection, show)
    let marks = (permissions ?? table.catalog.all).map { column($0, of: list.rows) }
    let columns = try named(show.columns, of: list.rows) ?? identity(of: list.rows) + marks
    return answer(list, columns: columns, presentation: .matrix)
  }

  private struct ArrangedList {
    let rows: [Row]
    let matched: RowSet
    let footer: String
  }

  private func arranged(
    _ selection: ResolvedSelection, _ show: ResolvedShow
  ) throws(Diagnostic) -> ArrangedList {
    let matched = try rows(of: selection)
    let count = matched.count
    let limit = min(show.limit ?? count, count)
    let rows =
      show.sort.isEmpty
      ? table.sorted(matched.prefix(rows: limit), by: [])
      : Array(try sorted(matched, by: show.sort).prefix(limit))
    return ArrangedList(
      rows: rows, matched: limit < count ? RowSet(rows) : matched,
      footer: footer(shown: limit, matched: count))
  }

  private func answer(
    _ list: ArrangedList, columns: [ResultTable.Column], presentation: ResultTable.Presentation
  ) -> QueryAnswer {
    let result = ResultTable(
      columns: columns, rowCount: list.rows.count, presentation: presentation, footer: list.footer,
      table: table)
    return QueryAnswer(.table(result), listed: list.matched)
  }

  /// What a person reads below a list, such as `37 of 2,104 subaccounts`.
  func footer(shown: Int, matched: Int) -> String {
    let live = table.live.count
    let matching =
      matched == live
      ? Quantity.of(live, "subaccount")
      : "\(Quantity.grouped(matched)) of \(Quantity.of(live, "subaccount"))"
    return shown == matched ? matching : "the first \(Quantity.grouped(shown)) of \(matching)"
  }
}
