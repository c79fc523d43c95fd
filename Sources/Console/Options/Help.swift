extension OptionName {
  /// `--help`: one screen.
  package static let helpText: String = {
    let rows = allCases.map { name -> (left: String, right: String) in
      let entry = name.entry
      let short = entry.short.map { "-\($0), " } ?? "    "
      let argument = entry.argument.map { " \($0)" } ?? ""
      return ("  \(short)--\(entry.long)\(argument)", entry.summary())
    }
    let width = rows.map(\.left.count).max() ?? 0
    let lines = rows.map { row in
      row.left + String(repeating: " ", count: width - row.left.count + 2) + row.right
    }
    return """
      usage: permql [options] [SCRIPT [ARG…]]

      Asks and changes what the subaccounts of an agency are permitted to do.
      Without a SCRIPT: statements from the terminal or from standard input.

      \(lines.joined(separator: "\n"))

      exit status: 0 done; 1 a statement failed; 2 a mistake found before running;
      3 an assertion or 'expect' did not hold; 4 refused by a policy;
      5 the store or the output can't be used; 130 interrupted
      'permql -c help' explains the language.

      """
  }()
}
