import Diagnostics
import Evaluation
import Permissions
import Storage

/// How the subaccounts of a JSON file are strung together.
enum JSONLayout {
  /// One value: an array of subaccounts, one subaccount, or a response of the Subaccounts API.
  case single
  /// One subaccount a line.
  case lines
  /// Either of them, as the file turns out.
  case unknown
}

/// Reads a JSON file of subaccounts.
///
/// It takes what `export` writes and what `show subaccounts` prints: `permissions` may be an object of
/// names and flags, or an array of the names that are on, which says nothing of the others. And it
/// takes the answers of the Subaccounts API as they are.
struct JSONImport<Source: ByteSource> {
  private var reader: JSONReader<Source>
  private var staging: JSONStaging
  private let layout: JSONLayout

  init(
    _ source: Source, layout: JSONLayout, catalog: Catalog, attributes: [AttributeDefinition]
  ) {
    reader = JSONReader(source)
    staging = JSONStaging(catalog: catalog, attributes: attributes)
    self.layout = layout
  }

  /// Reads everything.
  mutating func read(file: Text) throws(Misread) -> ImportedSubaccounts {
    try reader.begin()
    guard let first = try reader.peekPastSpace() else { throw Misread(.empty) }
    switch first {
    case 0x5B:
      if layout == .lines { throw try reader.unexpected("an object on each line") }
      try readArray(isResponse: false)
      if try reader.peekPastSpace() != nil { throw try trailing() }
    case 0x7B:
      try readObjects()
    default:
      throw try reader.unexpected("'[' or '{'")
    }
    return staging.finish(file: file)
  }

  private mutating func trailing() throws(Misread) -> Misread {
    let unexpected = try reader.unexpected("the end")
    guard case .json(.expected(_, let found)) = unexpected.problem else { return unexpected }
    return Misread(
      .json(.trailing(found)), line: unexpected.line, column: unexpected.column)
  }

  /// One object, or one on each line.
  private mutating func readObjects() throws(Misread) {
    var lastLine = 0
    var count = 0
    while let byte = try reader.peekPastSpace() {
      if count > 0 && layout == .single { throw try trailing() }
      guard byte == 0x7B else { throw try reader.unexpected("an object") }
      guard reader.line() > lastLine else {
        throw try reader.unexpected("the next object on a line of its own")
      }
      let isRow = try readSubaccount(mayBeResponse: count == 0, isResponse: false)
      lastLine = reader.line()
      count += 1
      if !isRow {
        if try reader.peekPastSpace() != nil { throw try trailing() }
        return
      }
    }
  }

  private mutating func readArray(isResponse: Bool) throws(Misread) {
    reader.advance()
    if try reader.take(0x5D) { return }
    repeat {
      guard try reader.peekPastSpace() == 0x7B else { throw try reader.unexpected("an object") }
      _ = try readSubaccount(mayBeResponse: false, isResponse: isResponse)
    } while try reader.take(0x2C)
    try reader.expect(0x5D, "',' or ']'")
  }

  /// Reads an object; false where it was not a subaccount itself but a response that holds some.
  private mutating func readSubaccount(
    mayBeResponse: Bool, isResponse: Bool
  ) throws(Misread) -> Bool {
    let line = reader.line()
    staging.begin(line: line, isResponse: isResponse)
    var heldOthers = false
    reader.advance()
    if try !reader.take(0x7D) {
      var position = 0
      repeat {
        try reader.readKey()
        if mayBeResponse, reader.text.elementsEqual("response".utf8),
          try reader.peekPastSpace() == 0x7B
        {
          guard !heldOthers else { throw reader.misread(.duplicateKey("response")) }
          heldOthers = true
          try readResponse()
          continue
        }
        let key = try stageKey(at: position)
        position += 1
        try readValue(of: key)
      } while try reader.take(0x2C)
      try reader.expect(0x7D, "',' or '}'")
    }
    if heldOthers { return false }
    do { try staging.commit() } catch { throw error.at(line: line) }
    return true
  }

