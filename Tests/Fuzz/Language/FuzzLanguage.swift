import Diagnostics
import Language

/// What the fuzzer calls with bytes of its own making.
///
/// Any bytes are either refused with a place inside them, or make a tree that prints and reads back,
/// on one line and in standard layout. A trap, a hang or a broken promise is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLanguage(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let source = SourceText(name: "fuzz.pql", bytes: bytes)
  let (script, diagnostics) = Parser.parse(source)
  let completeness = Parser.completeness(of: source)
  precondition(diagnostics.isEmpty == (completeness == .complete), "completeness")

  var layout = DiagnosticLayout()
  for diagnostic in diagnostics.prefix(20) {
    guard let range = diagnostic.place?.range else { preconditionFailure("no place") }
    precondition(range.upper <= bytes.count, "a place beyond the end")
    let text = layout.text(of: diagnostic)
    precondition(text == TerminalEscape.escape(text, keepsLineEnds: true), "not escaped")
  }
  _ = try? Parser.parseSelection(source)
  _ = try? Parser.parsePermissions(source)
  guard diagnostics.isEmpty else { return 0 }

  let printed = Printer.text(script.statements)
  precondition(read(printed) == script.statements, "printing")
  guard let standard = Reformatter.reformat(source).text else { preconditionFailure("reformat") }
  precondition(read(standard) == script.statements, "standard layout")
  precondition(Reformatter.reformat(SourceText(standard)).text == standard, "layout twice")
  return 0
}

private func read(_ text: String) -> [Statement] {
  let (script, diagnostics) = Parser.parse(SourceText(text))
  precondition(diagnostics.isEmpty, "what was printed is wrong")
  return script.statements
}
