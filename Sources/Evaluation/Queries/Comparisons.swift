package import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `compare`: the permissions that one of the two has and the other lacks.
  package func answer(_ comparison: ResolvedComparison) throws(Diagnostic) -> QueryAnswer {
    let (left, right) = (
      try looking(at: comparison.left.asOf), try looking(at: comparison.right.asOf)
    )
    let leftRow = try left.row(of: comparison.left.reference)
    let rightRow = try right.row(of: comparison.right.reference)
    let owned = left.table.permissions(of: leftRow)
    let others = right.table.permissions(of: rightRow)
    var report = Report(["permission", "left", "right"], [.text, .boolean, .boolean])
    for number in table.catalog.all where owned.contains(number) != others.contains(number) {
      report.rows.append([
        .text(table.catalog[number].canonicalName), .boolean(owned.contains(number)),
        .boolean(others.contains(number)),
      ])
    }
    let attributes = table.attributes.indices.filter { index in
      let number = AttributeNumber(index)
      return left.table.value(of: number, in: leftRow)
        != right.table.value(of: number, in: rightRow)
    }.map { table.attributes[$0].name.string }
    let differing =
      "\(report.rows.count) of \(Quantity.of(table.catalog.count, "permission")) differ"
    let footer =
      differing
      + (attributes.isEmpty
        ? "" : "; attributes that differ: \(attributes.joined(separator: ", "))")
    return QueryAnswer(
      .table(
        report.arranged(
          heading: "left   \(left.title(of: leftRow))\nright  \(right.title(of: rightRow))",
          footer: footer, table: table)))
  }

  private func title(of row: Row) -> String {
    "\"\(table.name(of: row))\"" + (asOf.map { " as of change \($0)" } ?? "")
  }
}
