import Diagnostics

/// Statements that bring something new, by hand or from a file.
///
///     CREATE = "create" ( SUBACCOUNTS text { "," text } [ START ] [ "set" ASSIGNMENTS ]
///                       | "permission" part "." part "label" text
///                         ( [ "api" text ] & [ "ui" "only" ] & [ "always" ] ) )
///     START  = "like" REF | "with" PERMS | "with" "nothing"
///     IMPORT = "import" text ( [ "as" FORMAT ] & [ "matching" ( "id" | "name" ) ] )
///     DEFINE = "define" ( variable "as" ( "permissions" PERMS | SUBACCOUNTS WHO )
///                       | "policy" POLICY "as" "no" SUBACCOUNTS WHO )
///     DROP   = "drop" ( variable | "policy" POLICY )
extension Parser {
  mutating func create() throws(Abandoned) -> WriteStatement.Action {
    if take(.permission) { return .createPermission(try createPermission()) }
    guard take(.subaccount) || take(.subaccounts) else { try failExpected(.creation) }
    let names = try list { parser throws(Abandoned) in try parser.namingText() }
    var start = CreateSubaccounts.Start.inherited
    if take(.like) {
      start = .like(try reference())
    } else if take(.with) {
      start = take(.nothing) ? .withNothing : .with(try permissionList())
    }
    // On a new line `set` begins a statement of its own.
    var assignments: [Assignment] = []
    if !token.startsLine || token.kind == .endOfInput, take(.set) {
      assignments = try self.assignments()
    }
    return .create(CreateSubaccounts(names: names, start: start, assignments: assignments))
  }

  private mutating func createPermission() throws(Abandoned) -> CreatePermission {
    let name = try canonicalName()
    try expect(.label)
    let label = try namingText()
    var apiField: Placed<Text>?
    var isUIOnly = false
    var isAlwaysEnabled = false
    while true {
      let before = token.lower
      if take(.api) {
        try once(apiField == nil, .api, at: before)
        apiField = try namingText()
      } else if take(.ui) {
        try once(!isUIOnly, .ui, at: before)
        try expect(.only)
        isUIOnly = true
      } else if take(.always) {
        try once(!isAlwaysEnabled, .always, at: before)
        isAlwaysEnabled = true
      } else {
        break
      }
    }
    return CreatePermission(
      area: name.area, field: name.field, place: name.place, label: label, apiField: apiField,
      isUIOnly: isUIOnly, isAlwaysEnabled: isAlwaysEnabled)
  }

  mutating func importFile() throws(Abandoned) -> ImportFile {
    let file = try filePath()
    var format: FileFormat?
    var matching: ImportFile.Key?
    while true {
      let before = token.lower
      if take(.as) {
        try once(format == nil, .as, at: before)
        format = try fileFormat()
      } else if take(.matching) {
        try once(matching == nil, .matching, at: before)
        matching = try importKey()
      } else {
        return ImportFile(file: file, format: format, matching: matching)
      }
    }
  }

  private mutating func importKey() throws(Abandoned) -> ImportFile.Key {
    if take(Keyword.id) { return .id }
    if take(.name) { return .name }
    try failExpected(.importKey)
  }

  mutating func define() throws(Abandoned) -> WriteStatement.Action {
    if take(.policy) {
      let name = try policyName()
      try expect(.as)
      try expect(.no)
      guard takeSubaccounts() else { try failExpected(.word(.subaccounts)) }
      return .definePolicy(name: name, try selection())
    }
    guard token.kind == .variable else { try failExpected(.permissionOrWhat) }
    let name = try variableName()
    try expect(.as)
    if take(.permissions) { return .definePermissions(name: name, try permissionList()) }
    guard takeSubaccounts() else { try failExpected(.definitionKind) }
    return .defineSubaccounts(name: name, try selection())
  }

  mutating func drop() throws(Abandoned) -> WriteStatement.Action {
    look(for: .definition)
    if take(.policy) { return .dropPolicy(try policyName()) }
    guard token.kind == .variable else { try failExpected(.permissionOrWhat) }
    return .dropDefinition(try variableName())
  }
}
