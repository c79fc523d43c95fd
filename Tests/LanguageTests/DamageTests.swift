import Diagnostics
import Language
import Testing

/// A short run of what the fuzzer does for hours: damaged copies of valid scripts.
@Suite("Damaged scripts")
struct DamageTests {
  @Test("give an error with a place, or a tree that round-trips", arguments: 0..<40)
  func damaged(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    var generator = try SentenceGenerator(Grammar.published(), seed: 1000 + seed)
    for _ in 0..<40 {
      var bytes = Array(try generator.sentence("SCRIPT").utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&bytes, &random) }
      let source = SourceText(name: "s.pql", bytes: bytes)
      let (script, diagnostics) = Parser.parse(source)
      for diagnostic in diagnostics {
        let range = try #require(diagnostic.place?.range)
        #expect(range.upper <= bytes.count)
        let shown = laidOut(diagnostic)
        #expect(shown == TerminalEscape.escape(shown, keepsLineEnds: true))
      }
      guard diagnostics.isEmpty else { continue }
      let printed = Printer.text(script.statements)
      #expect(parsed(printed) == script.statements, "\(printed)")
      let layout = try #require(Reformatter.reformat(source).text)
      #expect(parsed(layout) == script.statements, "\(layout)")
    }
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let signs = Array("\"'`\\{}();,.*#$-=~<>!\n\r\t \u{0}x0é\u{202E}\u{FEFF}".utf8) + [0x80, 0xFF]
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(signs[Int.random(in: signs.indices, using: &random)], at: place)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.removeSubrange(place...)
    default:
      guard place < bytes.count else { return }
      bytes[place] = signs[Int.random(in: signs.indices, using: &random)]
    }
  }
}
