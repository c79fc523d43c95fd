package import Diagnostics
import Language
package import Storage

extension EvaluationContext {
  /// The live subaccounts that a reference names.
  ///
  /// - Throws: where a name or an id names nobody, or a name is shared.
  package func rows(of reference: ResolvedReference) throws(Diagnostic) -> RowSet {
    switch reference.kind {
    case .name(let name): return RowSet(try row(named: name, at: reference.place.range))
    case .id(let id):
      guard let row = table.row(id: id) ?? (findsDeleted ? table.deletedRow(id: id) : nil) else {
        throw diagnostic(SelectionProblem.unknownID(id), at: reference.place.range)
      }
      return RowSet(row)
    case .frozen(let rows): return known(rows ?? RowSet())
    case .defined(let selection, let source): return try reading(source).rows(of: selection)
    case .those:
      guard let those else {
        throw diagnostic(SelectionProblem.nothingListed, at: reference.place.range)
      }
      return known(those)
    }
  }

  /// Of rows that were selected before, those that may be asked about.
  private func known(_ rows: RowSet) -> RowSet {
    rows.intersection(findsDeleted ? RowSet(0..<UInt32(table.rowCount)) : table.live)
  }

  /// The one subaccount that a reference names.
  package func row(of reference: ResolvedReference) throws(Diagnostic) -> Row {
    let rows = try rows(of: reference)
    guard let row = rows.first, rows.last == row else {
      throw diagnostic(SelectionProblem.notOne(rows.count), at: reference.place.range)
    }
    return row
  }

  /// All that the references name together.
  package func rows(of references: [ResolvedReference]) throws(Diagnostic) -> RowSet {
    if references.count == 1 { return try rows(of: references[0]) }
    var singles: [Row] = []
    var result = RowSet()
    for reference in references {
      let rows = try rows(of: reference)
      if let row = rows.first, rows.last == row {
        singles.append(row)
      } else {
        result.formUnion(rows)
      }
    }
    result.formUnion(RowSet(singles))
    return result
  }

  private func row(named name: Text, at range: SourceRange) throws(Diagnostic) -> Row {
    let live = table.rows(named: name)
    let deleted = findsDeleted ? table.deletedRows(named: name) : RowSet()
    if !live.isEmpty, !deleted.isEmpty {
      note(
        diagnostic(
          SelectionProblem.deletedNamesakes(
            name, ids: deleted.prefix(rows: SelectionProblem.idLimit).map { table.id(of: $0) },
            count: deleted.count), severity: .note, at: range))
    }
    let rows = live.isEmpty ? deleted : live
    guard let row = rows.first else {
      let near =
        isUnheard ? [] : table.nearestNames(to: name, limit: SelectionProblem.suggestionLimit)
      throw diagnostic(SelectionProblem.unknownName(name, near: near), at: range)
    }
    guard rows.last == row else {
      let ids = rows.prefix(rows: SelectionProblem.idLimit).map { table.id(of: $0) }
      throw diagnostic(
        SelectionProblem.sharedName(name, ids: ids, count: rows.count), at: range)
    }
    return row
  }
}

extension SelectionProblem {
  /// How many similar values a message names.
  package static let suggestionLimit = 3
  /// How many different values of an attribute are compared with one that nobody has.
  static let comparedValues = 20_000
  /// How many ids of a shared name a message lists.
  package static let idLimit = 10
}
