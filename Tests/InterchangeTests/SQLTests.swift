import Diagnostics
import Evaluation
import Interchange
import Language
import Storage
import Testing

/// What `--sql` prints: that it means the same is for `Tests/Sql/sql.py` to show, on the engines.
@Suite("scripts as SQL")
struct SQLTests {
  /// The translation, or what is said against it.
  static func sql(_ script: String, _ dialect: SQLDialect = .postgresql) -> String {
    let source = SourceText(name: "test.pql", script)
    let options = SessionOptions(actor: "tester", user: "tester", host: "here") {
      1_790_000_000_000
    }
    let session = Session(store: .inMemory(), files: Files(), options: options)
    var translation = SQLTranslation(
      dialect, source, actor: "tester", reason: nil, now: session.now)
    var problems: [String] = []
    let status = session.walk(
      source,
      report: { problem in
        guard let place = problem.place else { return problems.append(problem.message) }
        problems.append("\(place.range.lower): \(problem.message)")
      },
      visit: { (step, schema) throws(Diagnostic) in
        try translation.take(step, schema, source)
      })
    return status == .done ? translation.text : problems.joined(separator: "\n")
  }

  static let parts: [(script: String, dialect: SQLDialect, part: String)] = [
    ("count where name ~ \"Ks*\"", .postgresql, "s.name ~ '^(?:[Kk\\u212A][Ss\\u017F].*)$'"),
    ("count where name ~ \"Ks*\"", .duckdb, "'[Kk\\x{212a}][Ss\\x{17f}].*', 's'"),
    ("count where name ~ \"é?[!1-3]\"", .sqlite, "s.name glob '[Éé]?[^1-3]'"),
    ("count where name ~ \"[]^-]{a,}\"", .sqlite, "s.name glob '[]^-][Aa]' or s.name glob '[]^-]'"),
    ("count where name = \"O'Brien\"", .sqlite, "s.name = 'O''Brien'"),
    ("count where name = \"\\u{1B}\"", .sqlite, "s.name = cast(x'1B' as text)"),
    ("count where name = \"a\\nb\"", .postgresql, "convert_from(decode('610A62', 'hex'), 'UTF8')"),
    ("count where max_minutes != unlimited", .duckdb, "'Infinity'::double"),
    (
      "count where max_minutes > 0.5", .sqlite,
      "(cast(4503599627370496 as real) / 4503599627370496.0"
    ),
    (
      "count where email != \"x\"", .postgresql,
      "(not (s.\"email\" is not null and s.\"email\" = 'x'))"
    ),
    ("set number = 1 for all", .postgresql, "add column \"attribute.6\" double precision"),
    ("grant logs to \"A\"", .duckdb, "(select count(*) from subaccounts s where s.name = 'A') = 1"),
  ]

  @Test("a part of a statement is said so", arguments: parts)
  func part(of script: String, in dialect: SQLDialect, is part: String) {
    #expect(SQLTests.sql(script, dialect).contains(part))
  }

  static let refused: [(script: String, dialect: SQLDialect, problem: String)] = [
    ("count as of yesterday", .duckdb, "0: 'as of' has no translation"),
    ("count\nundo", .duckdb, "6: 'undo' has no translation"),
    ("if some subaccounts { count }", .duckdb, "0: 'if' has no translation"),
    ("import \"a.csv\"", .duckdb, "0: 'import' has no translation"),
    ("count those", .duckdb, "6: nothing has been listed before 'those'"),
    ("let $n = count all", .duckdb, "0: 'let … = count' has no translation"),
    ("count where name ~ \"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\"", .sqlite, "12: "),
    ("count where name ~ \"\\u{FFFD}\"", .sqlite, "12: the pattern has no translation"),
    ("grant outbond to all", .duckdb, "6: unknown permission 'outbond'"),
  ]

  @Test("what has no translation is told with its place", arguments: refused)
  func refuses(_ script: String, in dialect: SQLDialect, saying problem: String) {
    #expect(SQLTests.sql(script, dialect).hasPrefix(problem))
  }

  @Test("every statement ends in a semicolon at a line's end, and no literal holds one")
  func endsLines() {
    let text = SQLTests.sql("count where name = \";\\n;\"\nset plan = \"a\\u{D};\\nb\" for all")
    for line in text.split(separator: "\n") where !line.hasPrefix("--") {
      #expect(line.hasSuffix(";"))
    }
  }
}
