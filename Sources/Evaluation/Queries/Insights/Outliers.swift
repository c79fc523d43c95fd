import Permissions
import Storage

/// Cells that differ from nearly all of their group.
package struct Outliers: Sendable {
  /// What some cells have in common: their group, their permission, and on which side they are.
  struct Kind: Sendable {
    let group: Int
    /// What the members of the group have in common.
    let value: ResultValue
    let permission: PermissionNumber
    let has: Bool
    /// Of the group, those who agree.
    let share: Double
  }

  /// A cell is an outlier if at most one in this many of its group agree with it.
  package static let rarity = 20
  /// From this size on a cell that is alone in its group is an outlier too; smaller groups are not
  /// judged.
  package static let smallestGroup = 10

  /// What makes a cell an outlier, for people.
  static let rule =
    "a cell is one if at most \(100 / rarity)% of its group agree with it, or nobody else does in a "
    + "group of \(smallestGroup) or more"

  /// The most surprising first: by share, then by group and permission.
  let kinds: [Kind]
  /// Whose each cell is.
  let rows: [Row]
  /// The kind of each cell; ascending, and within a kind in order of creation.
  let codes: [UInt32]
  /// How many rows are in groups that are too small to tell.
  let unjudged: Int

  /// - Parameters:
  ///   - rows: which cells are looked at.
  ///   - groups: these rows in groups.
  ///   - alone: how many others were asked about, each alone in its group.
  ///   - catalog: the permissions.
  init(of rows: RowSet, in groups: GroupedRows, alone: Int = 0, _ catalog: Catalog) {
    unjudged = groups.sizes.reduce(alone) { $0 + ($1 < Outliers.smallestGroup ? $1 : 0) }
    let kinds = Outliers.kinds(in: groups, catalog)
    self.kinds = kinds
    let surprises = Outliers.surprises(kinds, groups)
    // Cells are put into their places by counting: `ends` of the kind before is where one starts.
    var ends = Array(repeating: 0, count: kinds.count + 1)
    for (profile, codes) in zip(groups.profiles.all, surprises) {
      for code in codes { ends[code + 1] += profile.count }
    }
    for code in kinds.indices { ends[code + 1] += ends[code] }
    codes = kinds.indices.flatMap { code in
      repeatElement(UInt32(truncatingIfNeeded: code), count: ends[code + 1] - ends[code])
    }
    guard !codes.isEmpty else {
      self.rows = []
      return
    }
    var placed = Array(repeating: Row(0), count: codes.count)
    var place = 0
    for row in rows {
      for code in surprises[Int(groups.profiles.codes[place])] {
        placed[ends[code]] = row
        ends[code] += 1
      }
      place += 1
    }
    self.rows = placed
  }

  private static func kinds(in groups: GroupedRows, _ catalog: Catalog) -> [Kind] {
    var kinds: [Kind] = []
    let judged = groups.sizes.indices.filter { groups.sizes[$0] >= smallestGroup }
    let holders = GroupHolders(in: groups, of: judged, catalog)
    for (place, group) in judged.enumerated() {
      let size = groups.sizes[group]
      for permission in catalog.all {
        let have = holders.holders(of: permission, at: place)
        let agreeing = min(have, size - have)
        guard agreeing > 0, agreeing <= max(1, size / rarity) else { continue }
        kinds.append(
          Kind(
            group: group, value: groups.values[group], permission: permission,
            has: have == agreeing, share: Double(agreeing) / Double(size)))
      }
    }
    return kinds.enumerated().sorted { left, right in
      left.element.share == right.element.share
        ? left.offset < right.offset : left.element.share < right.element.share
    }.map(\.element)
  }

  /// For each profile the kinds of the outliers that its holders have, ascending.
  private static func surprises(_ kinds: [Kind], _ groups: GroupedRows) -> [[Int]] {
    var codes: [Int: [Int]] = [:]
    for (code, kind) in kinds.enumerated() { codes[kind.group, default: []].append(code) }
    return groups.profiles.all.map { profile in
      (codes[profile.group] ?? []).filter {
        profile.permissions.contains(kinds[$0].permission) == kinds[$0].has
      }
    }
  }
}
