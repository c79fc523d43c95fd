import Console
import Diagnostics
import Testing

@Suite("diagnostics")
struct DiagnosticWriterTests {
  static let source = SourceText(name: "a\u{1B}.pql", bytes: Array("count\ngrant 치과 to all\n".utf8))
  static let placed = Diagnostic(
    UsageProblem.unknownOption("--dry-rum"), severity: .warning,
    at: (source, SourceRange(12, 18)))

  static func written(_ diagnostic: Diagnostic, _ style: DiagnosticWriter.Style) -> String {
    var writer = DiagnosticWriter(style)
    var bytes: [UInt8] = []
    writer.write(diagnostic, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("an object has every key, and columns as a person counts")
  func object() {
    #expect(
      Self.written(Self.placed, .objects) == #"""
        {"severity":"warning","code":"E0701","message":"unknown option '--dry-rum'","file":"a\u001b.pql","line":2,"column":7,"length":2,"help":"did you mean '--dry-run'?"}

        """#)
    #expect(
      Self.written(Diagnostic(UsageProblem.interrupted(changesStand: true)), .objects) == #"""
        {"severity":"error","code":"E0715","message":"interrupted","file":null,"line":null,"column":null,"length":null,"help":"what was committed before stands"}

        """#)
  }

  @Test("a person's layout has colours only where they are wanted")
  func layout() {
    let plain = Self.written(Self.placed, .human(hasColors: false))
    #expect(plain.hasPrefix("warning[E0701]: unknown option '--dry-rum'\n  a\\u{1B}.pql:2:7\n"))
    #expect(!plain.contains("\u{1B}"))
    #expect(
      Self.written(Self.placed, .human(hasColors: true)).hasPrefix("\u{1B}[33mwarning[E0701]"))
  }
}
