package import Permissions

// Who changed one cell.
extension Store {
  /// The changes that flipped a cell after its subaccount was made, the newest first.
  ///
  /// Counts changes up to one, and reads only those that flipped the permission for rows around this
  /// one.
  package func flips(
    of permission: PermissionNumber, in row: Row, upTo change: Int
  ) throws(StoreProblem) -> [Int] {
    guard permission.value < index.postings.count else { return [] }
    let creation = creation(of: row) ?? 0
    var found: [Int] = []
    for place in (0..<index.count(of: permission, upTo: change)).reversed() {
      let posting = index.postings[permission.value][place]
      if posting.change <= creation { break }
      guard posting.first <= row.number, row.number <= posting.last else { continue }
      let number = Int(posting.change)
      if posting.first == posting.last {
        found.append(number)
        continue
      }
      let effects = try self.change(number).effects
      if effects.flips.contains(where: { $0.permission == permission && $0.rows.contains(row) }) {
        found.append(number)
      }
    }
    return found
  }

  /// The change that made a row.
  package func creation(of row: Row) -> Int? { index.creation(of: row) }
}
