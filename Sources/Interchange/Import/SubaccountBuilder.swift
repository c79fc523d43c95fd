import Diagnostics
import Evaluation
import Permissions
import Storage

/// What a column or key of a file is about.
enum FileField: Hashable {
  case id
  case name
  case created
  case protection
  /// Its place among the builder's attributes.
  case attribute(Int)
  case permission(PermissionNumber)
}

/// Collects the subaccounts of a file, row by row, into columns.
///
/// Cells are only lent; a row costs no allocation of its own.
struct SubaccountBuilder {
  /// No id and no name is longer, in bytes.
  static let nameLimit = 1024

  private(set) var rowCount = 0
  private(set) var attributes: [AttributeCollector] = []
  private var attributePlaces: [Text: Int] = [:]
  private var ids: TextColumn?
  private var names: TextColumn?
  private var created: ValueCollector?
  private var permissions: FlagCollector
  private var protection = FlagCollector(count: 1)
  private var usedPermissions = PermissionSet()
  private var hasProtection = false
  private var lines: [UInt32] = []
  private let known: [AttributeDefinition]

  init(catalog: Catalog, attributes: [AttributeDefinition]) {
    known = attributes
    permissions = FlagCollector(count: catalog.count)
  }

  /// The type that the store gives an attribute; nil where it does not know it.
  func knownType(of name: Text) -> AttributeType? {
    known.first { $0.name == name }?.type
  }

  /// The place of an attribute, which is made where it is new.
  mutating func attribute(named name: Text) -> Int {
    if let place = attributePlaces[name] { return place }
    attributePlaces[name] = attributes.count
    attributes.append(AttributeCollector(name: name, known: knownType(of: name)))
    return attributes.count - 1
  }

  /// Says that the file has this, even if no row does.
  mutating func announce(_ field: FileField) {
    switch field {
    case .id: ids = ids ?? TextColumn()
    case .name: names = names ?? TextColumn()
    case .created: created = created ?? ValueCollector(type: .time)
    case .protection: hasProtection = true
    case .permission(let number): usedPermissions.insert(number)
    case .attribute: break
    }
  }

  /// Takes a cell of the row that is being read.
  mutating func set(
    _ field: FileField, _ cell: Span<UInt8>, form: CellForm = .bare
  ) throws(InterchangeProblem) {
    switch field {
    case .permission(let number):
      switch FlagText.read(cell) {
      case .on: permissions.set(number.value, to: true)
      case .off: permissions.set(number.value, to: false)
      case .empty: break
      case .other: throw .unfit(Excerpt.of(cell), wanted: .flag)
      }
    case .attribute(let place): try attributes[place].set(cell, form: form, row: rowCount)
    case .id:
      guard cell.count <= Self.nameLimit else { throw .nameTooLong }
      ids?.append(cell, at: rowCount)
    case .name:
      guard cell.count <= Self.nameLimit else { throw .nameTooLong }
      names?.append(cell, at: rowCount)
    case .created: try setCreated(cell)
    case .protection:
      switch FlagText.read(cell) {
      case .on: protection.set(0, to: true)
      case .off: protection.set(0, to: false)
      case .empty: break
      case .other: throw .unfit(Excerpt.of(cell), wanted: .flag)
      }
    }
  }

  private mutating func setCreated(_ cell: Span<UInt8>) throws(InterchangeProblem) {
    let word = cell.extracting(cell.withinSpaces)
    if word.isEmpty { return }
    guard let time = Moment.parse(word) else { throw .unfit(Excerpt.of(cell), wanted: .time) }
    setCreated(time.moment.milliseconds)
  }

  mutating func setCreated(_ milliseconds: Int64) {
    guard let count = created?.count, count <= rowCount else { return }
    created?.appendUnset(rowCount - count)
    created?.append(time: milliseconds)
  }

  /// Turns a permission of the row that is being read on or off.
  mutating func set(_ permission: PermissionNumber, to flag: Bool) {
    permissions.set(permission.value, to: flag)
  }

  /// Whether the row that is being read says something of it already.
  func hasValue(_ field: FileField) -> Bool {
    switch field {
    case .id: (ids?.count ?? 0) > rowCount
    case .name: (names?.count ?? 0) > rowCount
    case .created: (created?.count ?? 0) > rowCount
    case .protection: protection.hasValue(0)
    case .attribute(let place): attributes[place].hasValue(rowCount)
    case .permission(let number): permissions.hasValue(number.value)
    }
  }

