package import Diagnostics

/// The words of every mistake that the lexer and the parser find.
extension SyntaxProblem {
  package var message: String {
    switch self {
    case .invalidUTF8(let byte, let offset):
      "byte \(hexadecimal(byte)) at offset \(offset) is not valid UTF-8"
    case .forbiddenCharacter(let scalar, _):
      "\(named(scalar)) can't stand here"
    case .oddLetter(let word, let scalar):
      "unknown word '\(word)': it holds \(named(scalar))"
    case .unknownSign(let sign, _):
      "unknown sign '\(sign)'"
    case .unclosed(.text):
      "the text that opens here is not closed on its line"
    case .unclosed(.name):
      "the name that opens here is not closed on its line"
    case .unclosed(.block):
      "the block that opens here is not closed"
    case .unclosed(.parenthesis):
      "the parenthesis that opens here is not closed"
    case .unknownEscape(let escape):
      "unknown escape '\(escape)'"
    case .noSuchCodePoint(let escape):
      "'\(escape)' is no Unicode scalar"
    case .malformedNumber:
      "this is not a number"
    case .numberOutOfRange:
      "number out of range"
    case .malformedTime(let time):
      "'\(time)' is not a date or a time"
    case .idMissing:
      "an id is missing after '#'"
    case .variableNameMissing:
      "a name is missing after '$'"
    case .malformedVariable:
      "a variable's name begins with a letter, a script argument is all digits"
    case .emptyName:
      "the name is empty"
    case .nameTooLong:
      "the name is longer than \(Lexer.longestName) bytes"
    case .statementTooLong:
      "the statement is longer than 1 MiB"
    case .scriptTooLong:
      "the script is longer than 4 GiB"
    case .nestedTooDeep:
      "nested too deep: \(Parser.deepest) levels are the limit"
    case .unknownStatement(let found, _):
      "unknown statement \(found.words)"
    case .expected(let wanted, let found, _):
      "expected \(wanted.words), found \(found.words)"
    case .unexpected(let found, _):
      "unexpected \(found.words)"
    case .repeated(let keyword):
      "'\(keyword.spelling)' is given twice"
    case .reservedName(let keyword):
      "'\(keyword.spelling)' is a word of the language, not a name"
    case .bareText(let text, _):
      "the text '\(text)' is not in quotes"
    case .comparedWithNull(_, _):
      "nothing equals null: an attribute is set or it is not"
    case .comparedWithIs:
      "'is' asks whether an attribute is set, not what it equals"
    case .comparedAttributes(let name):
      "'\(name)' is not a value: attributes can't be compared with each other"
    case .reversedRange:
      "the range ends before it begins"
    case .spacedDot:
      "a space stands beside the dot of a permission's name"
    case .tooManyMistakes:
      "too many mistakes: the rest was not read"
    }
  }

  package var label: String? {
    switch self {
    case .forbiddenCharacter(let scalar, _), .oddLetter(_, let scalar):
      LookAlike.ascii(of: scalar).map { $0 == " " ? "write a plain space" : "looks like '\($0)'" }
    case .unknownSign(_, let instead):
      "did you mean '\(instead)'?"
    case .unknownStatement(_, let near?), .expected(_, _, let near?), .unexpected(_, let near?),
      .bareText(_, let near?):
      "did you mean '\(near.spelling)'?"
    case .bareText(let text, nil):
      "did you mean \"\(text)\"?"
    case .comparedWithNull(_, let negated):
      "did you mean 'is \(negated ? "" : "not ")set'?"
    case .comparedWithIs(let negated):
      "did you mean '\(negated ? "!=" : "=")'?"
    case .reservedName(let keyword):
      "did you mean `\(keyword.spelling)`?"
    case .unclosed:
      "opened here"
    default:
      nil
    }
  }

  package var replacement: Text? {
    switch self {
    case .unknownStatement(_, let near?), .expected(_, _, let near?), .unexpected(_, let near?),
      .bareText(_, let near?):
      Text(near.spelling)
    case .bareText(let text, nil): Text(Spelling.quoted(text))
    case .reservedName(let keyword): Text("`\(keyword.spelling)`")
    default: nil
    }
  }

