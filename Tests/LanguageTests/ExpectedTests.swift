import Diagnostics
import Language
import Testing

@Suite("what the parser expects")
struct ExpectedTests {
  /// The keywords and slots at the end of a text.
  static func words(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let expected = Parser.expected(in: bytes, at: bytes.count)
    let keywords = expected.keywords.map(\.spelling).sorted().joined(separator: " ")
    let slots = expected.slots.map { "\($0)" }.sorted().joined(separator: " ")
    return slots.isEmpty ? keywords : "\(keywords) [\(slots)]"
  }

  @Test(
    "at every position of a statement",
    arguments: [
      ("grant ", "only [permission]"),
      ("grant out", "only [permission]"),
      ("grant outbound ", "to without"),
      ("grant outbound, ", " [permission]"),
      ("grant outbound t", "to without"),
      ("grant outbound to ", "all except having lacking those where [reference]"),
      ("grant outbound to \"Ac", "all except having lacking those where [reference]"),
      ("revoke chat from all ", "because except expect having including lacking where"),
      (
        "show ",
        "attributes change changes definitions differences matrix outliers permissions"
          + " policies profiles store subaccount subaccounts those [reference]"
      ),
      ("show subaccounts limit 5 ", "as columns sort"),
      ("show subaccounts sort by ", " [column]"),
      ("count where ", "having lacking not [attribute]"),
      ("count where plan ", "between in is not within [comparison]"),
      (
        "count where plan in (",
        "change false now today true unlimited yesterday"
          + " [value(of: Optional(plan))]"
      ),
      ("count where plan ~ ", " [pattern(of: plan)]"),
      (
        "set plan = ",
        "change false now today true unlimited yesterday"
          + " [value(of: Optional(plan))]"
      ),
      ("count where created within 3 ", "days hours minutes weeks"),
      ("why \"A\" ", "has lacks"),
      ("why \"A\" lacks ", " [permission]"),
      ("compare \"A\" ", "as with"),
      ("undo ", "because change expect including last"),
      ("drop ", "policy [definition]"),
      ("import ", " [file]"),
      ("import \"a.csv\" as csv ", "because expect including matching"),
      ("create subaccount \"A\" ", "because expect including like set with"),
      ("create permission ", " [area]"),
      ("help ", " [topic]"),
      ("export all to ", " [file]"),
      ("assert ", "all at no some"),
      ("count gibberish ", ""),
      ("-- count ", ""),
    ])
  func positions(text: String, wanted: String) {
    #expect(Self.words(text) == wanted)
  }

  @Test(
    "where a statement may begin, all first words are expected",
    arguments: ["", "  ", "gr", "count;", "count all\n", "if some subaccounts { ", "begin; "])
  func beginnings(text: String) {
    let bytes = Array(text.utf8)
    let keywords = Parser.expected(in: bytes, at: bytes.count).keywords
    #expect(keywords.filter(\.beginsStatement).count == 32)
  }

  @Test(
    "what is being typed is replaced",
    arguments: [
      ("grant outb", "outb"), ("grant agent_types.ou", "agent_types.ou"), ("grant $ba", "$ba"),
      ("grant outbound ", ""), ("count where plan = \"gr", "\"gr"), ("show #17", "#17"),
      ("count where plan in (\"a\",\"b", "\"b"), ("grant integrations.*", "integrations.*"),
      ("count where plan=", ""), ("show 'it", "'it"), ("grant \"Logs\"", ""),
    ])
  func replaced(text: String, wanted: String) {
    let bytes = Array(text.utf8)
    let expected = Parser.expected(in: bytes, at: bytes.count)
    #expect(String(decoding: bytes[expected.replaced], as: UTF8.self) == wanted)
  }

  @Test("whatever is expected can stand there", arguments: StatementCases.all)
  func lawful(text: String) {
    let bytes = Array(text.utf8)
    for offset in stride(from: 0, through: bytes.count, by: 3) {
      guard offset == bytes.count || bytes[offset] & 0xC0 != 0x80 else { continue }
      let expected = Parser.expected(in: bytes, at: offset)
      for keyword in expected.keywords.prefix(6) {
        let line = Array(bytes[..<expected.replaced.lowerBound]) + [0x20]
        let source = SourceText(name: "", bytes: line + Array(keyword.spelling.utf8))
        #expect(Parser.completeness(of: source) != .wrong, "\(text): \(keyword) at \(offset)")
      }
    }
  }
}

@Suite("syntax hints")
struct SyntaxHintTests {
  @Test(
    "say what is missing, and shrink",
    arguments: [
      ("grant ", "<permissions> to <subaccounts>"), ("grant outbound ", "to <subaccounts>"),
      ("grant outbound to ", "<subaccounts>"), ("grant outbound to all", ""),
      ("copy ", "<permissions> from <subaccount> to <subaccounts>"),
      ("restore ", "<permissions> of <subaccounts> as of <time>"),
      ("why ", "<subaccount> has | lacks <permissions>"),
      ("rename \"A\" ", "to \"<text>\""), ("set ", "<attribute> = <value> for <subaccounts>"),
      ("count where ", "<condition>"), ("count where plan ", "= <value>"),
      ("count where (plan = 1 ", ")"), ("count ", ""), ("gran", ""), ("grant to", ""),
      ("compare \"A\" ", "with <subaccount>"),
      ("create permission ", "<area.name> label \"<text>\""),
      ("show differences ", "since <time>"), ("show ", "subaccounts | permissions | …"),
      ("if some subaccounts ", "{ … }"), ("let $a ", "= <value>"), ("", ""),
    ])
  func hints(text: String, wanted: String) {
    #expect(SyntaxHint.hint(for: Array(text.utf8)) == wanted)
  }
}

@Suite("syntax for showing")
struct SyntaxTests {
  @Test(
    "takes a line apart",
    arguments: [
      ("count all -- x", "keyword keyword comment"),
      ("grant outbound to \"A\"", "keyword word keyword text"),
      ("count where plan = \"gr", "keyword keyword word sign text"),
      ("show #1x2", "keyword id"),
      ("print 5, 2026-01-01, $a", "keyword number sign time sign variable"),
      ("count where limit = 1", "keyword keyword word sign number"),
    ])
  func parts(text: String, wanted: String) {
    #expect(Syntax(SourceText(text)).parts.map { "\($0.part)" }.joined(separator: " ") == wanted)
  }

  @Test(
    "what is only missing is no mistake",
    arguments: [
      ("grant ", 0), ("grant outbound", 0), ("count where plan = \"gr", 0), ("gramt x", 1),
      ("grant outbound form all", 1),
    ])
  func mistakes(text: String, count: Int) {
    #expect(Syntax(SourceText(text)).mistakes.count == count)
  }
}
