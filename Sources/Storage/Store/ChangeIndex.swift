import Permissions

/// What questions about history need to know of every change without reading it again.
///
/// For each change how much it did and to which rows at most, and for each permission which changes
/// flipped cells of it. Kept up to date as changes are applied, so that a question reads only the
/// changes that can answer it.
package struct ChangeIndex: Sendable {
  /// How much one change did: few words a change, since there may be a hundred thousand.
  package struct Extent: BitwiseCopyable, Hashable, Sendable {
    /// Subaccounts that it touched in any way.
    package var subaccounts: UInt32 = 0
    /// Cells that were off, or whose subaccount was not there, and that are on.
    package var gained: UInt32 = 0
    package var lost: UInt32 = 0
    /// Rows that it touched are `first..<end`.
    package var first: UInt32 = .max
    package var end: UInt32 = 0
  }

  /// That a change made the rows from `first` on.
  struct Creation: BitwiseCopyable, Hashable, Sendable {
    var change: UInt32
    var first: UInt32
  }

  /// That a change did something else than flip permissions.
  struct OtherChange: BitwiseCopyable, Hashable, Sendable {
    var change: UInt32
    /// 1 where taking it back is to remove the rows that it made, and no more.
    var onlyCreates: UInt32
    /// What it costs to do this and all those before, in cells about.
    var costOfDoing: UInt64
    /// What it costs to take back this and all those before.
    var costOfTakingBack: UInt64
  }

  private(set) var extents = Series<Extent>()
  private(set) var creations = Series<Creation>()
  private(set) var otherChanges = Series<OtherChange>()
  /// By permission.
  private(set) var flips: [FlipHistory] = []

  init() {}

  init(
    extents: Series<Extent>, creations: Series<Creation>, otherChanges: Series<OtherChange>,
    flips: [FlipHistory]
  ) {
    self.extents = extents
    self.creations = creations
    self.otherChanges = otherChanges
    self.flips = flips
  }

  /// Says that what a snapshot tells of the changes makes no sense.
  func condemn() { extents.condemn() }

  /// How many changes it knows of.
  var count: Int { extents.count }

  /// Takes up the next change; the table is as it was before.
  mutating func note(_ effects: Effects, in table: borrowing Table) {
    let change = UInt32(truncatingIfNeeded: extents.count + 1)
    if effects.created.count > 0 {
      creations.append(Creation(change: change, first: UInt32(table.rowCount)))
    }
    for part in effects.flips {
      let number = part.permission.value
      while flips.count <= number { flips.append(FlipHistory()) }
      flips[number].note(
        part.rows, of: change,
        column: number < table.bits.count ? table.bits[number] : Bitmap(),
        rowCount: table.rowCount)
    }
    let extent = Extent(of: effects, in: table)
    extents.append(extent)
    guard effects.doMoreThanFlip else { return }
    let cost = 64 + UInt64(extent.subaccounts) + UInt64(extent.gained) + UInt64(extent.lost)
    let before = otherChanges.last
    let onlyCreates = effects.onlyCreate(from: table.rowCount)
    otherChanges.append(
      OtherChange(
        change: change, onlyCreates: onlyCreates ? 1 : 0,
        costOfDoing: (before?.costOfDoing ?? 0) &+ cost,
        costOfTakingBack: (before?.costOfTakingBack ?? 0) &+ (onlyCreates ? 0 : cost)))
  }

  /// Takes up the next change, which flips one cell; false where the permission's column is to be kept
  /// before, and then nothing is done.
  mutating func note(_ flip: CellFlip, wasOn: Bool, rowCount: Int) -> Bool {
    let number = flip.permission.value
    while flips.count <= number { flips.append(FlipHistory()) }
    let change = UInt32(truncatingIfNeeded: extents.count + 1)
    guard flips[number].note(flip.row, of: change, rowCount: rowCount) else { return false }
    extents.append(
      Extent(
        subaccounts: 1, gained: wasOn ? 0 : 1, lost: wasOn ? 1 : 0, first: flip.row.number,
        end: flip.row.number + 1))
    return true
  }

  /// Forgets the changes after one.
  mutating func truncate(to change: Int) {
    guard change < extents.count else { return }
    extents.truncate(to: change)
    while let last = creations.last, last.change > change {
      creations.truncate(to: creations.count - 1)
    }
    while let last = otherChanges.last, last.change > change {
      otherChanges.truncate(to: otherChanges.count - 1)
    }
    for number in flips.indices { flips[number].truncate(to: change) }
  }

  /// How much a change did.
  func extent(of change: Int) -> Extent {
    let extent = extents[change - 1]
    if extent.first <= extent.end || extent == Extent() { return extent }
    extents.condemn()
    return Extent()
  }

  /// The change that made a row.
  func creation(of row: Row) -> Int? {
    let place = creations.end { $0.first <= row.number }
    guard place > 0 else { return nil }
    let change = Int(creations[place - 1].change)
    if (1...max(1, count)).contains(change) { return change }
    creations.condemn()
    return nil
  }

  /// The first of the rows that a change made.
  func firstRow(createdBy change: Int) -> UInt32? {
    let place = creations.end { $0.change < change }
    guard place < creations.count, creations[place].change == change else { return nil }
    return creations[place].first
  }

  /// The rows that a change made; there are `rowCount` now.
  func rows(createdBy change: Int, rowCount: Int) -> RowSet {
    let place = creations.end { $0.change < change }
    guard place < creations.count, creations[place].change == change else { return RowSet() }
    let first = creations[place].first
    let end = place + 1 < creations.count ? creations[place + 1].first : UInt32(rowCount)
    guard first <= end, end <= rowCount else {
      creations.condemn()
      return RowSet()
    }
    return RowSet(first..<end)
  }

  /// How many rows there were just after a change; there are `rowCount` now.
  func rowCount(after change: Int, now rowCount: Int) -> Int {
    let place = creations.end { $0.change <= change }
    guard place < creations.count else { return rowCount }
    if creations[place].first <= rowCount { return Int(creations[place].first) }
    creations.condemn()
    return rowCount
  }

  /// The flips of a permission; none where nothing ever flipped it.
  func flips(of permission: PermissionNumber) -> FlipHistory {
    permission.value < flips.count ? flips[permission.value] : FlipHistory()
  }

  /// Which changes after one and up to another did something else than flip permissions.
  func otherChanges(after first: Int, upTo last: Int) -> Range<Int> {
    let start = otherChanges.end { $0.change <= first }
    return start..<max(start, otherChanges.end { $0.change <= last })
  }
}

