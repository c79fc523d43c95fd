package import Permissions

// Who changed one cell.
extension Store {
  /// The changes that flipped a cell after its subaccount was made, the newest first.
  ///
  /// Counts changes up to one. Reads only those that flipped many rows around this one.
  package func flips(
    of permission: PermissionNumber, in row: Row, upTo change: Int
  ) throws(StoreProblem) -> [Int] {
    let flips = index.flips(of: permission)
    let range = flips.range(after: creation(of: row) ?? 0, upTo: min(change, lastChange))
    var found: [Int] = []
    var doubtful: [Int] = []
    flips.postings.forEachSpan(of: range) { _, span in
      for place in span.indices {
        let posting = span[place]
        guard posting.first <= row.number, row.number <= posting.last else { continue }
        let number = Int(posting.change)
        switch flips.contains(row.number, in: posting) {
        case true?: found.append(number)
        case false?: break
        case nil: doubtful.append(number)
        }
      }
    }
    for number in doubtful {
      let effects = try effects(ofChange: number)
      if effects.flips.contains(where: { $0.permission == permission && $0.rows.contains(row) }) {
        found.append(number)
      }
    }
    return found.sorted(by: >)
  }

  /// The change that made a row.
  package func creation(of row: Row) -> Int? { index.creation(of: row) }
}
