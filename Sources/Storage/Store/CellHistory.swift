package import Permissions

// Who changed one cell, and one subaccount.
extension Store {
  /// The changes that flipped a cell after its subaccount was made, the newest first.
  ///
  /// Counts changes up to one. Reads only those that flipped many rows around this one.
  package func flips(
    of permission: PermissionNumber, in row: Row, upTo change: Int
  ) throws(StoreProblem) -> [Int] {
    let flips = index.flips(of: permission)
    let range = flips.range(after: creation(of: row) ?? 0, upTo: min(change, lastChange))
    var touching = Touching(row)
    touching.note(range, of: flips)
    return try numbers(of: touching, flipping: [permission]).reversed()
  }

  /// The changes that touched a row in any way, or flipped some permissions of it, ascending.
  ///
  /// Reads only those that flipped many rows around this one, or did something else there.
  package func changes(
    touching row: Row, flipping permissions: PermissionSet? = nil, after first: Int, upTo last: Int
  ) throws(StoreProblem) -> [Int] {
    var touching = Touching(row)
    for number in index.flips.indices where permissions?.contains(PermissionNumber(number)) ?? true
    {
      let flips = index.flips[number]
      touching.note(flips.range(after: first, upTo: last), of: flips)
    }
    if permissions == nil {
      if let creation = creation(of: row), first < creation, creation <= last {
        touching.certain.insert(creation)
      }
      for place in index.otherChanges(after: first, upTo: last)
      where index.otherChanges[place].onlyCreates == 0 {
        let number = Int(index.otherChanges[place].change)
        guard number >= 1, number <= lastChange else { continue }
        let extent = index.extent(of: number)
        if extent.first <= row.number, row.number < extent.end { touching.doubtful.insert(number) }
      }
    }
    return try numbers(of: touching, flipping: permissions)
  }

  private func numbers(
    of touching: Touching, flipping permissions: PermissionSet?
  ) throws(StoreProblem) -> [Int] {
    var found = touching.certain
    for number in touching.doubtful.subtracting(found).sorted() {
      let effects = try effects(ofChange: number)
      let isTouched =
        if let permissions {
          effects.flips.contains {
            permissions.contains($0.permission) && $0.rows.contains(touching.row)
          }
        } else {
          effects.touchedBefore.contains(touching.row)
        }
      if isTouched { found.insert(number) }
    }
    return found.sorted()
  }

  /// The change that made a row.
  package func creation(of row: Row) -> Int? { index.creation(of: row) }
}

/// Changes that touched a row, and those that must be read to know.
private struct Touching {
  let row: Row
  var certain: Set<Int> = []
  var doubtful: Set<Int> = []

  init(_ row: Row) {
    self.row = row
  }

  mutating func note(_ range: Range<Int>, of flips: FlipHistory) {
    flips.postings.forEachSpan(of: range) { _, span in
      for place in span.indices {
        let posting = span[place]
        guard posting.first <= row.number, row.number <= posting.last else { continue }
        switch flips.contains(row.number, in: posting) {
        case true?: certain.insert(Int(posting.change))
        case false?: break
        case nil: doubtful.insert(Int(posting.change))
        }
      }
    }
  }
}
