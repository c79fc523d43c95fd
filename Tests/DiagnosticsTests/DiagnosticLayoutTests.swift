import Diagnostics
import Testing

/// A mistake made for these tests.
private struct SampleProblem: Problem {
  var code = "E0201"
  var message = "unknown permission 'outbond'"
  var label: String? = "did you mean 'outbound'?"
  var help: String?
  var status = ExitStatus.unusable
}

@Suite("The layout of a diagnostic")
struct DiagnosticLayoutTests {
  private func layout(
    _ text: String, _ range: Range<Int>, _ problem: SampleProblem = SampleProblem(),
    severity: Diagnostic.Severity = .error
  ) -> String {
    var layout = DiagnosticLayout()
    let source = SourceText(name: "nightly.pql", text)
    return layout.text(
      of: Diagnostic(problem, severity: severity, at: (source, SourceRange(range))))
  }

  @Test("is as the manual shows it")
  func manual() {
    let text = "begin\nshow store\ngrant outbond to all\n"
    #expect(
      layout(text, 23..<30) == """
        error[E0201]: unknown permission 'outbond'
          nightly.pql:3:7
          3 | grant outbond to all
            |       ^^^^^^^ did you mean 'outbound'?

        """)
  }

  @Test("has help at its end, and works without a place")
  func help() {
    let problem = SampleProblem(
      code: "E0501", message: "the store is locked", label: nil, help: "wait, or ask pid 42",
      status: .storeUnavailable)
    var layout = DiagnosticLayout()
    #expect(
      layout.text(of: Diagnostic(problem, severity: .warning)) == """
        warning[E0501]: the store is locked
          help: wait, or ask pid 42

        """)
  }

  @Test("underlines at the end of a line, and of the text")
  func ends() {
    #expect(layout("grant", 5..<5).contains("  1 | grant\n    |      ^ did"))
    #expect(layout("grant\nundo", 5..<5).contains("nightly.pql:1:6\n  1 | grant\n"))
    #expect(layout("", 0..<0).contains("nightly.pql:1:1\n  1 | \n    | ^ did"))
  }

  @Test("measures wide characters, tabs and escapes as they are shown")
  func columns() {
    #expect(layout("a漢字b outbond", 9..<16).contains("nightly.pql:1:6\n"))
    #expect(layout("a漢字b outbond", 9..<16).contains("\n    |        ^^^^^^^ did"))
    #expect(layout("\ta\tb", 3..<4).contains("  1 |     a   b\n    |         ^ did"))
    #expect(layout("a\u{1B}b", 2..<3).contains("  1 | a\\u{1B}b\n    |        ^ did"))
    #expect(layout("漢", 0..<3).contains("    | ^^ did"))
  }

  @Test("shows the first and the last line of a longer place")
  func severalLines() {
    let text = "if no subaccounts {\n  undo\n  undo\n}"
    #expect(
      layout(text, 18..<text.utf8.count) == """
        error[E0201]: unknown permission 'outbond'
          nightly.pql:1:19
          1 | if no subaccounts {
            |                   ^
            | …
          4 | }
            | ^ did you mean 'outbound'?

        """)
  }

  @Test("cuts a long line around the place")
  func longLines() {
    let text =
      String(repeating: "x", count: 5000) + " outbond " + String(repeating: "y", count: 5000)
    let lines = layout(text, 5001..<5008).split(separator: "\n")
    #expect(lines[1] == "  nightly.pql:1:5002")
    #expect(lines[2].hasPrefix("  1 | …xxx") && lines[2].hasSuffix("yyy…"))
    #expect(lines[2].contains(" outbond "))
    #expect(DisplayWidth.of(String(lines[2])) <= 100)
    let mark = lines[3].prefix { $0 != "^" }.count
    #expect(Array(lines[2])[mark...].starts(with: "outbond"))
    let whole = layout(text, 0..<text.utf8.count).split(separator: "\n")
    #expect(DisplayWidth.of(String(whole[2])) <= 100)
    #expect(DisplayWidth.of(String(whole[3].prefix { $0 != "d" })) <= 100)
  }

  @Test("escapes what it quotes, the file's name too")
  func escapes() {
    var layout = DiagnosticLayout()
    let source = SourceText(name: "a\u{1B}[2J.pql", "x\u{202E}y")
    let problem = SampleProblem(message: "bad\u{7}\nline", label: "la\u{9B}bel", help: "he\rlp")
    let text = layout.text(of: Diagnostic(problem, at: (source, SourceRange(0, 1))))
    #expect(
      text == """
        error[E0201]: bad\\u{7}\\nline
          a\\u{1B}[2J.pql:1:1
          1 | x\\u{202E}y
            | ^ la\\u{9B}bel
          help: he\\rlp

        """)
  }

  @Test("gives each part to be painted, and changes nothing else")
  func painting() {
    var parts: [DiagnosticLayout.Part] = []
    var painted = DiagnosticLayout { text, part in
      parts.append(part)
      return text
    }
    let source = SourceText("grant outbond to all")
    let diagnostic = Diagnostic(
      SampleProblem(help: "help"), severity: .note, at: (source, SourceRange(6, 13)))
    var plain = DiagnosticLayout()
    #expect(painted.text(of: diagnostic) == plain.text(of: diagnostic))
    #expect(
      parts == [
        .severity(.note), .message, .place, .gutter, .source, .gutter, .underline(.note), .help,
      ])
  }
}
