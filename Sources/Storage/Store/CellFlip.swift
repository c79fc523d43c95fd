import Permissions

/// A change that flips one cell, as nearly all changes of long scripts do.
///
/// It is done and done again without making sets of rows.
struct CellFlip {
  let permission: PermissionNumber
  let row: Row
}

extension Effects {
  /// The only cell that they flip; nil where they do anything else.
  var cellFlip: CellFlip? {
    guard flips.count == 1, case .range(let range) = flips[0].rows.form, range.count == 1,
      !doMoreThanFlip
    else { return nil }
    return CellFlip(permission: flips[0].permission, row: Row(range.lowerBound))
  }
}

extension Store {
  /// Applies effects as the next change.
  func apply(_ effects: Effects) {
    if let flip = effects.cellFlip, apply(flip) { return }
    index.note(effects, in: table)
    table.apply(effects)
  }

  /// Applies a flip as the next change; false where it does not fit the table, and then nothing is done.
  ///
  /// The table is only ever changed in place: to look at it first would take a copy of its parts,
  /// which was three quarters of the time.
  func apply(_ flip: CellFlip) -> Bool {
    guard let wasOn = table.flip(flip) else { return false }
    if index.note(flip, wasOn: wasOn, rowCount: table.rowCount) { return true }
    // The column is kept as it was before.
    _ = table.flip(flip)
    var effects = Effects()
    effects.flips = [PermissionFlips(permission: flip.permission, rows: RowSet(flip.row))]
    index.note(effects, in: table)
    table.apply(effects)
    return true
  }
}
