import Diagnostics
import Language
import Storage

/// Whom a write is to change, protected subaccounts set apart.
struct Subjects {
  let rows: RowSet
  /// How many were selected, but are protected.
  let protected: Int
}

extension EvaluationContext {
  /// The subaccounts of a selection that a write may change.
  ///
  /// - Throws: where one that is protected is named outright.
  func subjects(
    of selection: ResolvedSelection, _ modifiers: Modifiers
  ) throws(Diagnostic) -> Subjects {
    let rows = try self.rows(of: selection)
    if modifiers.includesProtected { return Subjects(rows: rows, protected: 0) }
    if let only = rows.first, only == rows.last {
      guard table.isProtected(only) else { return Subjects(rows: rows, protected: 0) }
    }
    let shielded = rows.intersection(table.protected)
    if shielded.isEmpty { return Subjects(rows: rows, protected: 0) }
    if case .references(let references) = selection.base {
      for reference in references where reference.kind.isOutright {
        try requireUnprotected(try self.rows(of: reference).intersection(shielded), reference)
      }
    }
    return Subjects(rows: rows.subtracting(shielded), protected: shielded.count)
  }

  /// The one subaccount that a reference names, which a write may change.
  func subject(
    of reference: ResolvedReference, _ modifiers: Modifiers
  ) throws(Diagnostic) -> Row {
    let row = try self.row(of: reference)
    if !modifiers.includesProtected && table.isProtected(row) {
      try requireUnprotected(RowSet(row), reference)
    }
    return row
  }

  private func requireUnprotected(
    _ shielded: RowSet, _ reference: ResolvedReference
  ) throws(Diagnostic) {
    guard let row = shielded.first else { return }
    throw diagnostic(
      RunProblem.protectedSubaccount(table.name(of: row)), at: reference.place.range)
  }
}

extension ResolvedReference.Kind {
  /// Names one subaccount by its own name or id.
  var isOutright: Bool {
    switch self {
    case .name, .id: true
    case .frozen, .defined, .those: false
    }
  }
}
