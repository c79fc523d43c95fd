import Diagnostics

/// Statements that look back or aside, and what leaves the store.
///
///     COMPARE = "compare" ( "store" "with" text | REF AS_OF "with" REF AS_OF )
///     WHY     = "why" REF ( "has" | "lacks" ) PERM AS_OF
///     CHART   = "chart" ( "permissions" ( [ "by" ATTR ] & [ "of" WHO ] ) AS_OF
///                       | "changes" ( [ "by" ( "day" | "week" | "actor" ) ] & [ SINCE ] ) )
///     CHECK   = "check" [ "policy" POLICY ]
///     HELP    = "help" [ word | text ]
///     EXPORT  = "export" ( [ WHO ] "to" text ( [ "as" FORMAT ] & [ "spreadsheet" "safe" ] ) AS_OF
///                        | "requests" SINCE [ UNTIL ] "to" text | "report" "to" text AS_OF )
extension Parser {
  mutating func compareStatement() throws(Abandoned) -> CompareStatement {
    try expect(.compare)
    if take(.store) {
      try expect(.with)
      return .store(file: try filePath())
    }
    let left = try compareOperand()
    try expect(.with)
    return .subaccounts(left, try compareOperand())
  }

  private mutating func compareOperand() throws(Abandoned) -> CompareStatement.Operand {
    let reference = try reference()
    return CompareStatement.Operand(reference: reference, asOf: try optionalAsOf())
  }

  mutating func whyStatement() throws(Abandoned) -> WhyStatement {
    try expect(.why)
    let reference = try reference()
    let verb: PermissionTest.Verb
    if take(.has) {
      verb = .having
    } else if take(.lacks) {
      verb = .lacking
    } else {
      try failExpected(.permissionVerb)
    }
    let permission = try permissionName()
    return WhyStatement(
      reference: reference, verb: verb, permission: permission, asOf: try optionalAsOf())
  }

  mutating func chartStatement() throws(Abandoned) -> ChartStatement {
    try expect(.chart)
    if take(.permissions) { return try chartPermissions() }
    guard take(.changes) else { try failExpected(.chartSubject) }
    var grouping: ChartStatement.ChangeGrouping?
    var since: PlacedTime?
    while true {
      let before = token.lower
      if take(.by) {
        try once(grouping == nil, .by, at: before)
        grouping = try changeGrouping()
      } else if take(.since) {
        try once(since == nil, .since, at: before)
        since = try time()
      } else {
        return .changes(by: grouping, since: since)
      }
    }
  }

  private mutating func chartPermissions() throws(Abandoned) -> ChartStatement {
    var attribute: AttributeName?
    var selection: Selection?
    while true {
      let before = token.lower
      if take(.by) {
        try once(attribute == nil, .by, at: before)
        attribute = try attributeName()
      } else if take(.of) {
        try once(selection == nil, .of, at: before)
        selection = try self.selection()
      } else {
        return .permissions(by: attribute, of: selection, asOf: try optionalAsOf())
      }
    }
  }

  private mutating func changeGrouping() throws(Abandoned) -> ChartStatement.ChangeGrouping {
    if take(.day) { return .day }
    if take(.week) { return .week }
    if take(.actor) { return .actor }
    try failExpected(.changeGrouping)
  }

  mutating func checkStatement() throws(Abandoned) -> Statement.Kind {
    try expect(.check)
    return .check(policy: take(.policy) ? try policyName() : nil)
  }

  /// A topic stands on the same line, and may be any word.
  mutating func helpStatement() throws(Abandoned) -> Statement.Kind {
    try expect(.help)
    let token = token
    look(for: .topic)
    guard !token.startsLine else { return .help(topic: nil) }
    switch token.kind {
    case .word, .text, .quotedName:
      advance()
      return .help(topic: Placed(text(of: token), at: place(from: token.lower)))
    default:
      return .help(topic: nil)
    }
  }

  mutating func exportStatement() throws(Abandoned) -> ExportStatement {
    try expect(.export)
    if take(.requests) {
      try expect(.since)
      let since = try time()
      let until = take(.until) ? try time() : nil
      try expect(.to)
      return .requests(since: since, until: until, file: try filePath())
    }
    if take(.report) {
      try expect(.to)
      let file = try filePath()
      return .report(file: file, asOf: try optionalAsOf())
    }
    let selection = try optionalSelection()
    guard take(.to) else { try failExpected(selection == nil ? .exportSubject : .word(.to)) }
    return .subaccounts(try subaccountsExport(selection, to: filePath()))
  }

  private mutating func subaccountsExport(
    _ selection: Selection?, to file: Placed<Text>
  ) throws(Abandoned) -> SubaccountsExport {
    var format: FileFormat?
    var isSafe = false
    var asOf: PlacedTime?
    while true {
      let before = token.lower
      if take(.as) {
        if take(.of) {
          asOf = try time()
          break
        }
        try once(format == nil, .as, at: before)
        format = try fileFormat()
      } else if take(.spreadsheet) {
        try once(!isSafe, .spreadsheet, at: before)
        try expect(.safe)
        isSafe = true
      } else {
        break
      }
    }
    return SubaccountsExport(
      selection: selection, file: file, format: format, isSpreadsheetSafe: isSafe, asOf: asOf)
  }

  /// The path of a file, in quotes.
  mutating func filePath() throws(Abandoned) -> Placed<Text> {
    look(for: .file)
    return try literalText()
  }

  mutating func fileFormat() throws(Abandoned) -> FileFormat {
    if take(.csv) { return .csv }
    if take(.json) { return .json }
    if take(.jsonl) { return .jsonl }
    try failExpected(.fileFormat)
  }
}