  /// The row that is being read is complete.
  mutating func endRow(line: Int) {
    lines.append(UInt32(clamping: line))
    rowCount += 1
    permissions.next()
    protection.next()
  }

  /// Makes room for as many times the rows that there are.
  mutating func reserve(_ factor: Double) {
    ids?.reserve(factor)
    names?.reserve(factor)
    created?.reserve(factor)
    for place in attributes.indices { attributes[place].reserve(factor) }
  }

  /// Takes cells of one permission after another from the beginning of some bytes, each with the comma
  /// behind it, as long as they are spelled as most files do.
  ///
  /// - Returns: how many cells, and where the last one's comma ends.
  @inline(__always)
  mutating func setFlags(
    from first: PermissionNumber, atMost limit: Int, _ bytes: Span<UInt8>, at start: Int
  ) -> (count: Int, end: Int) {
    permissions.setRun(first.value, limit, bytes, at: start)
  }

  /// The same columns without rows.
  var emptied: SubaccountBuilder {
    var builder = self
    builder.rowCount = 0
    builder.lines = []
    builder.ids = ids.map { _ in TextColumn() }
    builder.names = names.map { _ in TextColumn() }
    builder.created = created.map { ValueCollector(type: $0.type) }
    builder.attributes = attributes.map(\.emptied)
    builder.permissions = permissions.emptied
    builder.protection = protection.emptied
    return builder
  }

  /// Writes the rows as what a helper has collected.
  mutating func write(to output: inout HelperOutput) {
    pad()
    output.write(lines)
    ids?.write(to: &output)
    names?.write(to: &output)
    created?.write(to: &output)
    for attribute in attributes { attribute.write(to: &output) }
    permissions.write(to: &output)
    protection.write(to: &output)
  }

  /// Appends a helper's rows, whose lines are so many further down the file; no row can follow them.
  mutating func append(
    from input: inout HelperInput, linesBefore: Int
  ) throws(HelperLost) {
    pad()
    let first = rowCount
    try input.read(into: &lines, filler: 0)
    rowCount = lines.count
    for row in first..<rowCount { lines[row] = UInt32(clamping: Int(lines[row]) + linesBefore) }
    try ids?.append(from: &input)
    try names?.append(from: &input)
    try created?.append(from: &input, at: first)
    for place in attributes.indices { try attributes[place].append(from: &input, at: first) }
    try permissions.append(from: &input, at: first, total: rowCount)
    try protection.append(from: &input, at: first, total: rowCount)
  }

  /// Brings the columns that must be complete to the same length.
  private mutating func pad() {
    permissions.flush()
    protection.flush()
    ids?.pad(to: rowCount)
    names?.pad(to: rowCount)
  }

  /// Everything that was collected.
  mutating func finish(file: Text, notes: ImportNotes) -> ImportedSubaccounts {
    pad()
    ids?.arrange()
    names?.arrange()
    var columns: [ImportedSubaccounts.AttributeColumn] = []
    var newColumns: [(name: Text, type: AttributeType?)] = []
    for place in attributes.indices {
      let values = attributes[place].finish(rowCount: rowCount)
      let attribute = attributes[place]
      if attribute.isNew { newColumns.append((attribute.name, values?.type)) }
      guard let values else { continue }
      columns.append(
        ImportedSubaccounts.AttributeColumn(
          definition: AttributeDefinition(name: attribute.name, type: values.type), values: values))
    }
    return ImportedSubaccounts(
      rowCount: rowCount, ids: ids, names: names, created: created?.finish(rowCount: rowCount),
      attributes: columns,
      permissions: usedPermissions.map { number in
        ImportedSubaccounts.PermissionColumn(
          permission: number, on: permissions.on(number.value), off: permissions.off(number.value))
      },
      protection: hasProtection ? (protection.on(0), protection.off(0)) : nil, lines: lines,
      notes: notes.diagnostics(of: file, newColumns: newColumns))
  }
}

extension TextColumn {
  /// Appends a row's text; rows that were passed over get empty ones.
  fileprivate mutating func append(_ bytes: Span<UInt8>, at row: Int) {
    pad(to: row)
    append(bytes: bytes)
  }

  fileprivate mutating func pad(to count: Int) {
    while self.count < count { append(Text("")) }
  }
}
