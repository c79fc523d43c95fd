import Diagnostics
import Language
import Testing

/// Reads a script that must be right.
func parsed(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) -> [Statement] {
  let (script, diagnostics) = Parser.parse(SourceText(name: "s.pql", text))
  for diagnostic in diagnostics {
    Issue.record("\(laidOut(diagnostic))", sourceLocation: sourceLocation)
  }
  return script.statements
}

/// A diagnostic as a person sees it.
func laidOut(_ diagnostic: Diagnostic) -> String {
  var layout = DiagnosticLayout()
  return layout.text(of: diagnostic)
}

/// All mistakes of a script as a person sees them.
func mistakes(_ bytes: [UInt8]) -> String {
  var layout = DiagnosticLayout()
  return Parser.parse(SourceText(name: "s.pql", bytes: bytes)).diagnostics
    .map { layout.text(of: $0) }.joined()
}

func mistakes(_ text: String) -> String {
  mistakes(Array(text.utf8))
}

/// Numbers that look random and are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
