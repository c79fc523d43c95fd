import Diagnostics
import Language
import Testing

@Suite("Mistakes")
struct MistakeTests {
  @Test("are shown with their place underlined and what to write", arguments: MistakeCases.all)
  func layout(mistake: MistakeCases.Case) {
    #expect(mistakes(mistake.script) == mistake.expected)
  }

  @Test("have codes of the lexer and parser, and end with exit status 2")
  func codes() {
    for mistake in MistakeCases.all {
      for diagnostic in Parser.parse(SourceText(mistake.script)).diagnostics {
        #expect(diagnostic.code.hasPrefix("E01"))
        #expect(diagnostic.status == .unusable)
        #expect(!diagnostic.message.contains("\n"))
        #expect(diagnostic.message.first?.isUppercase != true || diagnostic.message.hasPrefix("U+"))
        #expect(!diagnostic.message.hasSuffix("."))
      }
    }
  }

  @Test("are all shown, one message each")
  func allShown() {
    let script = """
      grant outbond too all
      garnt outbound to all
      show subaccounts where (plan = = "x" and region = "y"
      print 1
      rename "A" to "B

      revoke chat to all;; drop policy
      """
    let codes = Parser.parse(SourceText(script)).diagnostics.map(\.code)
    #expect(codes == ["E0121", "E0120", "E0121", "E0105", "E0121", "E0121"])
  }

  @Test("stop being listed after a thousand")
  func tooMany() {
    let script = String(repeating: "shw store;", count: 5000)
    let diagnostics = Parser.parse(SourceText(script)).diagnostics
    #expect(diagnostics.count == 1001)
    #expect(diagnostics.last?.message == "too many mistakes: the rest was not read")
  }

  @Test(
    "in a selection alone are found too",
    arguments: ["", "all,", "all grant", "where", "having outbound; all"])
  func selections(text: String) {
    #expect(throws: Diagnostic.self) { try Parser.parseSelection(SourceText(text)) }
  }
}