  package var help: String? {
    switch self {
    case .invalidUTF8:
      "scripts are UTF-8: convert the file, or write the character as \\u{…} in a text"
    case .forbiddenCharacter(let scalar, inText: true):
      "in a text it can be written as \\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    case .oddLetter:
      "a bare word is of ASCII letters, digits and '_'; a name with others goes into backquotes"
    case .unclosed(.text):
      "a text ends on its line with the quote that opens it; a line end in it is written \\n"
    case .unknownEscape:
      "escapes are \\\" \\' \\\\ \\n \\t and \\u{1F600}"
    case .malformedNumber:
      "numbers are written 500, 1_000, -3 or 2.5; a text goes into quotes, a name into backquotes"
    case .numberOutOfRange:
      "numbers go to 9_007_199_254_740_992 either way; longer digits can be a text in quotes"
    case .malformedTime:
      "times are written 2026-11-01, 2026-11-01T09:30Z or 2026-11-01T09:30+02:00"
    case .idMissing:
      "an id is written #1726005822670x239735712159542050, or in quotes: #\"any text\""
    case .unknownStatement(.source(let word), nil):
      StatementHints.hint(word) ?? "'help' lists the statements"
    case .expected(let wanted, let found, nil):
      wanted.help(found)
    case .unexpected(.source(let word), nil):
      StatementHints.inside(word) ?? "a statement ends at ';' or at the end of its line"
    case .reservedName:
      "in backquotes any word can be a name"
    case .bareText(_, nil):
      "a text goes into quotes, a variable begins with '$'"
    case .comparedWithNull(let attribute, let negated):
      "write \(attribute) is \(negated ? "" : "not ")set"
    case .comparedAttributes(let name):
      "compare with a value, as in > 500; a text goes into quotes: \"\(name)\""
    case .reversedRange:
      "write the smaller number first, as in 1..40"
    case .spacedDot:
      "write it in one piece, as in agent_types.outbound or integrations.*"
    default:
      nil
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  private func named(_ scalar: Unicode.Scalar) -> String {
    if let name = scalar.properties.name ?? scalar.properties.nameAlias {
      return "\(scalar.codePoint) \(name)"
    }
    return scalar.isASCII && !scalar.isControl
      ? "'\(scalar)'" : "the character \(scalar.codePoint)"
  }
}

extension SyntaxProblem.Found {
  var words: String {
    switch self {
    case .source(let text): "'\(text)'"
    case .lineEnd: "the end of the statement"
    case .endOfInput: "the end of the script"
    }
  }
}

extension SyntaxProblem.Wanted {
  var words: String {
    switch self {
    case .word(let keyword), .target(let keyword): "'\(keyword.spelling)'"
    case .sign(let sign): "'\(sign)'"
    case .selection: "whom it concerns"
    case .reference: "a subaccount"
    case .permission: "a permission"
    case .newPermission: "the new permission's area and name, as in integrations.zapier"
    case .attribute: "an attribute"
    case .column: "a column"
    case .test: "a condition"
    case .comparison: "a comparison"
    case .value: "a value"
    case .time: "a time"
    case .unit: "'minutes', 'hours', 'days' or 'weeks'"
    case .text: "a text in quotes"
    case .number: "a number"
    case .wholeNumber: "a whole number"
    case .variable: "a variable"
    case .policyName: "a policy's name"
    case .topic: "a topic"
    case .showSubject: "what to show"
    case .chartSubject: "'permissions' or 'changes'"
    case .exportSubject: "'to', or what to export"
    case .definitionKind: "'permissions' or 'subaccounts'"
    case .letContent: "a value, or 'subaccounts', 'permissions' or 'count'"
    case .creation: "'subaccount' or 'permission'"
    case .quantity: "'no', 'some', 'all', a number, 'at least' or 'at most'"
    case .fileFormat: "'csv', 'json' or 'jsonl'"
    case .importKey: "'id' or 'name'"
    case .changeGrouping: "'day', 'week' or 'actor'"
    case .permissionVerb: "'has' or 'lacks'"
    case .possession: "'have' or 'lack'"
    case .write: "a statement that changes something, or '{'"
    case .permissionOrWhat: "'policy' or a saved name such as $starter"
    }
  }

  func help(_ found: SyntaxProblem.Found) -> String? {
    switch self {
    case .selection:
      "name subaccounts in quotes, narrow with 'where', 'having', 'lacking' or 'except', or write 'all'"
    case .reference:
      "a subaccount is written as its name in quotes, its #id, or a $variable"
    case .permission:
      "as in outbound, agent_types.outbound, integrations.*, \"Knowledge Base\", * or $starter"
    case .comparison:
      "as in plan = \"pro\", max_agents > 5, name ~ \"Acme*\", plan in (\"a\", \"b\"), plan is set"
    case .time:
      "as in 2026-11-01, 2026-11-01T09:30Z, yesterday, 3 days ago or change 42"
    case .test:
      "as in plan = \"pro\", having outbound, not lacking calls"
    case .showSubject:
      """
      a name in quotes, or subaccounts, permissions, matrix, profiles, outliers, changes, \
      differences, attributes, definitions, policies, store
      """
    case .target:
      found == .lineEnd || found == .endOfInput
        ? "whom it concerns is always spelled; 'all' means every subaccount" : nil
    default:
      nil
    }
  }
}

/// What people who know other languages may have meant.
enum StatementHints {
  /// What to write instead of a word that goes on with statements elsewhere, or nil.
  static func inside(_ word: Text) -> String? {
    switch word.string.lowercased() {
    case "order", "sorted", "ordered": "write 'sort by', as in sort by name desc"
    case "group", "grouped", "per": "write 'by' alone, as in count by plan"
    case "top", "first", "offset": "write 'limit', as in limit 10"
    case "which", "who", "whose", "that", "filter", "named": "conditions begin with 'where'"
    default: nil
    }
  }

  /// What to write instead of a word that begins statements elsewhere, or nil.
  static func hint(_ word: Text) -> String? {
    switch word.string.lowercased() {
    case "select", "list", "get", "find": "write 'show' to list subaccounts, 'count' to count them"
    case "update", "alter": "write 'set' for attributes, 'grant' and 'revoke' for permissions"
    case "insert", "add", "new": "write 'create subaccount', or 'grant' to give permissions"
    case "remove": "write 'delete subaccounts', or 'revoke' to take permissions"
    case "allow", "enable", "give": "write 'grant'"
    case "deny", "disable", "take": "write 'revoke'"
    case "exit", "quit", "use", "open": "that is not a statement; 'help' lists the statements"
    case "lock": "write 'protect'"
    case "unlock": "write 'unprotect'"
    case "explain": "write 'preview'"
    case "start", "transaction": "write 'begin'"
    case "abort": "write 'rollback'"
    case "echo": "write 'print'"
    default: nil
    }
  }
}
