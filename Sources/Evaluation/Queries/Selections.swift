package import Diagnostics
import Language
import Permissions
package import Storage

// The order of work: what names subaccounts outright first, then what the table answers from its
// bitmaps, then what has to look at every value; each only among those still in question.

extension EvaluationContext {
  /// The live subaccounts of a selection.
  ///
  /// The user is told of compared values that are probably misspelt, unless `notesWhatIsNowhere` is
  /// false.
  ///
  /// - Throws: where a reference names nobody, or a name is shared.
  package func rows(
    of selection: ResolvedSelection, notesWhatIsNowhere: Bool = true
  ) throws(Diagnostic) -> RowSet {
    var rows: RowSet
    switch selection.base {
    case .all: rows = table.live
    case .references(let references): rows = try self.rows(of: references)
    }
    if selection.filters.isEmpty { return rows }
    var conditions: [ResolvedCondition] = []
    for filter in selection.filters {
      switch filter {
      case .condition(let condition): conditions.append(condition)
      case .exceptReferences(let references):
        rows = rows.subtracting(try self.rows(of: references))
      case .exceptSelection(let selection):
        rows = rows.subtracting(try self.rows(of: selection))
      }
    }
    rows = try self.rows(whereAll: conditions, among: rows)
    if notesWhatIsNowhere { try noteWhatIsNowhere(in: conditions, isResultEmpty: rows.isEmpty) }
    return rows
  }

  /// Those of `candidates` for which a condition is true.
  package func rows(
    where condition: ResolvedCondition, among candidates: RowSet
  ) throws(Diagnostic) -> RowSet {
    switch condition {
    case .or(let operands):
      return try rows(whereAny: ResolvedCondition.merged(operands)[...], among: candidates)
    case .and(let operands): return try rows(whereAll: operands, among: candidates)
    case .not(let operand):
      return candidates.subtracting(try rows(where: operand, among: candidates))
    case .permissions(let test): return rows(passing: test, among: candidates)
    case .attribute(let attribute, let test, let negated, _):
      let passing = try rows(where: attribute, passes: test, among: candidates)
      return negated ? candidates.subtracting(passing) : passing
    }
  }

  /// Those of `candidates` that have, or lack, every one of some permissions or any of them.
  package func rows(passing test: ResolvedPermissionTest, among candidates: RowSet) -> RowSet {
    switch (test.verb, test.any) {
    case (.having, false): holders(ofAll: test.permissions, among: candidates)
    case (.having, true): holders(ofAny: test.permissions, among: candidates)
    case (.lacking, false):
      candidates.subtracting(holders(ofAny: test.permissions, among: candidates))
    case (.lacking, true):
      candidates.subtracting(holders(ofAll: test.permissions, among: candidates))
    }
  }

  private func holders(ofAll permissions: PermissionSet, among candidates: RowSet) -> RowSet {
    var rows = candidates
    for permission in permissions where !rows.isEmpty {
      rows = rows.intersection(table.holders(of: permission))
    }
    return rows
  }

  private func holders(ofAny permissions: PermissionSet, among candidates: RowSet) -> RowSet {
    var rows = RowSet()
    for permission in permissions {
      rows.formUnion(candidates.intersection(table.holders(of: permission)))
    }
    return rows
  }

  private func rows(
    whereAll operands: [ResolvedCondition], among candidates: RowSet
  ) throws(Diagnostic) -> RowSet {
    var rows = candidates
    for cost in ResolvedCondition.Cost.allCases {
      for operand in operands where operand.cost == cost {
        if rows.isEmpty { return rows }
        rows = try self.rows(where: operand, among: rows)
      }
    }
    return rows
  }

  /// Halves the operands, so that the union of very many single rows is not quadratic.
  private func rows(
    whereAny operands: ArraySlice<ResolvedCondition>, among candidates: RowSet
  ) throws(Diagnostic) -> RowSet {
    if operands.count <= 4 {
      var rows = RowSet()
      for operand in operands {
        rows.formUnion(try self.rows(where: operand, among: candidates))
      }
      return rows
    }
    let middle = operands.startIndex + operands.count / 2
    return try rows(whereAny: operands[..<middle], among: candidates)
      .union(try rows(whereAny: operands[middle...], among: candidates))
  }
}

extension ResolvedCondition {
  /// How much of the table a condition has to look at.
  enum Cost: Int, CaseIterable, Comparable {
    /// An index answers.
    case lookUp
    /// Bitmaps answer.
    case bits
    /// Every value, or every different one, is looked at.
    case values
    /// Every subaccount's own text is looked at.
    case texts

    static func < (left: Cost, right: Cost) -> Bool { left.rawValue < right.rawValue }
  }

  var cost: Cost {
    switch self {
    case .or(let operands), .and(let operands): operands.lazy.map(\.cost).max() ?? .lookUp
    case .not(let operand): operand.cost
    case .permissions: .bits
    case .attribute(.id, .text(.equals), _, _), .attribute(.name, .text(.equals), _, _),
      .attribute(.id, .text(.isIn), _, _), .attribute(.name, .text(.isIn), _, _):
      .lookUp
    case .attribute(.id, _, _, _), .attribute(.name, _, _, _): .texts
    case .attribute(.protected, _, _, _): .bits
    case .attribute: .values
    }
  }
}
