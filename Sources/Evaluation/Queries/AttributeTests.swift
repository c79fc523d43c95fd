import Diagnostics
import Storage

extension EvaluationContext {
  /// Those of `candidates` whose attribute passes a test; an unset one passes none.
  func rows(
    where attribute: ResolvedAttribute, passes test: ValueTest, among candidates: RowSet
  ) throws(Diagnostic) -> RowSet {
    if let rows = rowsLookedUp(where: attribute, test) { return rows.intersection(candidates) }
    // To look at one row costs about as much as to walk over 64; but a long list of texts is looked
    // up in the column's dictionary at once.
    let isLongList = if case .text(.isIn(let texts)) = test { texts.count > 16 } else { false }
    if !isLongList, candidates.count <= max(64, table.rowCount / 64),
      let rows = rowsOneByOne(where: attribute, test, among: candidates)
    {
      return rows
    }
    let rows = try rows(where: attribute, test)
    // What was looked through in part is no answer.
    if isInterrupted() { throw Diagnostic(RunProblem.interrupted) }
    return rows.intersection(candidates)
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
    switch (attribute, test) {
    case (.stored(let number), _):
      table.rows(whereAttribute: number, test, among: candidates)
    case (.id, .text(let test)): table.rows(whereID: test, among: candidates)
    case (.name, .text(let test)): table.rows(whereName: test, among: candidates)
    case (.created, .time(let test)): table.rows(whereCreated: test, among: candidates)
    case (.permissionCount, .number(let test)):
      table.rows(wherePermissionCount: test, among: candidates)
    default: nil
    }
  }

  /// For what the store knows of the past.
  private var moment: (table: Table, change: Int)? { asOf.map { (table, $0) } }

  private func rows(
    where attribute: ResolvedAttribute, _ test: ValueTest
  ) throws(Diagnostic) -> RowSet {
    let goesOn = { !isInterrupted() }
    do {
      switch (attribute, test) {
      case (.stored(let number), _):
        return table.rows(whereAttribute: number, test, while: goesOn)
      case (.id, .text(let test)): return table.rows(whereID: test, while: goesOn)
      case (.name, .text(let test)): return table.rows(whereName: test, while: goesOn)
      case (.created, .time(let test)): return table.rows(whereCreated: test)
      case (.permissionCount, .number(let test)): return table.rows(wherePermissionCount: test)
      case (.changed, .time(let test)): return try store.rows(whereChanged: test, asOf: moment)
      case (.changedBy, .text(let test)): return try store.rows(whereChangedBy: test, asOf: moment)
      default:
        // The resolver compares like with like, and what is only announced has no value yet.
        return RowSet()
      }
    } catch {
      throw Diagnostic(error)
    }
  }
}
