import Console
import Foundation
import Language
import Testing

@Suite("completions and the man page")
struct CompletionsTests {
  @Test(
    "each shell's script knows every option and every statement",
    arguments: CompletionShell.allCases)
  func complete(shell: CompletionShell) {
    let script = shell.script
    for option in OptionName.allCases {
      let name = String(option.spelling.dropFirst(2))
      #expect(script.contains(shell == .fish ? "-l \(name)" : option.spelling), "\(name)")
    }
    for word in Keyword.allCases where word.beginsStatement {
      #expect(script.contains(word.spelling))
    }
    for format in OutputFormat.allCases { #expect(script.contains(format.rawValue)) }
  }

  @Test("each shell that is installed can read its script", arguments: CompletionShell.allCases)
  func readable(shell: CompletionShell) throws {
    let result = try ProgramTests.shell(
      """
      command -v \(shell.rawValue) >/dev/null || exit 0
      permql --completions \(shell.rawValue) >script && \(shell.rawValue) -n script
      """)
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
  }

  @Test("bash completes options, formats and scripts")
  func bash() throws {
    let result = try ProgramTests.shell(
      """
      command -v bash >/dev/null || { echo '--read-only vertical nightly.pql grant'; exit 0; }
      permql --completions bash >script
      cat >try.bash <<'END'
      source ./script
      complete_words() { COMP_WORDS=(permql "$@"); COMP_CWORD=$#; _permql; printf '%s ' "${COMPREPLY[@]}"; }
      complete_words --read-o
      complete_words -o ver
      complete_words nigh
      complete_words -c gra
      END
      bash try.bash
      """, files: ["nightly.pql": "", "nightly.txt": ""])
    #expect(
      result.output.split(whereSeparator: \.isWhitespace)
        == ["--read-only", "vertical", "nightly.pql", "grant"], "\(result.errors)")
  }

  @Test("the man page has every option as it is spelled, and no other")
  func manPage() throws {
    let path = ExplanationTests.project.appendingPathComponent("Sources/permql/permql.1")
    let page = try String(contentsOf: path, encoding: .utf8).replacing("\\-", with: "-")
    let options = page.matches(of: /\.TP\n((?:\\fB-.*)?\\fB--.*)\n/).map { match in
      String(match.1.replacing(/\\f[BRI]/, with: ""))
    }
    let wanted = OptionName.allCases.map { name in
      let short = name.short.map { "-\($0), " } ?? ""
      return short + name.spelling + (name.argument.map { " \($0)" } ?? "")
    }
    #expect(options.sorted() == wanted.sorted())
    #expect(page.contains("permql \(Version.number)"))
    for status in [0, 1, 2, 3, 4, 5, 130] { #expect(page.contains(".B \(status)\n")) }
  }
}
