import Diagnostics
import Evaluation
import Permissions
import Storage

/// A problem of a staged row: where in the file is known to its reader alone.
struct StagingFailure: Error {
  let problem: InterchangeProblem
  let name: Text?

  func at(line: Int) -> Misread { Misread(problem, line: line, name: name) }
}

/// One object of a JSON file, kept until it is complete.
///
/// Only then is it known whether it comes from the Subaccounts API, where null means no limit, and
/// whether bare names in it are permissions. The bytes are kept side by side and reused, so that an
/// object costs no allocation of its own.
struct JSONStaging {
  private struct Key {
    let bytes: [UInt8]
    let name: Text
    let meaning: FieldMeaning
    /// It names a permission with its area.
    let isFullName: Bool
    let isPermissions: Bool
    /// Only the platform names subaccounts so.
    let isOfAPI: Bool
    /// Set by what the row that is being read says: that row's number.
    var row = -1

    init(bytes: [UInt8], name: Text, meaning: FieldMeaning) {
      self.bytes = bytes
      self.name = name
      self.meaning = meaning
      isFullName = name.utf8.contains(0x2E)
      isPermissions = name == "permissions"
      isOfAPI = name == "subaccount_id"
    }
  }

  private struct Cell {
    let key: Int
    let value: Value
  }

  private enum Value {
    case text(Range<Int>, CellForm)
    case null
    case nested
  }

  private var builder: SubaccountBuilder
  private var notes = ImportNotes()
  private let fieldNames: FieldNames

  private var keys: [Key] = []
  private var keyPlaces: [[UInt8]: Int] = [:]
  /// Which key came at which place of the last objects: objects of one file mostly look alike.
  private var keyOrder: [Int] = []
  private var permissionNames: [(bytes: [UInt8], number: PermissionNumber)] = []
  private var permissionPlaces: [[UInt8]: Int] = [:]
  private var permissionOrder: [Int] = []

  private var cells: [Cell] = []
  private var bytes: [UInt8] = []
  private var permissions: [(number: PermissionNumber, flag: Bool?)] = []
  private var seenPermissions = PermissionSet()
  private var hasPermissions = false
  private var isResponse = false
  private var line = 0
  private var serial = 0

  init(catalog: Catalog, attributes: [AttributeDefinition]) {
    builder = SubaccountBuilder(catalog: catalog, attributes: attributes)
    fieldNames = FieldNames(catalog: catalog, attributes: attributes)
  }

  /// Begins an object.
  mutating func begin(line: Int, isResponse: Bool) {
    forget()
    self.line = line
    self.isResponse = isResponse
  }

  /// Drops what the object that is being read said so far.
  mutating func forget() {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    permissions.removeAll(keepingCapacity: true)
    seenPermissions = PermissionSet()
    hasPermissions = false
    serial += 1
  }

  mutating func finish(file: Text) -> ImportedSubaccounts {
    builder.finish(file: file, notes: notes)
  }
}

// MARK: - Keys

extension JSONStaging {
  /// The most keys that a file may use.
  private static let keyLimit = 10_000

  /// Looks up a key of the object that is being read, which must not have been there.
  mutating func key(_ bytes: Span<UInt8>, at position: Int) throws(InterchangeProblem) -> Int {
    let place = try keyPlace(bytes, at: position)
    guard keys[place].row != serial else { throw .duplicateKey(keys[place].name) }
    keys[place].row = serial
    if isPermissions(place) || keys[place].isFullName { hasPermissions = true }
    return place
  }

  private mutating func keyPlace(
    _ bytes: Span<UInt8>, at position: Int
  ) throws(InterchangeProblem) -> Int {
    if position < keyOrder.count, bytes.matches(keys[keyOrder[position]].bytes) {
      return keyOrder[position]
    }
    let copy = bytes.copied
    let place: Int
    if let known = keyPlaces[copy] {
      place = known
    } else {
      guard keys.count < Self.keyLimit else { throw .json(.tooManyKeys) }
      place = keys.count
      let name = FieldNames.folded(bytes)
      let meaning = try fieldNames.meaning(of: name, besides: [])
      keys.append(Key(bytes: copy, name: name, meaning: meaning))
      keyPlaces[copy] = place
    }
    if position < keyOrder.count {
      keyOrder[position] = place
    } else if position == keyOrder.count {
      keyOrder.append(place)
    }
    return place
  }

  func name(of key: Int) -> Text { keys[key].name }

  func isPermissions(_ key: Int) -> Bool { keys[key].isPermissions }

  /// Looks up a permission's name.
  mutating func permission(
    _ bytes: Span<UInt8>, at position: Int
  ) throws(InterchangeProblem) -> PermissionNumber {
    if position < permissionOrder.count,
      bytes.matches(permissionNames[permissionOrder[position]].bytes)
    {
      return permissionNames[permissionOrder[position]].number
    }
    let copy = bytes.copied
    let place: Int
    if let known = permissionPlaces[copy] {
      place = known
    } else {
      let number = try fieldNames.permission(FieldNames.folded(bytes))
      place = permissionNames.count
      permissionNames.append((copy, number))
      permissionPlaces[copy] = place
    }
    if position < permissionOrder.count {
      permissionOrder[position] = place
    } else if position == permissionOrder.count {
      permissionOrder.append(place)
    }
    return permissionNames[place].number
  }
}

