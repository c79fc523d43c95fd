package import Diagnostics
package import Permissions

/// The agency at one moment: subaccounts by permissions, and their attributes.
///
/// Mutated only by applying and reverting effects. Copies are cheap until one of them is mutated,
/// which then copies each column that it touches: hold no copy across a write.
package struct Table: Sendable {
  package private(set) var catalog: Catalog
  package private(set) var attributes: [AttributeDefinition]
  package private(set) var definitions: [Definition] = []
  package private(set) var rowCount = 0
  private(set) var liveRows = Bitmap()
  private(set) var protectedRows = Bitmap()
  /// A bitmap for each permission; those of deleted rows stay as they were.
  private(set) var bits: [Bitmap]
  private(set) var columns: [ValueColumn]
  private(set) var ids = PatchedTexts()
  private(set) var names = PatchedTexts()
  private(set) var createdTimes = PlainColumn<Int64>()
  private(set) var inheritance = Inheritance()
  /// What is derived from the columns when it is first asked for.
  var lookups = Lookups()

  package init(
    catalog: Catalog = .standard, attributes: [AttributeDefinition] = AttributeDefinition.standard
  ) {
    self.catalog = catalog
    self.attributes = attributes
    bits = Array(repeating: Bitmap(), count: catalog.count)
    columns = attributes.map { ValueColumn(type: $0.type) }
  }

  /// What a table is made of besides what it is made for: all read from a file.
  struct Parts {
    var rowCount: Int
    var definitions: [Definition]
    var live: Bitmap
    var protected: Bitmap
    var bits: [Bitmap]
    var columns: [ValueColumn]
    var ids: TextColumn
    var names: TextColumn
    var createdTimes: PlainColumn<Int64>
    var inheritance: Inheritance
  }

  /// Takes parts that fit each other: a bitmap for each permission, a column for each attribute, and
  /// texts and times for as many rows as there are.
  init(catalog: Catalog, attributes: [AttributeDefinition], _ parts: Parts) {
    self.catalog = catalog
    self.attributes = attributes
    definitions = parts.definitions
    rowCount = parts.rowCount
    liveRows = parts.live
    protectedRows = parts.protected
    bits = parts.bits
    columns = parts.columns
    ids = PatchedTexts(parts.ids)
    names = PatchedTexts(parts.names)
    createdTimes = parts.createdTimes
    inheritance = parts.inheritance
  }
}

// MARK: - Questions about rows

extension Table {
  package var live: RowSet {
    liveRows.count == rowCount
      ? RowSet(0..<UInt32(rowCount)) : RowSet(form: .bitmap(liveRows))
  }

  /// Live rows that are protected.
  package var protected: RowSet { liveOnly(protectedRows) }

  /// The most recently created live row, whose permissions a new one inherits.
  package var newest: Row? { Table.newest(of: liveRows, rowCount) }

  static func newest(of liveRows: Bitmap, _ rowCount: Int) -> Row? {
    guard let last = liveRows.last else { return nil }
    // All that a file says is verified where it says of rows that are not there.
    return (last < rowCount ? last : liveRows.counted.last).map { Row(UInt32($0)) }
  }

  package func isLive(_ row: Row) -> Bool { liveRows.contains(row.index) }

  package func isProtected(_ row: Row) -> Bool { protectedRows.contains(row.index) }

  /// Live rows that have a permission.
  package func holders(of permission: PermissionNumber) -> RowSet {
    liveOnly(bits[permission.value])
  }

  package func has(_ permission: PermissionNumber, _ row: Row) -> Bool {
    bits[permission.value].contains(row.index)
  }

  package func permissions(of row: Row) -> PermissionSet {
    var set = PermissionSet()
    for value in bits.indices where bits[value].contains(row.index) {
      set.insert(PermissionNumber(value))
    }
    return set
  }

  package func permissionCount(of row: Row) -> Int {
    var count = 0
    for bitmap in bits where bitmap.contains(row.index) { count += 1 }
    return count
  }

  package func id(of row: Row) -> Text { ids[row.index] }

  package func name(of row: Row) -> Text { names[row.index] }

  /// Milliseconds since 1970-01-01T00:00Z.
  package func created(of row: Row) -> Int64 { createdTimes[row.index] }

  /// The row whose permissions this one was given when it was made, or nil.
  package func inheritedFrom(_ row: Row) -> Row? {
    inheritance.source(of: row)
  }

  /// Lends the bytes of an id: no string is made.
  package func withID<Result>(of row: Row, _ body: (Span<UInt8>) -> Result) -> Result {
    ids.withBytes(of: row.index, body)
  }

  /// Lends the bytes of a name: no string is made.
  package func withName<Result>(of row: Row, _ body: (Span<UInt8>) -> Result) -> Result {
    names.withBytes(of: row.index, body)
  }

  package func value(of attribute: AttributeNumber, in row: Row) -> AttributeValue? {
    let column = columns[attribute.value]
    return row.index < column.count ? column[row.index] : nil
  }

