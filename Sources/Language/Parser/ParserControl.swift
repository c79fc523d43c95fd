import Diagnostics

/// Statements that steer the others.
///
///     PREVIEW   = "preview" ( WRITE | BLOCK )
///     LET       = "let" variable "=" ( SUBACCOUNTS WHO | "permissions" PERMS
///                                    | "count" [ SUBACCOUNTS ] WHO | VALUE )
///     ASSERT    = "assert" ASSERTION [ "else" text ]
///     IF        = "if" ASSERTION BLOCK [ "else" ( BLOCK | IF ) ]
///     ASSERTION = QUANTITY SUBACCOUNTS [ WHO ]
///               | "all" SUBACCOUNTS [ WHO ] ( "have" | "lack" ) [ "any" ] PERMS
///     QUANTITY  = "no" | "some" | [ "at" ( "least" | "most" ) ] ( whole | variable )
///     RUN       = "run" text { VALUE }
///     PRINT     = "print" VALUE { "," VALUE }
extension Parser {
  mutating func previewStatement() throws(Abandoned) -> Statement.Kind {
    try expect(.preview)
    if token.kind == .openBrace { return .previewBlock(try block()) }
    return .preview(try writeStatement())
  }

  mutating func letStatement() throws(Abandoned) -> LetStatement {
    try expect(.let)
    let name = try variableName()
    try expect(.equal, "=")
    return LetStatement(name: name, content: try letContent())
  }

  private mutating func letContent() throws(Abandoned) -> LetStatement.Content {
    if takeSubaccounts() { return .subaccounts(try selection()) }
    if take(.permissions) { return .permissions(try permissionList()) }
    if take(.count) {
      _ = takeSubaccounts()
      return .count(try selection())
    }
    look(for: .value(of: nil))
    if atValue() || isBareName(token) { return .value(try value()) }
    try failExpected(.letContent)
  }

  mutating func assertStatement() throws(Abandoned) -> Statement.Kind {
    try expect(.assert)
    let assertion = try assertion()
    return .assert(assertion, message: take(.else) ? try literalText() : nil)
  }

  mutating func conditionalStatement() throws(Abandoned) -> ConditionalStatement {
    try expect(.if)
    let condition = try assertion()
    let then = try block()
    var otherwise: [Statement]?
    if take(.else) {
      otherwise = at(.if) ? [try elseIf()] : try block()
    }
    return ConditionalStatement(condition: condition, then: then, otherwise: otherwise)
  }

  private mutating func elseIf() throws(Abandoned) -> Statement {
    try deeper()
    defer { depth -= 1 }
    let start = token.lower
    let inner = try conditionalStatement()
    return Statement(.conditional(inner), at: place(from: start))
  }

  private mutating func assertion() throws(Abandoned) -> Assertion {
    if take(.all) {
      guard takeSubaccounts() else { try failExpected(.word(.subaccounts)) }
      let selection = try optionalSelection()
      let start = token.lower
      if take(.have) { return .all(selection, try permissionTest(.having, from: start)) }
      if take(.lack) { return .all(selection, try permissionTest(.lacking, from: start)) }
      try failExpected(.possession)
    }
    let quantity = try quantity()
    guard takeSubaccounts() else { try failExpected(.word(.subaccounts)) }
    return .quantity(quantity, of: try optionalSelection())
  }

  private mutating func quantity() throws(Abandoned) -> Assertion.Quantity {
    if take(.no) { return .no }
    if take(.some) { return .some }
    if take(.at) {
      if take(.least) { return .atLeast(try assertedCount(.wholeNumber)) }
      try expect(.most)
      return .atMost(try assertedCount(.wholeNumber))
    }
    return .exactly(try assertedCount(.quantity))
  }

  private mutating func assertedCount(
    _ wanted: SyntaxProblem.Wanted
  ) throws(Abandoned) -> Placed<AssertedCount> {
    let token = token
    if take(.variable) {
      return Placed(.variable(text(of: token)), at: place(from: token.lower))
    }
    guard token.kind == .number else { try failExpected(wanted) }
    let number = try wholeNumber()
    return Placed(.number(number.value), at: number.place)
  }

  mutating func runStatement() throws(Abandoned) -> Statement.Kind {
    try expect(.run)
    let file = try filePath()
    var arguments: [Value] = []
    while atValue() { arguments.append(try value()) }
    return .run(file: file, arguments: arguments)
  }

  mutating func printStatement() throws(Abandoned) -> Statement.Kind {
    try expect(.print)
    return .print(
      try list { parser throws(Abandoned) in
        parser.look(for: .value(of: nil))
        return try parser.value()
      })
  }
}
