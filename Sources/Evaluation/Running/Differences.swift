import Diagnostics
import Permissions
import Storage

/// Who gained and who lost what, when all is said and done: what flipped twice did not change.
struct Differences {
  /// Those with a difference, in order of creation.
  let rows: [Row]
  private let gained: CodedSets
  private let lost: CodedSets

  /// Nets effects that have led, in this order, to the table.
  init(of effects: [Effects], in table: Table) {
    let net = Differences.net(effects)
    let born = Differences.born(effects, in: table)
    var deleted = RowSet()
    for effect in effects {
      deleted.formUnion(effect.deleted)
      deleted.subtract(effect.restored)
    }
    let vanished = born.intersection(deleted)
    deleted.subtract(vanished)
    var gained: [PermissionFlips] = []
    var lost: [PermissionFlips] = []
    for number in table.catalog.all {
      let flipped = (net[number] ?? RowSet()).subtracting(vanished)
      // Whoever ends with the permission among those that flipped has gained it.
      let on = table.flips(setting: number, to: false, for: flipped.subtracting(deleted))
      var off = flipped.subtracting(on).subtracting(deleted)
      // The deleted lose what they had before anything flipped.
      let had = table.flips(setting: number, to: false, for: deleted)
      off.formUnion(had.symmetricDifference(flipped.intersection(deleted)))
      if !on.isEmpty { gained.append(PermissionFlips(permission: number, rows: on)) }
      if !off.isEmpty { lost.append(PermissionFlips(permission: number, rows: off)) }
    }
    self.init(gained: gained, lost: lost, rows: Array(gained.rows.union(lost.rows)))
  }

  /// What is different between two states of one agency; the deleted have lost all that they had.
  ///
  /// `rows` are who is asked about, nil for everybody; `tellsAll` tells of those among them too who
  /// neither gained nor lost anything.
  init(from before: Table, to after: Table, among rows: RowSet? = nil, tellsAll: Bool = false) {
    var gained: [PermissionFlips] = []
    var lost: [PermissionFlips] = []
    for number in after.catalog.all {
      var had = number.value < before.catalog.count ? before.holders(of: number) : RowSet()
      var has = after.holders(of: number)
      if let rows {
        had.formIntersection(rows)
        has.formIntersection(rows)
      }
      let on = has.subtracting(had)
      let off = had.subtracting(has)
      if !on.isEmpty { gained.append(PermissionFlips(permission: number, rows: on)) }
      if !off.isEmpty { lost.append(PermissionFlips(permission: number, rows: off)) }
    }
    let told = tellsAll ? rows : nil
    self.init(gained: gained, lost: lost, rows: Array(told ?? gained.rows.union(lost.rows)))
  }

  /// Takes those to be told of, ascending: all that gained or lost, and maybe more.
  private init(gained: [PermissionFlips], lost: [PermissionFlips], rows: [Row]) {
    self.rows = rows
    self.gained = CodedSets(gained, rows)
    self.lost = CodedSets(lost, rows)
  }

  /// Their columns, from `id` to `lost`.
  func columns(in table: Table) -> [ResultTable.Column] {
    let names = table.catalog.permissions.map(\.canonicalName)
    return [
      ResultTable.Column(name: "id", kind: .text, cells: .ids(rows)),
      ResultTable.Column(name: "name", kind: .text, cells: .names(rows)),
      ResultTable.Column(name: "gained", kind: .list, cells: gained.cells(names)),
      ResultTable.Column(name: "lost", kind: .list, cells: lost.cells(names)),
    ]
  }

  private static func net(_ effects: [Effects]) -> [PermissionNumber: RowSet] {
    var net: [PermissionNumber: RowSet] = [:]
    for effect in effects {
      for flips in effect.flips {
        net[flips.permission] =
          net[flips.permission].map { $0.symmetricDifference(flips.rows) } ?? flips.rows
      }
    }
    return net
  }

