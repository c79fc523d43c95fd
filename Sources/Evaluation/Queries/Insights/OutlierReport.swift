import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show outliers`: cells at odds with nearly all of their group, the most surprising first.
  func outlierReport(
    of selection: ResolvedSelection, by attribute: ResolvedAttribute?, _ show: ResolvedShow
  ) throws(Diagnostic) -> ResultTable {
    let rows = try rows(of: selection)
    let outliers = Outliers(of: rows, in: try grouped(rows, by: attribute), table.catalog)
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
