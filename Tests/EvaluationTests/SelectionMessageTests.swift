import Diagnostics
import Evaluation
import Storage
import Testing

@Suite("What is said where nobody is found")
struct SelectionMessageTests {
  struct Case: CustomTestStringConvertible {
    let source: String
    let code: String
    let message: String
    var label: String?
    var help: String?
    var testDescription: String { source }
  }

  static let errors = [
    Case(
      source: "show \"Acme Dentl\"", code: "E0420", message: "no subaccount is named 'Acme Dentl'",
      label: "did you mean 'Acme Dental'?"),
    Case(
      source: "count \"Acme*\"", code: "E0420", message: "no subaccount is named 'Acme*'",
      help: "for all whose name is like this, write: where name ~ 'Acme*'"),
    Case(source: "show #100x9", code: "E0421", message: "no subaccount has the id '100x9'"),
    Case(
      source: "count all except \"Twin\"", code: "E0422", message: "2 subaccounts are named 'Twin'",
      help: "name the one you mean by its id: #100x4, #100x5"),
    Case(
      source: "count those", code: "E0423",
      message: "'those' means nobody yet: nothing has been listed in this run",
      help: "list some first: show subaccounts …"),
    Case(
      source: "let $pro = subaccounts where plan = \"pro\"; show $pro", code: "E0424",
      message: "this is to be one subaccount, and it is 2",
      help: "for several, write: show subaccounts …"),
    Case(
      source: "define $none as subaccounts where plan = \"pro\" having chat; show $none",
      code: "E0424", message: "this is to be one subaccount, and it is nobody"),
  ]

  @Test("a reference that is not one subaccount is an error with its help", arguments: errors)
  func error(_ test: Case) throws {
    let run = CollectedRun(test.source, on: try ModelAgency.small.store())
    #expect(run.status == .failed)
    let diagnostic = try #require(run.diagnostics.first)
    #expect(run.diagnostics.count == 1)
    expect(diagnostic, test)
    #expect(diagnostic.severity == .error)
  }

  static let notes = [
    Case(
      source: "count where plan = \"por\"", code: "N0425", message: "no subaccount has plan 'por'",
      label: "did you mean 'pro'?"),
    Case(
      source: "count where not (name != \"Harbour Law\")", code: "N0425",
      message: "no subaccount has name 'Harbour Law'", label: "did you mean 'Harbor Law'?"),
    Case(
      source: "count where plan in (\"pro\", \"tral\") having chat", code: "N0425",
      message: "no subaccount has plan 'tral'", label: "did you mean 'trial'?"),
    Case(
      source: "count where name = \"Acme*\" or plan = \"pro\"", code: "N0426",
      message: "no subaccount has name 'Acme*': '=' takes the '*' as it is",
      label: "did you mean '~' instead of '='?",
      help: "for all whose name is like this, write: name ~ 'Acme*'"),
  ]

  @Test("a value that nobody has earns a note, and the result stands", arguments: notes)
  func note(_ test: Case) throws {
    let run = CollectedRun(test.source, on: try ModelAgency.small.store())
    #expect(run.status == .done)
    #expect(run.tables.count == 1)
    let diagnostic = try #require(run.diagnostics.first)
    #expect(run.diagnostics.count == 1)
    expect(diagnostic, test)
    #expect(diagnostic.severity == .note)
  }

  @Test(
    "nothing is said where nothing is odd",
    arguments: [
      "count where plan = \"pro\" having chat", "count where plan = \"completely different\"",
      "count where plan = \"por\" or plan = \"pro\"", "count where max_minutes = 7",
      "define policy p as no subaccounts where plan = \"por\"; check",
    ])
  func silence(_ source: String) throws {
    let run = CollectedRun(source, on: try ModelAgency.small.store())
    #expect(run.status == .done)
    #expect(run.messages == [])
  }

  private func expect(_ diagnostic: Diagnostic, _ test: Case) {
    #expect(diagnostic.code == test.code)
    #expect(diagnostic.message == test.message)
    #expect(diagnostic.label == test.label)
    #expect(diagnostic.help == test.help)
  }
}