  private static func born(_ effects: [Effects], in table: Table) -> RowSet {
    let count = effects.reduce(0) { $0 + $1.created.count }
    return RowSet(UInt32(table.rowCount - count)..<UInt32(table.rowCount))
  }

  /// As `show differences` has it.
  func table(in table: Table) -> ResultTable {
    ResultTable(
      columns: columns(in: table), rowCount: rows.count,
      footer: "\(Quantity.of(rows.count, "subaccount")) would gain or lose permissions",
      table: table)
  }

  /// The first rows, and how many there are; nil where there are none.
  func firstRows(_ count: Int, in table: Table) -> ResultTable? {
    if rows.isEmpty { return nil }
    let more = rows.count - count
    return ResultTable(
      columns: columns(in: table), rowCount: min(count, rows.count),
      footer: more > 0
        ? "and \(Quantity.grouped(more)) more" : Quantity.of(rows.count, "subaccount"),
      table: table)
  }

  /// So many attributes that would change are named.
  private static let attributesShown = 5

  /// What the effects do that is no permission of anybody, in a line; nil where there is nothing.
  ///
  /// `table` is the agency after them. A question tells of the deleted itself, and says `also` only
  /// beside what it shows.
  static func others(
    _ effects: [Effects], in table: Table, ofQuestion isQuestion: Bool = false
  ) -> String? {
    var rows = RowSet()
    var attributes: Set<Int> = []
    var parts: [String] = []
    for effect in effects {
      for cells in effect.cells {
        rows.formUnion(cells.rows)
        attributes.insert(cells.attribute.value)
      }
    }
    let names = attributes.sorted().map { table.attributes[$0].name.string }
    let shown = names.prefix(attributesShown).joined(separator: ", ")
    let more = names.count - attributesShown
    let which = more > 0 ? "\(shown) and \(Quantity.grouped(more)) more" : shown
    func add(_ count: Int, _ words: (String) -> String, _ noun: String = "subaccount") {
      if count > 0 { parts.append(words(Quantity.of(count, noun))) }
    }
    add(effects.reduce(0) { $0 + $1.created.count }, { "create \($0)" })
    if !isQuestion { add(effects.reduce(0) { $0 + $1.deleted.count }, { "delete \($0)" }) }
    add(effects.reduce(0) { $0 + $1.renames.count }, { "rename \($0)" })
    add(rows.count, { "change attributes of \($0) (\(which))" })
    add(effects.reduce(0) { $0 + $1.protection.count }, { "change the protection of \($0)" })
    add(effects.reduce(0) { $0 + $1.definitions.count }, { "change \($0)" }, "definition")
    add(effects.reduce(0) { $0 + $1.addedPermissions.count }, { "add \($0)" }, "permission")
    let isBeside = !isQuestion || effects.contains { !$0.flips.isEmpty || !$0.deleted.isEmpty }
    return parts.isEmpty
      ? nil : "this would \(isBeside ? "also " : "")" + parts.joined(separator: ", ")
  }
}

/// A set of permissions for each row, of which there are few different ones.
private struct CodedSets {
  private var codes: [UInt32]
  private var sets: [PermissionSet] = [[]]

  /// Collects flips by row; every row of theirs is among `rows`, which ascend.
  init(_ flips: [PermissionFlips], _ rows: [Row]) {
    codes = Array(repeating: 0, count: rows.count)
    for flip in flips {
      var successors: [UInt32: UInt32] = [:]
      var index = 0
      for row in flip.rows {
        while rows[index] < row { index += 1 }
        let code = codes[index]
        if let successor = successors[code] {
          codes[index] = successor
          continue
        }
        let successor = UInt32(sets.count)
        sets.append(sets[Int(code)].union([flip.permission]))
        successors[code] = successor
        codes[index] = successor
      }
    }
  }

  func cells(_ names: [Text]) -> ResultTable.Cells {
    .coded(codes, values: sets.map { set in .list(set.map { names[$0.value] }) })
  }
}
