import Diagnostics

/// Statements that only look. `A & B` is both in any order; each part of a list is given once.
///
///     SHOW = "show" ( SUBACCOUNTS [ WHO ] LIST AS_OF | REF AS_OF
///                   | "permissions" [ PERMS ] [ "of" WHO ] LIST AS_OF
///                   | "matrix" [ PERMS ] [ "of" WHO ] LIST AS_OF
///                   | "profiles" [ "of" WHO ] LIST AS_OF
///                   | "outliers" ( [ "of" WHO ] & [ "by" ATTR ] & LIST ) AS_OF
///                   | "changes" ( [ "of" WHO ] & [ "to" PERMS ] & [ "by" text ] & [ SINCE ]
///                               & [ UNTIL ] & LIST )
///                   | "change" whole
///                   | "differences" ( SINCE & [ UNTIL ] & [ "of" WHO ] & LIST )
///                   | ( "attributes" | "definitions" | "policies" ) LIST AS_OF | "store" AS_OF )
///     LIST = [ "columns" COLUMN { "," COLUMN } ] & [ "sort" "by" KEY { "," KEY } ] & [ "limit" whole ]
///     COUNT = "count" [ SUBACCOUNTS ] [ WHO ] [ "by" ( "permission" | ATTR ) ] AS_OF
extension Parser {
  mutating func showStatement() throws(Abandoned) -> ShowStatement {
    try expect(.show)
    switch token.kind {
    case .text, .id, .variable:
      return try showCard()
    default:
      break
    }
    look(for: .reference)
    if at(.those) { return try showCard() }
    if takeSubaccounts() {
      let selection = try optionalSelection()
      return try show(.subaccounts(selection), options: listOptions())
    }
    if take(.permissions) {
      let permissions = try optionalPermissionList()
      let selection = try optionalOf()
      return try show(.permissions(permissions, of: selection), options: listOptions())
    }
    if take(.matrix) {
      let permissions = try optionalPermissionList()
      let selection = try optionalOf()
      return try show(.matrix(permissions, of: selection), options: listOptions())
    }
    if take(.profiles) {
      return try show(.profiles(of: optionalOf()), options: listOptions())
    }
    if take(.outliers) { return try showParts(.outliers) }
    if take(.changes) { return try showParts(.changes) }
    if take(.differences) { return try showParts(.differences) }
    if take(.change) { return try show(.change(wholeNumber()), options: .none) }
    if take(.attributes) { return try show(.attributes, options: listOptions()) }
    if take(.definitions) { return try show(.definitions, options: listOptions()) }
    if take(.policies) { return try show(.policies, options: listOptions()) }
    if take(.store) { return try show(.store, options: ListOptions(asOf: optionalAsOf())) }
    try failExpected(.showSubject)
  }

  private mutating func showCard() throws(Abandoned) -> ShowStatement {
    let reference = try reference()
    return try show(.card(reference), options: ListOptions(asOf: optionalAsOf()))
  }

  private func show(_ subject: ShowStatement.Subject, options: ListOptions) -> ShowStatement {
    ShowStatement(subject: subject, options: options)
  }

  /// `"subaccounts" | "subaccount"`.
  mutating func takeSubaccounts() -> Bool {
    take(.subaccounts) || take(.subaccount)
  }

  /// `[ "of" WHO ]`.
  mutating func optionalOf() throws(Abandoned) -> Selection? {
    take(.of) ? try selection() : nil
  }

  mutating func countStatement() throws(Abandoned) -> CountStatement {
    try expect(.count)
    _ = takeSubaccounts()
    let selection = try optionalSelection()
    var grouping: CountStatement.Grouping?
    if take(.by) {
      grouping = take(.permission) ? .permission : .attribute(try attributeName())
    }
    return CountStatement(selection: selection, grouping: grouping, asOf: try optionalAsOf())
  }
}

// MARK: - Parts in any order

extension Parser {
  /// The parts of `show` that may come in any order; which of them a subject takes differs.
  private struct Parts {
    var selection: Selection?
    var permissions: PermissionList?
    var attribute: AttributeName?
    var actor: Placed<Text>?
    var since: PlacedTime?
    var until: PlacedTime?
  }

