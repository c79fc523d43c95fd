import Diagnostics
import Language

/// Any bytes are a script: it is read without a trap, and what is right is printed back the same.
///
/// libFuzzer calls this; `sh Tests/Fuzz/run.sh` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let source = SourceText(name: "<fuzz>", bytes: bytes)
  let (script, diagnostics) = Parser.parse(source)
  var layout = DiagnosticLayout()
  for diagnostic in diagnostics {
    let text = layout.text(of: diagnostic)
    precondition(!text.isEmpty && text.utf8.allSatisfy { $0 >= 32 || $0 == 10 })
  }
  guard diagnostics.isEmpty else { return 0 }
  let printed = Printer.text(script.statements)
  let (again, mistakes) = Parser.parse(SourceText(name: "<printed>", printed))
  precondition(mistakes.isEmpty, "what is printed can be read")
  precondition(again.statements == script.statements, "printing and reading is the identity")
  precondition(Printer.text(again.statements) == printed, "printing twice prints the same")
  return 0
}
