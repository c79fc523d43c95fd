import Diagnostics

/// Who, and which permissions.
///
///     WHO    = ( "all" | REF { "," REF } ) { FILTER } | FILTER { FILTER }
///     REF    = text | id | variable | "those"
///     FILTER = PERMISSION_TEST | "where" CONDITION | "except" ( REF { "," REF } | "(" WHO ")" )
///     PERMS  = PERM { "," PERM } [ "without" PERM { "," PERM } ]
///     PERM   = name | part "." part | part "." "*" | "*" | text | variable
extension Parser {
  /// Whether a WHO begins here: where it may be left out.
  mutating func atSelection() -> Bool {
    switch token.kind {
    case .text, .id, .variable: return true
    default:
      look(for: .reference)
      return at(.all) || at(.those) || at(.having) || at(.lacking) || at(.where) || at(.except)
    }
  }

  mutating func optionalSelection() throws(Abandoned) -> Selection? {
    atSelection() ? try selection() : nil
  }

  mutating func selection() throws(Abandoned) -> Selection {
    let start = token.lower
    let base: Selection.Base
    if atReference() {
      base = .references(try references())
    } else if take(.all) {
      base = .all
    } else if atFilter() {
      base = .filtersAlone
    } else {
      try failExpected(.selection)
    }
    var filters: [Filter] = []
    while atFilter() { filters.append(try filter()) }
    return Selection(base: base, filters: filters, place: place(from: start))
  }

  private mutating func atReference() -> Bool {
    switch token.kind {
    case .text, .id, .variable: return true
    default:
      look(for: .reference)
      return at(.those)
    }
  }

  mutating func references() throws(Abandoned) -> [Reference] {
    try list { parser throws(Abandoned) in try parser.reference() }
  }

  mutating func reference() throws(Abandoned) -> Reference {
    let reference = try writtenReference()
    recorder?.note(.reference(reference))
    return reference
  }

  private mutating func writtenReference() throws(Abandoned) -> Reference {
    let token = token
    let place = Place(token.lower, token.upper)
    switch token.kind {
    case .text:
      try refuseLongName()
      advance()
      return Reference(.name(text(of: token)), at: place)
    case .id:
      advance()
      return Reference(.id(text(of: token)), at: place)
    case .variable:
      advance()
      return Reference(.variable(text(of: token)), at: place)
    default:
      look(for: .reference)
      guard take(.those) else { try failExpected(.reference) }
      return Reference(.those, at: place)
    }
  }

  private mutating func atFilter() -> Bool {
    at(.where) || at(.having) || at(.lacking) || at(.except)
  }

  private mutating func filter() throws(Abandoned) -> Filter {
    if take(.where) { return .condition(try condition()) }
    guard take(.except) else { return .permissions(try permissionTest()) }
    guard token.kind == .openParenthesis else { return .exceptReferences(try references()) }
    try deeper()
    defer { depth -= 1 }
    let opening = token.range
    advance()
    let selection = try selection()
    try closeParenthesis(opening)
    return .exceptSelection(selection)
  }

  /// `( "having" | "lacking" ) [ "any" ] PERMS`.
  mutating func permissionTest() throws(Abandoned) -> PermissionTest {
    let start = token.lower
    let verb: PermissionTest.Verb
    if take(.having) {
      verb = .having
    } else {
      try expect(.lacking)
      verb = .lacking
    }
    return try permissionTest(verb, from: start)
  }

  /// The rest of a test whose verb, from `start` on, has been taken.
  mutating func permissionTest(
    _ verb: PermissionTest.Verb, from start: Int
  ) throws(Abandoned) -> PermissionTest {
    let any = take(.any)
    let permissions = try permissionList()
    return PermissionTest(
      verb: verb, any: any, permissions: permissions, place: place(from: start))
  }

  mutating func closeParenthesis(_ opening: SourceRange) throws(Abandoned) {
    if take(.closeParenthesis) { return }
    if token.kind == .endOfInput { try failUnclosed(.parenthesis, opening) }
    try failExpected(.sign(")"))
  }
}

// MARK: - Permissions

extension Parser {
  /// Whether a PERMS begins here: where it may be left out.
  func atPermissionList() -> Bool {
    switch token.kind {
    case .text, .variable, .star, .quotedName: true
    case .word: isBareName(token) || isDotted(token)
    default: false
    }
  }

  mutating func optionalPermissionList() throws(Abandoned) -> PermissionList? {
    look(for: .permission)
    return atPermissionList() ? try permissionList() : nil
  }

  mutating func permissionList() throws(Abandoned) -> PermissionList {
    let start = token.lower
    let included = try list { parser throws(Abandoned) in try parser.permissionName() }
    var excluded: [PermissionName] = []
    if take(.without) {
      excluded = try list { parser throws(Abandoned) in try parser.permissionName() }
    }
    return PermissionList(included: included, excluded: excluded, place: place(from: start))
  }

  mutating func permissionName() throws(Abandoned) -> PermissionName {
    let name = try writtenPermission()
    recorder?.note(.permission(name))
    return name
  }

  private mutating func writtenPermission() throws(Abandoned) -> PermissionName {
    let token = token
    switch token.kind {
    case .word, .quotedName:
      if isDotted(token) { return try dottedPermission() }
      let name = try bareName(.permission)
      if self.token.kind == .dot {
        try fail(.spacedDot, at: SourceRange(previousUpper, self.token.lower))
      }
      return PermissionName(.bare(name), at: place(from: token.lower))
    case .star:
      advance()
      return PermissionName(.everything, at: place(from: token.lower))
    case .text:
      try refuseLongName()
      advance()
      return PermissionName(.label(text(of: token)), at: place(from: token.lower))
    case .variable:
      advance()
      return PermissionName(.variable(text(of: token)), at: place(from: token.lower))
    default:
      look(for: .permission)
      try failExpected(.permission)
    }
  }

  /// `agent_types.outbound` or `integrations.*`.
  private mutating func dottedPermission() throws(Abandoned) -> PermissionName {
    let start = token.lower
    let area = try areaAndDot()
    if take(.star) { return PermissionName(.area(area), at: place(from: start)) }
    let field = try field()
    return PermissionName(.canonical(area: area, field: field), at: place(from: start))
  }

  /// `area.field`, as `create permission` and `columns` take it.
  mutating func canonicalName() throws(Abandoned) -> (area: Text, field: Text, place: Place) {
    let start = token.lower
    look(for: .area)
    guard token.kind == .word || token.kind == .quotedName, isDotted(token) else {
      try failExpected(.newPermission)
    }
    let area = try areaAndDot()
    let field = try field()
    return (area, field, place(from: start))
  }

  /// A word, any word, and the dot after it, with no space before what follows.
  private mutating func areaAndDot() throws(Abandoned) -> Text {
    let area = text(of: token)
    advance()
    advance()
    if token.lower > previousUpper, token.kind != .endOfInput {
      try fail(.spacedDot, at: SourceRange(previousUpper, token.lower))
    }
    return area
  }

  /// A word, any word, after a dot.
  private mutating func field() throws(Abandoned) -> Text {
    let token = token
    guard token.kind == .word || token.kind == .quotedName else { try failExpected(.permission) }
    advance()
    return text(of: token)
  }

  /// Whether a dot stands right behind the current token.
  func isDotted(_ token: Token) -> Bool {
    let bytes = source.bytes
    guard token.upper < bytes.count, bytes[token.upper] == UInt8(ascii: ".") else { return false }
    return token.upper + 1 == bytes.count || bytes[token.upper + 1] != UInt8(ascii: ".")
  }
}
