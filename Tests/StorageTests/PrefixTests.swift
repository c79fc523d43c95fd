import CrashHarness
import Diagnostics
import Testing

@testable import Storage

@Suite("prefixes")
struct PrefixTests {
  @Test("are what reading every row finds", arguments: 0..<6 as Range<UInt64>)
  func prefixes(seed: UInt64) {
    var random = Seeded(seed)
    var table = Table()
    for _ in 0..<12 {
      table.apply(Effects.random(for: table, &random))
      PrefixTests.expectPrefixes(of: table)
    }
  }

  @Test("an index of names is made in steps, and gone on with")
  func steps() {
    var table = Table()
    table.apply(.creating(10_000))
    #expect(!table.findsNamesAtOnce)
    #expect(!table.findNamesAtOnce { false })
    var questions = 0
    while !table.findNamesAtOnce(while: {
      questions += 1; return questions % 2 == 1
    }) {}
    #expect(questions == 5)
    #expect(table.findsNamesAtOnce)
    #expect(table.rows(named: "Subaccount 9999").map(\.number) == [9999])
  }

  /// Compares completions of names and values with a walk over all rows.
  static func expectPrefixes(of table: Table) {
    let live = Array(table.live)
    for prefix in beginnings(of: live.map { table.name(of: $0) }) {
      let wanted = live.filter { begins(table.name(of: $0), with: prefix) }
      let counted = table.rows(namedFrom: prefix, limit: 3, counts: true)
      #expect(counted.matches == Array(wanted.prefix(3)), "\(prefix)")
      #expect(counted.total == wanted.count, "\(prefix)")
      let some = table.rows(namedFrom: prefix, limit: 3, counts: false)
      #expect(some.matches.count == min(3, wanted.count), "\(prefix)")
      #expect(some.matches.allSatisfy { wanted.contains($0) }, "\(prefix)")
    }
    for (number, definition) in table.attributes.enumerated() where definition.type == .text {
      let attribute = AttributeNumber(number)
      let values = live.compactMap { row -> Text? in
        if case .text(let text)? = table.value(of: attribute, in: row) { text } else { nil }
      }
      for prefix in beginnings(of: values) {
        let wanted = values.filter { begins($0, with: prefix) }
        let found = table.texts(of: attribute, from: prefix, limit: 1000, counts: true)
        #expect(found.total == Set(wanted).count, "\(prefix)")
        #expect(found.matches.map(\.text) == Set(wanted).sorted(), "\(prefix)")
        for match in found.matches {
          #expect(match.count == wanted.count { $0 == match.text }, "\(match.text)")
        }
      }
    }
  }

  /// Nothing, the first letters of a few texts, in either case, and what nothing begins with.
  private static func beginnings(of texts: [Text]) -> [Text] {
    let some = Set(texts).sorted().prefix(4).map { String($0.string.prefix(2)) }
    return ["", "\u{10FFFF}"] + Set(some + some.map { $0.lowercased() }).sorted().map { Text($0) }
  }

  private static func begins(_ text: Text, with prefix: Text) -> Bool {
    text.utf8.count >= prefix.utf8.count
      && zip(text.utf8, prefix.utf8).allSatisfy { CaseFolding.folded($0) == CaseFolding.folded($1) }
  }
}
