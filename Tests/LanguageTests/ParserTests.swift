import Diagnostics
import Language
import Testing

/// Trees, where printing alone could hide that something means something else.
@Suite("The parser")
struct ParserTests {
  private let here = Place(0, 0)

  private func test(_ name: Text, _ number: Double) -> Condition {
    .attribute(
      AttributeTest(
        attribute: Placed(name, at: here),
        operation: .compare(.equal, Value(.number(number), at: here)), place: here))
  }

  private func condition(_ text: String) throws -> Condition {
    let selection = try Parser.parseSelection(SourceText("where \(text)"))
    guard case .condition(let condition)? = selection.filters.first, selection.filters.count == 1
    else {
      throw GrammarMistake("not one condition")
    }
    return condition
  }

  @Test("binds not tightest, then and, then or")
  func precedence() throws {
    let (a, b, c, d) = (test("a", 1), test("b", 2), test("c", 3), test("d", 4))
    #expect(try condition("a = 1 or b = 2 and c = 3 or d = 4") == .or([a, .and([b, c]), d]))
    #expect(try condition("not a = 1 and b = 2") == .and([.not(a, place: here), b]))
    #expect(try condition("not (a = 1 and b = 2)") == .not(.and([a, b]), place: here))
    #expect(try condition("(a = 1 or b = 2) and c = 3") == .and([.or([a, b]), c]))
    #expect(try condition("a = 1 or (b = 2 or c = 3)") == .or([a, .or([b, c])]))
    #expect(try condition("((a = 1))") == a)
  }

  @Test("takes the and of between for its own")
  func between() throws {
    let between = AttributeTest(
      attribute: Placed("a", at: here),
      operation: .between(Value(.number(1), at: here), Value(.number(2), at: here)), place: here)
    #expect(
      try condition("a between 1 and 2 and b = 2") == .and([.attribute(between), test("b", 2)]))
  }

  @Test("reads having after a condition as a filter of its own, after and as a part of it")
  func filters() throws {
    let aside = try Parser.parseSelection(SourceText("all where a = 1 having chat lacking logs"))
    #expect(aside.base == .all)
    #expect(aside.filters.count == 3)
    let within = try Parser.parseSelection(SourceText("where a = 1 and having chat, logs"))
    #expect(within.base == .filtersAlone)
    #expect(within.filters.count == 1)
  }

  @Test("splits permissions into what is named and what is left out")
  func permissions() throws {
    let list = try Parser.parsePermissions(
      SourceText("*, $x, actions, general.Actions, `to`.*, \"Cal.com\" without calls, limit.x"))
    #expect(
      list.included.map(\.kind) == [
        .everything, .variable("x"), .bare("actions"),
        .canonical(area: "general", field: "Actions"),
        .area("to"), .label("Cal.com"),
      ])
    #expect(list.excluded.map(\.kind) == [.bare("calls"), .canonical(area: "limit", field: "x")])
  }

  static let lineEnds: [(text: String, statements: Int)] = [
    ("undo\nundo", 2), ("undo;undo", 2), ("undo;;;undo;", 2), ("undo\n\n\n", 1), ("", 0), (";", 0),
    ("grant a\nto\nall\nwhere\nb = 1\nand c = 2\nbecause\n\"x\"\nundo", 2),
    ("show subaccounts\nlimit 3\nsort by name", 1), ("show permissions\nchat", 1),
    ("create subaccount \"A\" set b = 1", 1), ("create subaccount \"A\"\nset b = 1 for all", 2),
    ("help\nundo", 2), ("help undo", 1), ("count where a is\nset", 1), ("run \"x\"\n1\n2", 1),
    ("if no subaccounts\n{\nundo\n}\nelse\n{\n}\nundo", 2), ("preview\n{ undo; undo }", 1),
    ("preview\ngrant a to all", 1), ("let $n =\ncount all\ncount all", 2),
    ("show subaccounts \"A\"\n, \"B\"", 1),
  ]

  @Test("ends a statement at a line end where another begins", arguments: lineEnds)
  func lineEnd(text: String, statements: Int) {
    #expect(parsed(text).count == statements)
  }

  static let same: [(text: String, standard: String)] = [
    ("GRANT Outbound TO ALL", "grant Outbound to all"),
    ("show subaccount all", "show subaccounts all"),
    ("create subaccounts 'A', 'B'", "create subaccount \"A\", \"B\""),
    ("count subaccounts all", "count all"),
    ("undo last 1", "undo"),
    (
      "count where a within 1 day and b > 2 weeks ago",
      "count where a within 1 days and b > 2 weeks ago"
    ),
    (
      "show subaccounts limit 1 sort by a asc, b desc columns c",
      "show subaccounts columns c sort by a, b desc limit 1"
    ),
    (
      "show changes limit 1 until now by 'x' of all since today",
      "show changes of all by \"x\" since today until now limit 1"
    ),
    (
      "grant a to all because 'x' including protected expect 1",
      "grant a to all expect 1 including protected because \"x\""
    ),
    (
      "create permission a.b label 'c' always ui only api 'd'",
      "create permission a.b label \"c\" api \"d\" ui only always"
    ),
    ("import 'a' matching id as csv", "import \"a\" as csv matching id"),
    (
      "print 1_000, -0, 2.50, 1e3, 2026-11-01T09:30+02:00",
      "print 1000, 0, 2.5, 1000, 2026-11-01T07:30Z"
    ),
    ("protect #\"abc\", #\"a b\", $`a b`, $`ab`", "protect #abc, #\"a b\", $`a b`, $ab"),
    ("count by `plan`", "count by plan"),
    ("define policy 'p' as no subaccounts all", "define policy p as no subaccounts all"),
    ("count where ((a = 1))", "count where a = 1"),
    (
      "if no subaccounts {} else { if some subaccounts { undo } }",
      "if no subaccounts { } else if some subaccounts { undo; }"
    ),
  ]

  @Test("reads what is written otherwise as the same", arguments: same)
  func standard(text: String, standard: String) {
    #expect(parsed(text).map { Printer.text($0) } == [standard])
  }

  @Test("gives each statement and node its place")
  func places() throws {
    let text = "undo ;\n  grant outbound to \"A\" ;"
    let statements = parsed(text)
    #expect(statements.map(\.place.range) == [SourceRange(0, 4), SourceRange(9, 30)])
    guard case .write(let write)? = statements.last?.kind,
      case .grant(let what, let who) = write.action
    else {
      Issue.record("no grant")
      return
    }
    #expect(what.place.range == SourceRange(15, 23))
    #expect(who.place.range == SourceRange(27, 30))
  }
}
