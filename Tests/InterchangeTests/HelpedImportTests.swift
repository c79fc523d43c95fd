import Diagnostics
import Evaluation
import Interchange
import Language
import Permissions
import Storage
import Testing

/// Reading a file in two parts says what reading it in one says, wherever the parts meet.
struct HelpedImportTests {
  /// Everything that a reading says: rows with their lines, types, notes; or what is wrong.
  private func report(
    _ bytes: [UInt8], _ help: ImportHelp, attributes: [AttributeDefinition], piece: Int
  ) -> [String] {
    do throws(Misread) {
      let file = try ImportReading.read(
        MemorySource(bytes, piece: piece),
        ImportRequest(path: "agency", format: .csv, catalog: .standard, attributes: attributes),
        help)
      return file.rows() + file.lines.map { "line \($0)" }
        + file.attributes.map { "\($0.definition.name) \($0.definition.type)" }
        + file.notes.map(\.message)
        + file.attributes.map { "\($0.values.setCount) of \($0.values.count)" }
    } catch {
      return ["\(error)"]
    }
  }

  private func expectAlike(
    _ text: String, _ comment: Comment, attributes: [AttributeDefinition] = [],
    shares: some Sequence<Double> = stride(from: 0.0, to: 1.0, by: 0.07), piece: Int = 64
  ) {
    let bytes = Array(text.utf8)
    let alone = report(bytes, ImportHelp(), attributes: attributes, piece: piece)
    for share in shares {
      let helped = report(
        bytes, ImportHelp(.here, least: 0, ownShare: share), attributes: attributes, piece: piece)
      #expect(helped == alone, "\(comment), \(share) of it read here")
    }
  }

  @Test(arguments: [
    (name: "line ends between quotes", cell: "\"a\nb\n\nc\""),
    (name: "CRLF between quotes", cell: "\"a\r\nb\""),
    (name: "quotes between quotes", cell: "\"a\"\"\n\"\"b\""),
    (name: "empty cells", cell: ""),
    (name: "empty texts", cell: "\"\""),
    (name: "plain cells", cell: "x"),
  ])
  func `the parts meet at the beginning of a row or not at all`(name: String, cell: String) {
    let rows = (0..<40).map { "i\($0),n\($0),\($0 % 3 == 0 ? cell : "v\($0)"),\($0 % 2)" }
    for end in ["\n", "\r\n", "\r", "\n\n"] {
      let text = (["id,name,note,outbound"] + rows).joined(separator: end)
      expectAlike(text, "\(name)")
      expectAlike(text + end, "\(name), and a line end")
    }
  }

  @Test(arguments: [
    (name: "too many cells", row: "i,n,v,1,2"), (name: "too few cells", row: "i,n"),
    (name: "no flag", row: "i,n,v,maybe"), (name: "an open quote", row: "i,n,\"v,1"),
    (name: "text after a quote", row: "i,n,\"v\"x,1"), (name: "NUL", row: "i,n,\0,1"),
  ])
  func `a mistake is told as the first one, with its line`(name: String, row: String) {
    for place in [0, 1, 17, 38, 39] {
      var rows = (0..<40).map { "i\($0),n\($0),\"a\nb\",\($0 % 2)" }
      rows[place] = row
      // A later mistake may be found sooner.
      rows.append("i,n")
      expectAlike((["id,name,note,outbound"] + rows).joined(separator: "\n"), "\(name)")
    }
  }

  @Test(arguments: 0..<60)
  func `random files are read alike`(seed: Int) {
    var generator = SeededGenerator(state: UInt64(seed))
    let count = Int.random(in: 1..<300, using: &generator)
    let values = [
      "", "7", "007", "true", "no", "2026-01-01", "unlimited", "x", "\"7\"", "\"\"", "2.5", "é",
      "\"a\nb\"", "\"a,\"\"b\"",
    ]
    let usual = Bool.random(using: &generator) ? 3 : values.count
    var rows = ["id,name,created,plan,seats,max_minutes,protected,outbound,general.logs,chat"]
    for row in 0..<count {
      let texts = (0..<2).map { _ in values[Int.random(in: 0..<usual, using: &generator)] }
      let flags = (0..<4).map { _ in
        ["0", "1", "", "true", "false"].randomElement(using: &generator) ?? ""
      }
      let number = ["", "1", "unlimited"].randomElement(using: &generator) ?? ""
      let time = ["", "2026-01-0\(row % 9 + 1)"].randomElement(using: &generator) ?? ""
      rows.append(
        (["i\(row)", "n\(row % 50)", time] + texts + [number] + flags).joined(separator: ","))
    }
    let end = Bool.random(using: &generator) ? "\n" : "\r\n"
    expectAlike(
      rows.joined(separator: end) + end, "seed \(seed)", attributes: AttributeDefinition.standard,
      shares: (0..<6).map { _ in Double.random(in: 0..<1, using: &generator) },
      piece: Int.random(in: 1..<4096, using: &generator))
  }

  @Test func `texts that all differ keep their codes, and those that repeat do`() {
    // So many that looking them up is given up, and taken up again.
    var rows = ["id,name,email"]
    for row in 0..<40_000 {
      rows.append("i\(row),n,\(row < 25_000 ? "e\(row)@x.example" : "e\(row % 7)@x.example")")
    }
    expectAlike(
      rows.joined(separator: "\n"), "many", attributes: AttributeDefinition.standard,
      shares: [0.3, 0.6, 0.9], piece: 1 << 16)
  }
}
