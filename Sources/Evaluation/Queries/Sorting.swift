import Diagnostics
import Storage

extension EvaluationContext {
  /// The rows in the order of the keys, the first of which counts most; equal ones stay in order of
  /// creation, and unset values come last.
  func sorted(_ rows: RowSet, by keys: [ResolvedSortKey]) -> [Row] {
    table.sorted(
      rows,
      by: keys.compactMap { key in
        field(for: key.column.kind).map { SortKey($0, isDescending: key.descending) }
      })
  }

  /// Nil for what no list of subaccounts is sorted by.
  private func field(for column: ResolvedColumn.Kind) -> SortKey.Field? {
    switch column {
    case .permission(let permission): .permission(permission)
    case .permissions: .permissionCount
    case .attribute(let attribute): field(for: attribute)
    case .field: nil
    }
  }

  func field(for attribute: ResolvedAttribute) -> SortKey.Field? {
    switch attribute {
    case .stored(let number): .attribute(number)
    case .id: .id
    case .name: .name
    case .created: .created
    case .permissionCount: .permissionCount
    case .protected: .protected
    case .changed: .rank(lastChanges().numbers)
    case .changedBy: .rank(lastChanges().actorRanks)
    case .announced: nil
    }
  }
}
