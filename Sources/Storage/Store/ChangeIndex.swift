import Permissions

/// What questions about history need to know of every change without reading it again.
///
/// For each change how much it did and to which rows at most, and for each permission which changes
/// flipped cells of it. Kept up to date as changes are applied, so that a question reads only the
/// changes that can answer it.
package struct ChangeIndex: Sendable {
  /// How much one change did: few words a change, since there may be a hundred thousand.
  package struct Extent: Hashable, Sendable {
    /// Subaccounts that it touched in any way.
    package var subaccounts: UInt32 = 0
    /// Cells that were off, or whose subaccount was not there, and that are on.
    package var gained: UInt32 = 0
    package var lost: UInt32 = 0
    /// Rows that it touched are `first..<end`.
    package var first: UInt32 = .max
    package var end: UInt32 = 0
  }

  /// That a change flipped cells of a permission: all of them in `first...last`.
  struct Posting: Hashable, Sendable {
    var change: UInt32
    var first: UInt32
    var last: UInt32
  }

  /// That a change made the rows from `first` on.
  struct Creation: Hashable, Sendable {
    var change: UInt32
    var first: UInt32
  }

  private(set) var extents: [Extent] = []
  /// By permission, ascending.
  private(set) var postings: [[Posting]] = []
  private(set) var creations: [Creation] = []

  /// Takes up the next change; the table is as it was before.
  mutating func note(_ effects: Effects, in table: borrowing Table) {
    let change = UInt32(truncatingIfNeeded: extents.count + 1)
    if effects.created.count > 0 {
      creations.append(Creation(change: change, first: UInt32(table.rowCount)))
    }
    for flips in effects.flips {
      guard let first = flips.rows.first, let last = flips.rows.last else { continue }
      while postings.count <= flips.permission.value { postings.append([]) }
      postings[flips.permission.value].append(
        Posting(change: change, first: first.number, last: last.number))
    }
    extents.append(Extent(of: effects, in: table))
  }

  /// Forgets the changes after one.
  mutating func truncate(to change: Int) {
    guard change < extents.count else { return }
    extents.removeSubrange(change...)
    while let last = creations.last, last.change > change { creations.removeLast() }
    for index in postings.indices {
      while let last = postings[index].last, last.change > change { postings[index].removeLast() }
    }
  }

  /// The change that made a row.
  func creation(of row: Row) -> Int? {
    var low = 0
    var high = creations.count
    while low < high {
      let middle = (low + high) / 2
      if creations[middle].first <= row.number { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : Int(creations[low - 1].change)
  }

  /// The place among the creations of a change that made rows.
  func creationPlace(of change: Int) -> Int? {
    var low = 0
    var high = creations.count
    while low < high {
      let middle = (low + high) / 2
      if creations[middle].change < change { low = middle + 1 } else { high = middle }
    }
    return low < creations.count && creations[low].change == change ? low : nil
  }

  /// How many postings of a permission are of changes up to one.
  func count(of permission: PermissionNumber, upTo change: Int) -> Int {
    guard permission.value < postings.count else { return 0 }
    let list = postings[permission.value]
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle].change <= change { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ChangeIndex.Extent {
  fileprivate init(of effects: Effects, in table: borrowing Table) {
    let created = UInt32(table.rowCount)..<UInt32(table.rowCount + effects.created.count)
    let rows = effects.touchedRows(rowCount: table.rowCount)
    subaccounts = UInt32(truncatingIfNeeded: rows.count)
    if let low = rows.first, let high = rows.last { (first, end) = (low.number, high.number + 1) }
    if effects.deleted.isEmpty && effects.restored.isEmpty {
      for flips in effects.flips {
        guard flips.permission.value < table.catalog.count else {
          add(gained: flips.rows.count, lost: 0)
          continue
        }
        let on = table.flips(setting: flips.permission, to: true, for: flips.rows).count
        add(gained: on, lost: flips.rows.count - on)
      }
      return
    }
    // Who comes or goes gains or loses all that they have.
    let moved = effects.deleted.union(effects.restored)
    var flipped: [PermissionNumber: RowSet] = [:]
    for flips in effects.flips { flipped[flips.permission] = flips.rows }
    for permission in table.catalog.all {
      let flips = flipped.removeValue(forKey: permission) ?? RowSet()
      let all = moved.union(flips)
      let before = table.flips(setting: permission, to: false, for: all)
      let after = before.symmetricDifference(flips).subtracting(effects.deleted)
      let had = before.subtracting(effects.restored).subtracting(RowSet(created))
      add(gained: after.subtracting(had).count, lost: had.subtracting(after).count)
    }
    for (_, rows) in flipped { add(gained: rows.subtracting(effects.deleted).count, lost: 0) }
  }

  private mutating func add(gained: Int, lost: Int) {
    self.gained = ChangeIndex.Extent.sum(self.gained, gained)
    self.lost = ChangeIndex.Extent.sum(self.lost, lost)
  }

  /// More cells than 32 bits can count are as many as can be told.
  private static func sum(_ a: UInt32, _ b: Int) -> UInt32 {
    UInt32(clamping: Int(a) + b)
  }
}

extension Effects {
  /// Every row that they touch, those that they make included; there were `rowCount` before.
  package func touchedRows(rowCount: Int) -> RowSet {
    var rows = RowSet(UInt32(rowCount)..<UInt32(rowCount + created.count))
    rows.formUnion(touchedBefore)
    return rows
  }

  /// Rows that something else than their creation touches.
  package var touchedBefore: RowSet {
    var rows = deleted.union(restored)
    for flips in flips { rows.formUnion(flips.rows) }
    rows.formUnion(protection)
    if !renames.isEmpty { rows.formUnion(RowSet(renames.map(\.row))) }
    for cells in cells { rows.formUnion(cells.rows) }
    return rows
  }
}