// MARK: - Values

extension JSONStaging {
  mutating func stage(_ key: Int, _ text: [UInt8], form: CellForm) {
    let start = bytes.count
    bytes.append(contentsOf: text)
    cells.append(Cell(key: key, value: .text(start..<bytes.count, form)))
  }

  mutating func stageNull(_ key: Int) {
    cells.append(Cell(key: key, value: .null))
  }

  mutating func stageNested(_ key: Int) {
    cells.append(Cell(key: key, value: .nested))
  }

  mutating func stage(
    _ permission: PermissionNumber, _ flag: Bool?
  ) throws(InterchangeProblem) {
    hasPermissions = true
    guard !seenPermissions.contains(permission) else {
      throw .duplicateKey(fieldNames.canonicalName(of: permission))
    }
    seenPermissions.insert(permission)
    permissions.append((permission, flag))
  }
}

// MARK: - Rows

extension JSONStaging {
  /// The object is complete: it becomes a row.
  mutating func commit() throws(StagingFailure) {
    let isOfAPI = isResponse || cells.contains { keys[$0.key].isOfAPI }
    guard
      cells.contains(where: { keys[$0.key].meaning == .id || keys[$0.key].meaning == .name })
    else { throw StagingFailure(problem: .notSubaccounts, name: nil) }
    for (number, flag) in permissions {
      builder.announce(.permission(number))
      if let flag { builder.set(number, to: flag) }
    }
    for cell in cells { try commit(cell, isOfAPI: isOfAPI) }
    if isOfAPI { readCreationFromID() }
    builder.endRow(line: line)
    forget()
  }

  private mutating func commit(_ cell: Cell, isOfAPI: Bool) throws(StagingFailure) {
    let key = keys[cell.key]
    guard let field = field(of: key, cell.value, isOfAPI: isOfAPI) else { return }
    builder.announce(field)
    if case .null = cell.value, !isUnlimited(field, isOfAPI) { return }
    guard !builder.hasValue(field) else {
      throw StagingFailure(problem: .duplicateKey(key.name), name: nil)
    }
    do throws(InterchangeProblem) {
      switch cell.value {
      case .text(let range, let form):
        let bytes = self.bytes
        try builder.set(field, bytes.span.extracting(range), form: form)
      case .null: try builder.set(field, Array("unlimited".utf8).span)
      case .nested: throw InterchangeProblem.nested(key.name)
      }
    } catch {
      throw StagingFailure(problem: error, name: key.name)
    }
  }

  /// In the platform's answers a quota that is null is no quota at all.
  private func isUnlimited(_ field: FileField, _ isOfAPI: Bool) -> Bool {
    guard isOfAPI, case .attribute(let place) = field else { return false }
    return builder.knownType(of: builder.attributes[place].name) == .quota
  }

  /// What a key of this object is about; nil where its value is left out, with a note.
  private mutating func field(of key: Key, _ value: Value, isOfAPI: Bool) -> FileField? {
    switch key.meaning {
    case .id: return .id
    case .name: return .name
    case .created: return .created
    case .protection: return .protection
    case .secret:
      notes.dropSecret(key.name)
      return nil
    case .ignored:
      notes.ignore(key.name)
      return nil
    case .permission(let number) where key.isFullName || !hasPermissions:
      return .permission(number)
    case .permission, .attribute:
      if isOfAPI {
        if key.name == "user_email" { return .attribute(builder.attribute(named: "email")) }
        if JSONStaging.isLeftOut(key.name, value) {
          notes.drop(key.name)
          return nil
        }
      }
      return .attribute(builder.attribute(named: key.name))
    }
  }

  /// What the platform says that a store does not keep.
  private static func isLeftOut(_ name: Text, _ value: Value) -> Bool {
    if case .nested = value { return true }
    return [
      "agency_id", "members", "pricing_tiers", "subscription", "twilio_connected_successfully",
    ]
    .contains(name)
  }

  /// An id of the platform begins with the milliseconds of its making.
  private mutating func readCreationFromID() {
    guard let cell = cells.first(where: { keys[$0.key].meaning == .id }),
      case .text(let range, _) = cell.value
    else { return }
    builder.announce(.created)
    guard !builder.hasValue(.created),
      let milliseconds = JSONStaging.milliseconds(ofID: bytes[range])
    else { return }
    builder.setCreated(milliseconds)
    notes.createdFromID += 1
  }

  /// The milliseconds of an id such as `1726005822670x239735712159542050`.
  static func milliseconds(ofID id: ArraySlice<UInt8>) -> Int64? {
    let digits = id.prefix { (0x30...0x39).contains($0) }
    guard (12...14).contains(digits.count), digits.endIndex < id.endIndex,
      id[digits.endIndex] == 0x78
    else { return nil }
    let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
    return Moment(milliseconds: value)?.milliseconds
  }
}