extension ChangeIndex {
  /// What it costs to do all but flips up to a change from the beginning, and to take back all but
  /// flips after it.
  func costOfOtherChanges(around change: Int) -> (before: UInt64, after: UInt64) {
    let place = otherChanges.end { $0.change <= change }
    guard let last = otherChanges.last, place > 0 else {
      return (0, otherChanges.last?.costOfTakingBack ?? 0)
    }
    let then = otherChanges[place - 1]
    return (then.costOfDoing, last.costOfTakingBack &- then.costOfTakingBack)
  }
}

extension Effects {
  var doMoreThanFlip: Bool {
    created.count > 0 || !deleted.isEmpty || !restored.isEmpty || !protection.isEmpty
      || !renames.isEmpty || !cells.isEmpty || !addedAttributes.isEmpty
      || !addedPermissions.isEmpty || !definitions.isEmpty
  }

  /// Whether, permissions apart, they do nothing to rows that were there before nor to the agency.
  fileprivate func onlyCreate(from rowCount: Int) -> Bool {
    deleted.isEmpty && restored.isEmpty && protection.isEmpty && renames.isEmpty
      && addedAttributes.isEmpty && addedPermissions.isEmpty && definitions.isEmpty
      && cells.allSatisfy { cells in cells.rows.first.map { $0.index >= rowCount } ?? true }
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
        let lost = table.flips(setting: flips.permission, to: false, for: flips.rows).count
        add(gained: flips.rows.count - lost, lost: lost)
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
