import Diagnostics
import Storage

extension EvaluationContext {
  /// How few candidates are tested one by one instead of by a walk over all values.
  private static let fewCandidates = 64

  /// Those of `candidates` whose attribute passes a test; an unset one passes none.
  func rows(
    where attribute: ResolvedAttribute, passes test: ValueTest, among candidates: RowSet
  ) throws(Diagnostic) -> RowSet {
    if let rows = rowsLookedUp(where: attribute, test) { return rows.intersection(candidates) }
    if candidates.count <= EvaluationContext.fewCandidates,
      let rows = rowsOneByOne(where: attribute, test, among: candidates)
    {
      return rows
    }
    return try rows(where: attribute, test).intersection(candidates)
  }

  /// What an index answers at once; nil where none does.
  private func rowsLookedUp(where attribute: ResolvedAttribute, _ test: ValueTest) -> RowSet? {
    switch (attribute, test) {
    case (.id, .text(.equals(let id))): table.row(id: id).map { RowSet($0) } ?? RowSet()
    case (.id, .text(.isIn(let ids))): RowSet(ids.compactMap { table.row(id: $0) })
    case (.name, .text(.equals(let name))): table.rows(named: name)
    case (.name, .text(.isIn(let names))): RowSet(names.flatMap { table.rows(named: $0) })
    case (.protected, .boolean(let isTrue)):
      isTrue ? table.protected : table.live.subtracting(table.protected)
    case (.id, .isSet), (.name, .isSet), (.created, .isSet), (.permissionCount, .isSet),
      (.protected, .isSet), (.changed, .isSet), (.changedBy, .isSet):
      table.live
    default: nil
    }
  }

  /// Nil where single values are no cheaper to have than all.
  private func rowsOneByOne(
    where attribute: ResolvedAttribute, _ test: ValueTest, among candidates: RowSet
  ) -> RowSet? {
    let value: (Row) -> AttributeValue?
    switch attribute {
    case .stored(let number): value = { table.value(of: number, in: $0) }
    case .id: value = { .text(table.id(of: $0)) }
    case .name: value = { .text(table.name(of: $0)) }
    case .created: value = { .time(table.created(of: $0)) }
    case .permissionCount: value = { .number(Double(table.permissionCount(of: $0))) }
    case .changed, .changedBy, .protected, .announced: return nil
    }
    return RowSet(sorted: candidates.filter { test.holds(for: value($0)) })
  }

  private func rows(
    where attribute: ResolvedAttribute, _ test: ValueTest
  ) throws(Diagnostic) -> RowSet {
    do {
      switch (attribute, test) {
      case (.stored(let number), _): return table.rows(whereAttribute: number, test)
      case (.id, .text(let test)): return table.rows(whereID: test)
      case (.name, .text(let test)): return table.rows(whereName: test)
      case (.created, .time(let test)): return table.rows(whereCreated: test)
      case (.permissionCount, .number(let test)): return table.rows(wherePermissionCount: test)
      case (.changed, .time(let test)): return try store.rows(whereChanged: test)
      case (.changedBy, .text(let test)): return try store.rows(whereChangedBy: test)
      default:
        // The resolver compares like with like, and what is only announced has no value yet.
        return RowSet()
      }
    } catch {
      throw Diagnostic(error)
    }
  }
}
