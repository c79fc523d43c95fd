import Diagnostics

/// Statements that change the store.
///
///     WRITE    = ACTION MODIFIERS
///     ACTION   = "grant" [ "only" ] PERMS "to" WHO | "revoke" PERMS "from" WHO
///              | "copy" PERMS "from" REF "to" WHO | "restore" PERMS "of" WHO "as" "of" TIME
///              | "rename" REF "to" text | "delete" SUBACCOUNTS WHO
///              | "set" ATTR "=" VALUE { "," ATTR "=" VALUE } "for" WHO
///              | "unset" ATTR { "," ATTR } "for" WHO | "protect" WHO | "unprotect" WHO
///              | "undo" [ "last" whole | "change" whole ] | CREATE | IMPORT | DEFINE | DROP
///     MODIFIERS = [ "expect" ( whole | whole ".." whole | "at" "most" whole ) ]
///               & [ "because" text ] & [ "including" "protected" ]
extension Parser {
  mutating func writeStatement() throws(Abandoned) -> WriteStatement {
    let action = try action()
    let modifiers = try modifiers()
    return WriteStatement(action: action, modifiers: modifiers)
  }

  private mutating func action() throws(Abandoned) -> WriteStatement.Action {
    if take(.grant) { return try grant() }
    if take(.revoke) {
      let permissions = try permissionList()
      try expectTarget(.from)
      return .revoke(permissions, from: try selection())
    }
    if take(.set) {
      let assignments = try assignments()
      try expectTarget(.for)
      return .set(assignments, for: try selection())
    }
    if take(.create) { return try create() }
    if take(.unset) {
      let attributes = try list { parser throws(Abandoned) in try parser.attributeName() }
      try expectTarget(.for)
      return .unset(attributes, for: try selection())
    }
    if take(.copy) { return try copy() }
    if take(.restore) { return try restore() }
    if take(.rename) {
      let reference = try reference()
      try expect(.to)
      return .rename(reference, to: try namingText())
    }
    if take(.delete) {
      guard takeSubaccounts() else { try failExpected(.word(.subaccounts)) }
      return .delete(try selection())
    }
    if take(.protect) { return .protect(try selection()) }
    if take(.unprotect) { return .unprotect(try selection()) }
    if take(.undo) { return .undo(try undoTarget()) }
    if take(.import) { return .importFile(try importFile()) }
    if take(.define) { return try define() }
    if take(.drop) { return try drop() }
    try failExpected(.write)
  }

  private mutating func grant() throws(Abandoned) -> WriteStatement.Action {
    let isOnly = take(.only)
    let permissions = try permissionList()
    try expectTarget(.to)
    let selection = try selection()
    return isOnly ? .grantOnly(permissions, to: selection) : .grant(permissions, to: selection)
  }

  private mutating func copy() throws(Abandoned) -> WriteStatement.Action {
    let permissions = try permissionList()
    try expect(.from)
    let reference = try reference()
    try expectTarget(.to)
    return .copy(permissions, from: reference, to: try selection())
  }

  private mutating func restore() throws(Abandoned) -> WriteStatement.Action {
    let permissions = try permissionList()
    try expectTarget(.of)
    let selection = try selection()
    try expect(.as)
    try expect(.of)
    return .restore(permissions, of: selection, asOf: try time())
  }

  private mutating func undoTarget() throws(Abandoned) -> UndoTarget {
    if take(.last) { return .last(try wholeNumber()) }
    if take(.change) { return .change(try wholeNumber()) }
    return .last(Placed(1, at: Place(previousUpper, previousUpper)))
  }

  mutating func assignments() throws(Abandoned) -> [Assignment] {
    try list { parser throws(Abandoned) in
      let attribute = try parser.attributeToSet()
      try parser.expect(.equal, "=")
      parser.look(for: .value(of: attribute.value))
      return Assignment(attribute: attribute, value: try parser.value())
    }
  }
}

// MARK: - Modifiers

extension Parser {
  private mutating func modifiers() throws(Abandoned) -> Modifiers {
    var expectation: Modifiers.Expectation?
    var reason: Placed<Text>?
    var includesProtected = false
    while true {
      let before = token.lower
      if take(.expect) {
        try once(expectation == nil, .expect, at: before)
        expectation = Modifiers.Expectation(try amount(), at: place(from: before))
      } else if take(.because) {
        try once(reason == nil, .because, at: before)
        reason = try literalText()
      } else if take(.including) {
        try once(!includesProtected, .including, at: before)
        try expect(.protected)
        includesProtected = true
      } else {
        break
      }
    }
    return Modifiers(
      expectation: expectation, reason: reason, includesProtected: includesProtected)
  }

  private mutating func amount() throws(Abandoned) -> Modifiers.Expectation.Amount {
    if take(.at) {
      try expect(.most)
      return .atMost(try wholeNumber().value)
    }
    let start = token.lower
    let low = try wholeNumber().value
    guard take(.range) else { return .exactly(low) }
    let high = try wholeNumber().value
    guard low <= high else {
      try fail(.reversedRange, at: SourceRange(start, previousUpper))
    }
    return .between(low, high)
  }
}