  /// Reads what stands under `response`: a list of subaccounts, or the one that was just created.
  private mutating func readResponse() throws(Misread) {
    staging.forget()
    let line = reader.line()
    staging.begin(line: line, isResponse: true)
    var hasList = false
    reader.advance()
    if try !reader.take(0x7D) {
      var position = 0
      repeat {
        try reader.readKey()
        if reader.text.elementsEqual("subaccounts".utf8) {
          guard !hasList else { throw reader.misread(.duplicateKey("subaccounts")) }
          hasList = true
          guard try reader.peekPastSpace() == 0x5B else {
            throw try reader.unexpected("an array of subaccounts")
          }
          try readArray(isResponse: true)
          staging.begin(line: line, isResponse: true)
          continue
        }
        let key = try stageKey(at: position)
        position += 1
        try readValue(of: key)
      } while try reader.take(0x2C)
      try reader.expect(0x7D, "',' or '}'")
    }
    if hasList {
      staging.forget()
    } else {
      do { try staging.commit() } catch { throw error.at(line: line) }
    }
    // What stands beside `response` says how the call went, nothing of a subaccount.
    staging.begin(line: line, isResponse: true)
  }

  private mutating func stageKey(at position: Int) throws(Misread) -> Int {
    let text = reader.text
    do {
      return try staging.key(text.span, at: position)
    } catch {
      throw reader.misread(error)
    }
  }

  /// Reads one value into the staged row.
  private mutating func readValue(of key: Int) throws(Misread) {
    guard let byte = try reader.peekPastSpace() else {
      throw reader.misread(.json(.unexpectedEnd))
    }
    if staging.isPermissions(key) {
      try readPermissions(byte)
      return
    }
    switch byte {
    case 0x22:
      try reader.readText()
      if reader.text.contains(0) {
        throw reader.misread(.json(.nul), name: staging.name(of: key))
      }
      staging.stage(key, reader.text, form: reader.isMarked ? .text : .string)
    case 0x74:
      try reader.takeWord("true")
      staging.stage(key, reader.text, form: .bare)
    case 0x66:
      try reader.takeWord("false")
      staging.stage(key, reader.text, form: .bare)
    case 0x6E:
      try reader.takeWord("null")
      staging.stageNull(key)
    case 0x2D, 0x30...0x39:
      try reader.readNumber()
      staging.stage(key, reader.text, form: .number)
    case 0x7B, 0x5B:
      staging.stageNested(key)
      try reader.skipValue(depth: 3)
    default:
      throw try reader.unexpected("a value")
    }
  }

  private mutating func readPermissions(_ first: UInt8) throws(Misread) {
    switch first {
    case 0x7B: try readPermissionFlags()
    case 0x5B: try readPermissionNames()
    case 0x6E: try reader.takeWord("null")
    default:
      let place = reader.misread(.json(.unexpectedEnd))
      let found = try reader.unexpected("")
      guard case .json(.expected(_, let text)) = found.problem else { throw found }
      throw Misread(
        .unfit(text, wanted: .namesOfPermissions), line: place.line, column: place.column,
        name: "permissions")
    }
  }

  private mutating func readPermissionFlags() throws(Misread) {
    reader.advance()
    if try reader.take(0x7D) { return }
    var position = 0
    repeat {
      try reader.readKey()
      let permission = try permission(at: position)
      position += 1
      let flag: Bool?
      switch try reader.peekPastSpace() {
      case 0x74:
        try reader.takeWord("true")
        flag = true
      case 0x66:
        try reader.takeWord("false")
        flag = false
      case 0x6E:
        try reader.takeWord("null")
        flag = nil
      default: throw try reader.unexpected("true, false or null")
      }
      try stage(permission, flag)
    } while try reader.take(0x2C)
    try reader.expect(0x7D, "',' or '}'")
  }

  private mutating func readPermissionNames() throws(Misread) {
    reader.advance()
    if try reader.take(0x5D) { return }
    var position = 0
    repeat {
      guard try reader.peekPastSpace() == 0x22 else {
        throw try reader.unexpected("the name of a permission")
      }
      try reader.readText()
      let permission = try permission(at: position)
      position += 1
      try stage(permission, true)
    } while try reader.take(0x2C)
    try reader.expect(0x5D, "',' or ']'")
  }

  private mutating func permission(at position: Int) throws(Misread) -> PermissionNumber {
    let text = reader.text
    do {
      return try staging.permission(text.span, at: position)
    } catch {
      throw reader.misread(error)
    }
  }

  private mutating func stage(_ permission: PermissionNumber, _ flag: Bool?) throws(Misread) {
    do {
      try staging.stage(permission, flag)
    } catch {
      throw reader.misread(error)
    }
  }
}
