package import Diagnostics

// Who is no longer there: deleted rows keep their ids, their names and their cells.
extension Table {
  /// Deleted rows of exactly this name.
  ///
  /// Constant time after the first question.
  package func deletedRows(named name: Text) -> RowSet {
    var found: [Row] = []
    lookups.forEachPlace(named: name.string.utf8.span, in: names, areNames: true) { place in
      let row = Row(UInt32(place))
      if !isLive(row) { found.append(row) }
    }
    return RowSet(found)
  }

  /// The deleted row of this id; of several the newest.
  ///
  /// Constant time after the first question.
  package func deletedRow(id: Text) -> Row? {
    var newest: Row?
    lookups.forEachPlace(named: id.string.utf8.span, in: ids, areNames: false) { place in
      let row = Row(UInt32(place))
      if !isLive(row), newest.map({ $0 < row }) ?? true { newest = row }
    }
    return newest
  }
}
