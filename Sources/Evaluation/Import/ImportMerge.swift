package import Diagnostics
package import Language
import Permissions
package import Storage

/// What a file of subaccounts changes in the store, and for how many.
///
/// Merging removes nothing: what the file does not say stays as it is, so that merging it twice
/// changes nothing the second time.
package struct ImportMerge: Sendable {
  package fileprivate(set) var effects = Effects()
  /// Rows of the file, each of which is one subaccount.
  package fileprivate(set) var matched = 0
  package fileprivate(set) var created = 0
  /// Of the subaccounts that were there: those that change, in the table's rows.
  package fileprivate(set) var updated = RowSet()
  /// Subaccounts that are as the file says already.
  package fileprivate(set) var already = 0
  /// Subaccounts that are left alone because they are protected.
  package fileprivate(set) var protected = 0
  /// Problems that are not in the way, to be told as what their codes say.
  package fileprivate(set) var notes: [ImportProblem] = []

  /// Works out what a file changes.
  ///
  /// Rows match by `key`; without one by id, where the file has ids. Those of whom the file does not
  /// say when they were created are created `now`, and those without an id get one of those that `makeIDs` makes.
  package init(
    of file: ImportedSubaccounts, into table: Table, matching key: ImportFile.Key?,
    includingProtected: Bool, now: Int64, makeIDs: (Int) -> [Text]
  ) throws(ImportProblem) {
    var matching = try ImportMatching(of: file, with: table, by: key)
    notes = matching.notes
    matched = file.rowCount
    let order = matching.numberNewRows(of: file, after: table.rowCount, now: now)
    effects.created = try matching.createdRows(
      of: file, in: order, table: table, now: now, makeIDs: makeIDs)
    created = order.count

    let found = RowSet(matching.targets.lazy.filter { $0 < table.rowCount }.map(Row.init))
    let kept = includingProtected ? RowSet() : found.intersection(table.protected)
    protected = kept.count
    if !kept.isEmpty { matching.forget(kept) }

    let targets = RowNumbers(matching.targets)
    let new = RowSet(UInt32(table.rowCount)..<UInt32(table.rowCount + created))
    mergePermissions(file, table, targets, new: new)
    try mergeAttributes(file, table, targets)
    if let names = file.names, matching.hasIDs {
      effects.renames = table.renames(to: names, of: targets.numbers)
    }
    noteSharedNames(in: table)
    if let protection = file.protection {
      let on = protection.on.mapped(through: targets)
      let off = protection.off.mapped(through: targets)
      effects.protection = on.subtracting(table.protected)
        .union(off.intersection(table.protected))
    }
    updated = effects.flips.reduce(into: RowSet()) { $0.formUnion($1.rows) }
    updated.formUnion(effects.protection)
    for cells in effects.cells { updated.formUnion(cells.rows) }
    updated.formUnion(RowSet(effects.renames.lazy.map(\.row)))
    updated.subtract(new)
    already = found.count - protected - updated.count
  }

  /// How many of the names that several subaccounts come to have are told.
  private static let namesShown = 3

  /// Names need not be unique, but statements that use one of several want an id.
  private mutating func noteSharedNames(in table: Table) {
    var given = effects.created.names
    for rename in effects.renames { given.append(rename.new) }
    if given.isEmpty { return }
    let renamed = RowSet(effects.renames.lazy.map(\.row))
    let match = table.match(given, with: .name)
    var places = match.shared + match.repeats.map(\.second)
    for (place, row) in match.rows.enumerated()
    where row != KeyMatch.noRow && !renamed.contains(Row(row)) {
      places.append(place)
    }
    var names: [Text] = []
    var seen: Set<Text> = []
    for place in places.sorted() where seen.insert(given[place]).inserted {
      if names.count < ImportMerge.namesShown { names.append(given[place]) }
    }
    if !seen.isEmpty { notes.append(.sharedNames(names, count: seen.count)) }
  }

  private mutating func mergePermissions(
    _ file: ImportedSubaccounts, _ table: Table, _ targets: RowNumbers, new: RowSet
  ) {
    var unsaid = table.catalog.alwaysEnabled
    for column in file.permissions.sorted(by: { $0.permission < $1.permission }) {
      let permission = table.catalog[column.permission]
      var on = column.on.mapped(through: targets)
      var off = column.off.mapped(through: targets)
      if permission.isAlwaysEnabled {
        unsaid.remove(column.permission)
        if !off.isEmpty {
          notes.append(.alwaysEnabled(permission.canonicalName, rows: off.count))
        }
        off = RowSet()
        on.formUnion(new)
      }
      addFlips(of: column.permission, on: on, off: off, table)
    }
    for permission in unsaid { addFlips(of: permission, on: new, off: RowSet(), table) }
    effects.flips.sort { $0.permission < $1.permission }
  }

  private mutating func addFlips(
    of permission: PermissionNumber, on: RowSet, off: RowSet, _ table: Table
  ) {
    let flipped = table.flips(setting: permission, to: true, for: on)
      .union(table.flips(setting: permission, to: false, for: off))
    if !flipped.isEmpty {
      effects.flips.append(PermissionFlips(permission: permission, rows: flipped))
    }
  }

  private mutating func mergeAttributes(
    _ file: ImportedSubaccounts, _ table: Table, _ targets: RowNumbers
  ) throws(ImportProblem) {
    for column in file.attributes {
      let (rows, values) = column.values.mapped(through: targets)
      if let number = table.attribute(named: column.definition.name) {
        let type = table.attributes[number.value].type
        guard type == values.type else {
          throw .otherType(
            attribute: column.definition.name, store: type.word, file: values.type.word)
        }
        if let cells = table.cells(setting: number, for: rows, to: values) {
          effects.cells.append(cells)
        }
      } else if !rows.isEmpty {
        // A column without a value has no type yet, so it makes no attribute.
        let number = AttributeNumber(table.attributes.count + effects.addedAttributes.count)
        effects.addedAttributes.append(column.definition)
        effects.cells.append(
          AttributeCells(
            attribute: number, rows: rows, old: ValueColumn(type: values.type, count: rows.count),
            new: values))
      }
    }
    effects.cells.sort { $0.attribute.value < $1.attribute.value }
  }
}
