package import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `count`: one number, or one for each group.
  package func answer(_ count: ResolvedCount) throws(Diagnostic) -> QueryAnswer {
    try looking(at: count.asOf).answerHere(count)
  }

  private func answerHere(_ count: ResolvedCount) throws(Diagnostic) -> QueryAnswer {
    if count.grouping == nil, let total = countByOrder(count.selection) { return answer(total) }
    let rows = try rows(of: count.selection)
    switch count.grouping {
    case nil: return answer(rows.count)
    case .permission: return QueryAnswer(.table(countByPermission(in: rows)))
    case .attribute(let attribute, let name):
      let groups = try groups(by: attribute, in: rows)
      let kind = ResultTable.Kind(type(of: attribute))
      var report = Report([name, "count"], [kind, .integer])
      report.rows = groups.map { [$0.value, .integer($0.count)] }
      return QueryAnswer(.table(report.arranged(footer: groupFooter(rows, report), table: table)))
    }
  }

  private func answer(_ total: Int) -> QueryAnswer {
    let column = Column(name: "count", kind: .integer, cells: .values([.integer(total)]))
    return QueryAnswer(
      .table(
        ResultTable(
          columns: [column], rowCount: 1, isSingleObject: true, presentation: .card, table: table)))
  }

  /// How many have a name that begins so, where nothing more is asked and there are any.
  private func countByOrder(_ selection: ResolvedSelection) -> Int? {
    guard case .all = selection.base, selection.filters.count == 1,
      case .condition(.attribute(.name, .text(.glob(let glob)), negated: false, _))? =
        selection.filters.first,
      let total = table.count(whereName: glob), total > 0
    else { return nil }
    return total
  }

  private func countByPermission(in rows: RowSet) -> ResultTable {
    var report = Report(["permission", "count"], [.text, .integer])
    for number in table.catalog.all {
      let count = rows.intersection(table.holders(of: number)).count
      report.rows.append([.text(table.catalog[number].canonicalName), .integer(count)])
    }
    return report.arranged(
      presentation: .bars(labels: 1, length: 1),
      footer: footer(shown: rows.count, matched: rows.count), table: table)
  }

  private func groupFooter(_ rows: RowSet, _ report: Report) -> String {
    let groups = Quantity.of(report.rows.count, "group")
    return "\(footer(shown: rows.count, matched: rows.count)) in \(groups)"
  }

  func type(of attribute: ResolvedAttribute) -> AttributeType {
    switch attribute {
    case .stored(let number): table.attributes[number.value].type
    case .id, .name, .changedBy, .announced: .text
    case .created, .changed: .time
    case .permissionCount: .number
    case .protected: .boolean
    }
  }

  /// How many have each value; in the values' order, those without one last.
  private func groups(
    by attribute: ResolvedAttribute, in rows: RowSet
  ) throws(Diagnostic) -> [(value: ResultValue, count: Int)] {
    switch attribute {
    case .stored(let number):
      return table.groups(by: number, in: rows).map { (ResultValue($0.value), $0.count) }
    case .protected:
      let protected = rows.intersection(table.protected).count
      return [(.boolean(false), rows.count - protected), (.boolean(true), protected)]
        .filter { $0.count > 0 }
    case .id, .name, .created, .permissionCount, .changed, .changedBy, .announced:
      return try groupsOfEqualNeighbours(by: attribute, in: rows)
    }
  }

  /// Groups by what most subaccounts have a value of their own for: they are sorted by it.
  private func groupsOfEqualNeighbours(
    by attribute: ResolvedAttribute, in rows: RowSet
  ) throws(Diagnostic) -> [(value: ResultValue, count: Int)] {
    guard let field = try field(for: attribute) else { return [] }
    let sorted = table.sorted(rows, by: [SortKey(field)])
    guard let column = try column(attribute, named: "", of: sorted) else { return [] }
    let result = ResultTable(columns: [column], rowCount: sorted.count, table: table)
    var groups: [(value: ResultValue, count: Int)] = []
    for index in sorted.indices {
      let value = result.value(row: index, column: 0)
      if groups.last?.value == value {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((value, 1))
      }
    }
    return groups
  }
}