  /// Lends the bytes of a text attribute; nil where it is unset.
  package func withText<Result>(
    of attribute: AttributeNumber, in row: Row, _ body: (Span<UInt8>) -> Result
  ) -> Result? {
    columns[attribute.value].withText(at: row.index, body)
  }

  /// The attribute of exactly this name.
  package func attribute(named name: Text) -> AttributeNumber? {
    attributes.firstIndex { $0.name == name }.map(AttributeNumber.init)
  }

  /// The members of a bitmap that are live.
  func liveOnly(_ bitmap: Bitmap) -> RowSet { liveOnly(RowSet(form: .bitmap(bitmap))) }

  /// Those of some rows that are live.
  func liveOnly(_ rows: RowSet) -> RowSet {
    liveRows.count == rowCount ? rows : rows.intersection(RowSet(form: .bitmap(liveRows)))
  }
}

// MARK: - Effects

extension Table {
  /// Does what effects say; they must fit the table.
  package mutating func apply(_ effects: Effects) {
    for permission in effects.addedPermissions {
      catalog.add(permission)
      bits.append(Bitmap())
    }
    for attribute in effects.addedAttributes {
      attributes.append(attribute)
      columns.append(ValueColumn(type: attribute.type))
    }
    create(effects.created)
    liveRows.subtract(effects.deleted)
    liveRows.formUnion(effects.restored)
    flip(effects)
    rename(effects.renames.lazy.map { ($0.row, $0.new) }, of: effects)
    for cells in effects.cells {
      store(cells.new, of: cells.attribute, at: cells.rows)
    }
    for change in effects.definitions { replace(change.old, by: change.new) }
  }

  /// Takes back the effects that were applied last.
  package mutating func revert(_ effects: Effects) {
    for change in effects.definitions.reversed() { replace(change.new, by: change.old) }
    for cells in effects.cells.reversed() {
      store(cells.old, of: cells.attribute, at: cells.rows)
    }
    rename(effects.renames.reversed().lazy.map { ($0.row, $0.old) }, of: effects)
    flip(effects)
    liveRows.subtract(effects.restored)
    liveRows.formUnion(effects.deleted)
    removeLast(effects.created.count)
    for _ in effects.addedAttributes {
      attributes.removeLast()
      columns.removeLast()
    }
    for _ in effects.addedPermissions {
      catalog.removeLast()
      bits.removeLast()
    }
  }

  /// Flips a cell, and says whether it was on; nil where there is no such cell.
  mutating func flip(_ flip: CellFlip) -> Bool? {
    let number = flip.permission.value
    guard number < bits.count, flip.row.index < rowCount else { return nil }
    let wasOn = bits[number].contains(flip.row.index)
    bits[number].flip(flip.row.index)
    return wasOn
  }

  private mutating func flip(_ effects: Effects) {
    for flips in effects.flips { bits[flips.permission.value].flip(flips.rows) }
    protectedRows.flip(effects.protection)
  }

  private mutating func create(_ created: CreatedRows) {
    guard created.count > 0 else { return }
    precondition(created.ids.count == created.count && created.names.count == created.count)
    let first = rowCount
    lookups.willChange()
    ids.append(contentsOf: created.ids)
    names.append(contentsOf: created.names)
    createdTimes.append(contentsOf: created.times)
    rowCount += created.count
    liveRows.formUnion(first..<rowCount)
    if let source = created.inheritedFrom {
      inheritance.append(UInt32(first)..<UInt32(rowCount), from: source)
    }
  }

  /// Takes back the creation of the last rows.
  mutating func removeLast(_ count: Int) {
    guard count > 0 else { return }
    lookups.removing(rowCount - count..<rowCount, ids: ids, names: names)
    rowCount -= count
    inheritance.truncate(to: rowCount)
    ids.removeLast(count)
    names.removeLast(count)
    createdTimes.truncate(to: rowCount)
    liveRows.truncate(to: rowCount)
    protectedRows.truncate(to: rowCount)
    for index in bits.indices { bits[index].truncate(to: rowCount) }
    for index in columns.indices where columns[index].count > rowCount {
      columns[index].resize(to: rowCount)
    }
  }

  private mutating func rename(
    _ renames: some Sequence<(row: Row, name: Text)>, of effects: Effects
  ) {
    guard !effects.renames.isEmpty else { return }
    lookups.willChange()
    for (row, name) in renames { names.replace(row.index, by: name) }
  }

  private mutating func store(
    _ values: ValueColumn, of attribute: AttributeNumber, at rows: RowSet
  ) {
    if columns[attribute.value].count < rowCount {
      columns[attribute.value].resize(to: rowCount)
    }
    columns[attribute.value].assign(values, at: rows)
  }

  /// Definitions are kept in the order of their names; policies, a name space of their own, last.
  private mutating func replace(_ old: Definition?, by new: Definition?) {
    if let old { definitions.removeAll { Table.order($0) == Table.order(old) } }
    guard let new else { return }
    let place = definitions.firstIndex { Table.order(new) < Table.order($0) }
    definitions.insert(new, at: place ?? definitions.count)
  }

  private static func order(_ definition: Definition) -> (Int, Text) {
    (definition.kind == .policy ? 1 : 0, definition.name)
  }
}
