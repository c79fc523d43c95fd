import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show outliers`: cells at odds with nearly all of their group, the most surprising first.
  func outlierReport(
    of selection: ResolvedSelection, by attribute: ResolvedAttribute?, _ show: ResolvedShow
  ) throws(Diagnostic) -> ResultTable {
    let rows = try rows(of: selection)
    let judged = rowsInGroups(rows, by: attribute)
    let outliers = Outliers(
      of: judged, in: try grouped(judged, by: attribute), alone: rows.count - judged.count,
      table.catalog)
    let (kinds, codes) = (outliers.kinds, outliers.codes)
    let names = table.catalog.permissions.map(\.canonicalName)
    func coded(
      _ name: Text, _ kind: ResultTable.Kind, _ value: (Outliers.Kind) -> ResultValue
    ) -> Column {
      Column(name: name, kind: kind, cells: .coded(codes, values: kinds.map(value)))
    }
    let group: ResultTable.Kind =
      attribute.map { ResultTable.Kind(type(of: $0)) } ?? .text
    let columns =
      identity(of: outliers.rows) + [
        coded("group", group) { $0.value },
        coded("permission", .text) { .text(names[$0.permission.value]) },
        coded("has", .boolean) { .boolean($0.has) },
        coded("share", .share) { .number($0.share) },
      ]
    return ResultTable(
      columns: columns, rowCount: codes.count,
      footer: footer(of: outliers, rows, isGrouped: attribute != nil, limit: show.limit),
      table: table
    ).arranged(by: show)
  }

  /// Without those who are known to be alone in their group, as most are where names are compared.
  private func rowsInGroups(_ rows: RowSet, by attribute: ResolvedAttribute?) -> RowSet {
    switch attribute {
    case .name: table.rows(rows, sharing: .name)
    case .id: table.rows(rows, sharing: .id)
    default: rows
    }
  }

  private func footer(
    of outliers: Outliers, _ rows: RowSet, isGrouped: Bool, limit: Int?
  ) -> String {
    let count = outliers.codes.count
    let first = limit.map { $0 < count ? "the first \(Quantity.grouped($0)) of " : "" } ?? ""
    let found =
      count == 0 ? "no outliers" : "\(first)\(Quantity.of(count, "outlier"))"
    var text = "\(found) in \(footer(shown: rows.count, matched: rows.count)): \(Outliers.rule)"
    if outliers.unjudged > 0 {
      text +=
        isGrouped
        ? "; \(Quantity.of(outliers.unjudged, "subaccount")) in smaller groups not judged"
        : "; so few can't be judged"
    }
    return text
  }
}
