import Diagnostics
import Evaluation
import Interchange
import Language
import Storage
import Testing

/// Damaged copies of good files: they are read or refused, whatever the pieces they come in.
@Suite struct DamageTests {
  private static let csv =
    "\u{FEFF}id,name,created,plan,max_minutes,general.logs,outbound\r\n"
    + "1,\"A, \"\"B\"\"\",2026-11-01T09:30:00Z,007,unlimited,true,false\n"
    + "2,Zoë 👩‍👧,2026-11-02,\"\",0,,no\n\n3,\"x\r\ny\",,1e5,12.5,1,0"
  private static let json =
    "[{\"id\":\"1\",\"name\":\"A \\u00e9\\ud83d\\ude00\",\"created\":\"2026-11-01\",\"plan\":null,"
    + "\"max_minutes\":-1.5e3,\"permissions\":{\"general.logs\":true,\"outbound\":false}},\n"
    + " {\"subaccount_id\":\"1726005822670x1\",\"members\":[{\"a\":[1,{}]}],\"permissions\":[\"chat\"]}]\n"
  private static let lines =
    "{\"id\":\"1\",\"vip\":true}\n{\"id\":\"2\",\"vip\":false,\"name\":\"\u{1F600}\"}\n\n{\"id\":\"3\"}"

  @Test("a damaged file is read or refused, and the same in pieces of any size", arguments: 1...6)
  func mutations(seed: Int) throws {
    var generator = SeededGenerator(state: UInt64(seed))
    for _ in 0..<400 {
      let source = [Self.csv, Self.json, Self.lines].randomElement(using: &generator) ?? ""
      var bytes = Array(source.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&bytes, &generator) }
      let format: FileFormat? = [nil, .csv, .json, .jsonl].randomElement(using: &generator) ?? nil
      let whole = outcome(bytes, format, piece: 1 << 20)
      let pieces = outcome(bytes, format, piece: Int.random(in: 1...9, using: &generator))
      #expect(whole == pieces, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let interesting =
      Array("\"\\,\r\n{}[]:0-eE.tfnu'\0\u{7F} ".utf8) + [0xFF, 0xC0, 0xED, 0xF4, 0x80]
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
    case 2: bytes[place] = interesting.randomElement(using: &generator) ?? 0
    case 3:
      bytes.removeSubrange(
        place..<min(bytes.count, place + Int.random(in: 1...20, using: &generator)))
    default:
      let end = min(bytes.count, place + Int.random(in: 1...20, using: &generator))
      bytes.insert(contentsOf: bytes[place..<end], at: place)
    }
  }

  @Test("a file cut anywhere is read or refused", arguments: [csv, json, lines])
  func cuts(text: String) {
    let bytes = Array(text.utf8)
    for length in bytes.indices {
      let cut = Array(bytes[..<length])
      #expect(outcome(cut, nil, piece: 1 << 20) == outcome(cut, nil, piece: 3))
    }
  }

  private func outcome(_ bytes: [UInt8], _ format: FileFormat?, piece: Int) -> [String] {
    do {
      let file = try read(bytes: bytes, as: format, piece: piece)
      return file.rows() + file.notes.map(\.message) + file.lines.map { "\($0)" }
    } catch {
      let problem = FileProblem(file: "agency", error)
      #expect(!problem.message.isEmpty && problem.code.hasPrefix("E06"))
      #expect(problem.message.unicodeScalars.allSatisfy { !UTF8Text.isHarmful($0.value) })
      return [problem.message, problem.code]
    }
  }
}