  private mutating func showParts(_ subject: Keyword) throws(Abandoned) -> ShowStatement {
    var parts = Parts()
    var list = ListParts()
    var isMoving = true
    while isMoving {
      let before = token.lower
      if take(.of) {
        try once(parts.selection == nil, .of, at: before)
        parts.selection = try selection()
      } else if subject == .outliers, take(.by) {
        try once(parts.attribute == nil, .by, at: before)
        parts.attribute = try attributeName()
      } else if subject == .changes, take(.to) {
        try once(parts.permissions == nil, .to, at: before)
        parts.permissions = try permissionList()
      } else if subject == .changes, take(.by) {
        try once(parts.actor == nil, .by, at: before)
        parts.actor = try namingText()
      } else if subject != .outliers, take(.since) {
        try once(parts.since == nil, .since, at: before)
        parts.since = try time()
      } else if subject != .outliers, take(.until) {
        try once(parts.until == nil, .until, at: before)
        parts.until = try time()
      } else {
        isMoving = try takeListPart(into: &list)
      }
    }
    switch subject {
    case .outliers:
      let asOf = try optionalAsOf()
      return show(
        .outliers(of: parts.selection, by: parts.attribute), options: list.options(asOf: asOf))
    case .differences:
      guard let since = parts.since else { try failExpected(.word(.since)) }
      return show(
        .differences(since: since, until: parts.until, of: parts.selection),
        options: list.options(asOf: nil))
    default:
      let filter = ChangeFilter(
        subaccounts: parts.selection, permissions: parts.permissions, actor: parts.actor,
        since: parts.since, until: parts.until)
      return show(.changes(filter), options: list.options(asOf: nil))
    }
  }

  /// Refuses a part that has been given before; its word stands at `lower`.
  mutating func once(_ isFirst: Bool, _ keyword: Keyword, at lower: Int) throws(Abandoned) {
    guard isFirst else { try fail(.repeated(keyword), at: SourceRange(lower, previousUpper)) }
  }

  struct ListParts {
    var columns: [ColumnName]?
    var sort: [ListOptions.SortKey] = []
    var limit: Placed<Int>?

    func options(asOf: PlacedTime?) -> ListOptions {
      ListOptions(columns: columns, sort: sort, limit: limit, asOf: asOf)
    }
  }

  private mutating func listOptions() throws(Abandoned) -> ListOptions {
    var parts = ListParts()
    while try takeListPart(into: &parts) {}
    return parts.options(asOf: try optionalAsOf())
  }

  private mutating func takeListPart(into parts: inout ListParts) throws(Abandoned) -> Bool {
    let before = token.lower
    if take(.columns) {
      try once(parts.columns == nil, .columns, at: before)
      parts.columns = try list { parser throws(Abandoned) in try parser.columnName() }
    } else if take(.sort) {
      try once(parts.sort.isEmpty, .sort, at: before)
      try expect(.by)
      parts.sort = try list { parser throws(Abandoned) in
        let column = try parser.columnName()
        let descending = parser.take(.desc)
        if !descending { _ = parser.take(.asc) }
        return ListOptions.SortKey(column: column, descending: descending)
      }
    } else if take(.limit) {
      try once(parts.limit == nil, .limit, at: before)
      parts.limit = try wholeNumber()
    } else {
      return false
    }
    return true
  }

  private mutating func columnName() throws(Abandoned) -> ColumnName {
    let token = token
    look(for: .column)
    if token.kind == .text {
      let label = try namingText(.column)
      return ColumnName(.label(label.value), at: label.place)
    }
    if token.kind == .word || token.kind == .quotedName, isDotted(token) {
      let name = try canonicalName()
      return ColumnName(.canonical(area: name.area, field: name.field), at: name.place)
    }
    // Every word may be a column, but one that begins the next statement on a new line is none.
    guard isBareName(token) || token.kind == .word && !beginsNextStatement(token) else {
      try failExpected(.column)
    }
    advance()
    return ColumnName(.bare(text(of: token)), at: place(from: token.lower))
  }

  private func beginsNextStatement(_ token: Token) -> Bool {
    token.startsLine && token.keyword?.beginsStatement == true
  }
}
