import Diagnostics

/// The shortest way to a whole statement, in the grammar's own words.
///
/// The parser is asked what it misses; a stand-in for that is added, and it is asked again, until
/// nothing is missing. So the hint is never wrong, and shrinks by what is typed.
package enum SyntaxHint {
  /// Steps enough for the longest statement.
  private static let mostSteps = 12

  /// What is still missing behind a script that is cut short; empty where nothing is, or where no
  /// input can mend it.
  package static func hint(for bytes: [UInt8]) -> String {
    var text = bytes
    var words: [String] = []
    for _ in 0..<mostSteps {
      var parser = Parser(SourceText(name: "", bytes: text))
      _ = parser.script()
      guard parser.endsTooEarly, let problem = parser.mistakes.first?.problem,
        let (shown, written) = missing(problem)
      else { break }
      words.append(shown)
      text += Array((" " + written).utf8)
    }
    return words.joined(separator: " ")
  }

  /// What is shown for a thing that is missing, and what stands in for it.
  private static func missing(_ problem: SyntaxProblem) -> (shown: String, written: String)? {
    switch problem {
    case .expected(let wanted, _, _): missing(wanted)
    case .unclosed(.parenthesis): (")", ")")
    case .unclosed(.block): ("}", "}")
    default: nil
    }
  }

  private static func missing(
    _ wanted: SyntaxProblem.Wanted
  ) -> (shown: String, written: String)? {
    switch wanted {
    case .word(let keyword), .target(let keyword): (keyword.spelling, keyword.spelling)
    case .sign(let sign): (sign == "{" ? "{ … }" : sign, sign == "{" ? "{ }" : sign)
    case .selection: ("<subaccounts>", "all")
    case .reference: ("<subaccount>", "\"a\"")
    case .permission: ("<permissions>", "a")
    case .newPermission: ("<area.name>", "a.a")
    case .attribute: ("<attribute>", "a")
    case .column: ("<column>", "a")
    case .test: ("<condition>", "a = 1")
    case .comparison: ("= <value>", "= 1")
    case .value: ("<value>", "1")
    case .time: ("<time>", "now")
    case .unit: ("days", "days")
    case .text: ("\"<text>\"", "\"a\"")
    case .number, .wholeNumber: ("<number>", "1")
    case .variable: ("$<name>", "$a")
    case .policyName: ("<policy>", "a")
    case .topic: ("<topic>", "a")
    case .showSubject: ("subaccounts | permissions | …", "subaccounts")
    case .chartSubject: ("permissions | changes", "permissions")
    case .exportSubject: ("to \"<file>\"", "to \"a\"")
    case .definitionKind: ("permissions | subaccounts …", "subaccounts all")
    case .letContent: ("<value>", "1")
    case .creation: ("subaccount | permission …", "subaccount \"a\"")
    case .quantity: ("<number> | no | some", "1")
    case .fileFormat: ("csv | json | jsonl", "csv")
    case .importKey: ("id | name", "id")
    case .changeGrouping: ("day | week | actor", "day")
    case .permissionVerb: ("has | lacks", "has")
    case .possession: ("have | lack", "have")
    case .write: ("<write>", "undo")
    case .permissionOrWhat: ("$<name> | policy <policy>", "$a")
    }
  }
}
