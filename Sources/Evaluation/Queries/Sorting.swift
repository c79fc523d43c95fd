import Diagnostics
import Storage

extension EvaluationContext {
  /// The rows in the order of the keys, the first of which counts most; equal ones stay in order of
  /// creation, and unset values come last.
  func sorted(_ rows: RowSet, by keys: [ResolvedSortKey]) throws(Diagnostic) -> [Row] {
    var sortKeys: [SortKey] = []
    for key in keys {
      guard let field = try field(for: key.column.kind) else { continue }
      sortKeys.append(SortKey(field, isDescending: key.descending))
    }
    return table.sorted(rows, by: sortKeys)
  }

  /// Nil for what no list of subaccounts is sorted by.
  private func field(for column: ResolvedColumn.Kind) throws(Diagnostic) -> SortKey.Field? {
    switch column {
    case .permission(let permission): return .permission(permission)
    case .permissions: return .permissionCount
    case .attribute(let attribute): return try field(for: attribute)
    case .field: return nil
    }
  }

  func field(for attribute: ResolvedAttribute) throws(Diagnostic) -> SortKey.Field? {
    switch attribute {
    case .stored(let number): return .attribute(number)
    case .id: return .id
    case .name: return .name
    case .created: return .created
    case .permissionCount: return .permissionCount
    case .protected: return .protected
    case .changed: return .rank(try LastChanges(in: store, asOf: asOf).numbers)
    case .changedBy: return .rank(try LastChanges(in: store, asOf: asOf).actorRanks)
    case .announced: return nil
    }
  }
}
