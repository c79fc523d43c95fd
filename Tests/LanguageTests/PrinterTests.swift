import Diagnostics
import Language
import Testing

@Suite("Printing")
struct PrinterTests {
  @Test("gives standard text back as it is", arguments: StatementCases.all)
  func standardText(text: String) throws {
    let statements = parsed(text)
    try #require(statements.count == 1)
    #expect(Printer.text(statements[0]) == text)
  }

  @Test("and reading again is the identity on trees", arguments: StatementCases.all)
  func identity(text: String) {
    let statements = parsed(text)
    #expect(parsed(Printer.text(statements)) == statements)
  }
}
