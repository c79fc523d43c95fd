import CrashHarness
import Diagnostics
import Testing

@testable import Storage

@Suite("Scans over texts")
struct TextScanTests {
  /// Where the texts of a column are.
  enum Form: CaseIterable {
    case owned
    case mapped
    /// A file's, of which the last were taken back, and others that were appended.
    case both
  }

  @Test(
    "all ways to find texts agree with looking at each",
    arguments: Form.allCases, 0..<3 as Range<UInt64>)
  func laws(form: Form, seed: UInt64) throws {
    var random = Seeded(seed)
    let (column, mapped) = try TextScanTests.column(form, &random)
    let texts = column.map { $0 }
    for _ in 0..<12 {
      let pattern = Text(TextScanTests.pattern(&random))
      let glob = try Glob(pattern)
      let expected = texts.indices.filter { NaiveGlob.matches(pattern, texts[$0]) }
      #expect(column.places(matching: glob).map(\.index) == expected, "\(pattern)")
      #expect(RowSet(glob.places(in: column)).map(\.index) == expected, "\(pattern)")
    }
    for _ in 0..<6 {
      let prefix = Array(
        TextScanTests.text(&random).utf8.prefix(Int.random(in: 0..<4, using: &random)))
      let expected = texts.indices.filter { TextScanTests.begins(texts[$0], prefix) }
      #expect(column.places(beginningLike: prefix).map(\.index) == expected, "\(prefix)")
    }
    for order in [Order.less, .lessOrEqual, .equal, .greaterOrEqual, .greater] {
      let other = texts.randomElement(using: &random) ?? ""
      let expected = texts.indices.filter { order.holds(texts[$0], other) }
      let found = column.places(comparedBy: .compare(order, other))
      #expect(RowSet(found).map(\.index) == expected, "\(order) \(other)")
    }
    let (low, high) = (TextScanTests.text(&random), TextScanTests.text(&random))
    let expected = texts.indices.filter { low <= texts[$0] && texts[$0] <= high }
    #expect(RowSet(column.places(comparedBy: .between(low, high))).map(\.index) == expected)
    #expect(mapped?.file.isDamaged != true)
  }

  @Test("a search in the bytes of a stretch finds what a search in each text finds")
  func hits() {
    var random = Seeded(7)
    for length in [1, 2, 3, 63, 64, 65, 66, 200, 1100, 5000] {
      let letters = Array("aAbBzZ@[`{é".utf8)
      let bytes = (0..<length).map { _ in letters.randomElement(using: &random) ?? 0 }
      var ends: [UInt32] = []
      while Int(ends.last ?? 0) < length {
        let step = UInt32.random(in: 0..<9, using: &random)
        ends.append(min(UInt32(length), (ends.last ?? 0) + step))
      }
      for literal in ["a", "z", "ab", "aba", "@", "`{", "zab[", "abababab"].map({ Array($0.utf8) })
      {
        var found: [Int] = []
        var hits = LiteralHits(literal)
        if hits.find(in: bytes.span) {
          hits.forEachText(in: bytes.span, endingAt: ends.span) { text, range in
            found.append(text)
            #expect(range.upperBound == Int(ends[text]))
          }
        }
        let expected = ends.indices.filter { text in
          let start = text == 0 ? 0 : Int(ends[text - 1])
          let folded = bytes[start..<Int(ends[text])].map { CaseFolding.folded($0) }
          return folded.indices.contains { folded[$0...].starts(with: literal) }
        }
        #expect(found == expected, "\(literal) in \(length) bytes")
      }
    }
  }

  @Test("texts that end anywhere stop no scan", arguments: 0..<20 as Range<UInt64>)
  func absurd(seed: UInt64) throws {
    var random = Seeded(seed)
    let (column, _) = try TextScanTests.column(.owned, &random)
    var header: [UInt8] = []
    var sections = MemorySections()
    column.write(to: &sections, as: 0, header: &header, order: column.order)
    for name in sections.names {
      var bytes = sections.sections[name] ?? []
      for _ in 0..<Int.random(in: 1..<9, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      }
      var changed = sections
      changed.replace(name, by: bytes)
      var input = ByteReader(header)
      guard
        let read = try? TextColumn(
          from: MappedSections(changed), as: 0, header: &input, limit: column.count)
      else { continue }
      for pattern in ["*a*", "a*", "?b*", "*", "{a,b}c*"] as [Text] {
        let glob = try Glob(pattern)
        #expect(glob.places(in: read).count <= read.count)
        #expect(read.places(matching: glob).count <= read.count)
      }
      #expect(read.places(comparedBy: .compare(.less, "b")).count <= read.count)
    }
  }

  /// More than a stretch of texts, some of which are equal.
  private static func column(
    _ form: Form, _ random: inout Seeded
  ) throws -> (TextColumn, MappedSections?) {
    var owned = TextColumn()
    for _ in 0..<2_100 { owned.append(text(&random)) }
    if form == .owned { return (owned, nil) }
    var header: [UInt8] = []
    var sections = MemorySections()
    owned.write(to: &sections, as: 3, header: &header, order: owned.order)
    let mapped = MappedSections(sections)
    var input = ByteReader(header)
    var column = try TextColumn(from: mapped, as: 3, header: &input, limit: 2_100)
    if form == .both {
      column.removeLast(Int.random(in: 1..<700, using: &random))
      for _ in 0..<Int.random(in: 1..<1_200, using: &random) { column.append(text(&random)) }
    }
    return (column, mapped)
  }

  private static func text(_ random: inout Seeded) -> Text {
    Text(
      (0..<Int.random(in: 0..<7, using: &random)).map { _ in
        ["a", "A", "b", "c", "é", "É", "-", "k", "s", "S", "\u{212A}", "\u{17F}"]
          .randomElement(using: &random) ?? ""
      }.joined())
  }

  private static func pattern(_ random: inout Seeded) -> String {
    let literals = ["a", "ab", "A", "é", "s", "k", "ac-", "?", "[a-b]", "{a,bs}", "b"]
    var pattern = Bool.random(using: &random) ? "*" : ""
    for _ in 0..<Int.random(in: 0..<4, using: &random) {
      pattern += literals.randomElement(using: &random) ?? ""
      if Int.random(in: 0..<3, using: &random) == 0 { pattern += "*" }
    }
    return pattern + (Bool.random(using: &random) ? "*" : "")
  }

  private static func begins(_ text: Text, _ prefix: [UInt8]) -> Bool {
    Array(text.utf8).map { CaseFolding.folded($0) }
      .starts(with: prefix.map { CaseFolding.folded($0) })
  }
}
