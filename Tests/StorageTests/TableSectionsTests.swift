import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

@Suite("Table in sections")
struct TableSectionsTests {
  @Test(
    "a table that was written and read answers as before, and goes on as before",
    arguments: 0..<8 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = Seeded(seed)
    var table = Table()
    var applied: [Effects] = []
    var read = Table()
    for step in 0..<16 {
      if step % 5 == 4, let last = applied.popLast() {
        table.revert(last)
        read.revert(last)
      } else {
        let effects = Effects.random(for: table, &random)
        table.apply(effects)
        read.apply(effects)
        applied.append(effects)
      }
      #expect(read.fingerprint == table.fingerprint)
      if step % 4 == 1 { try TableSectionsTests.expectSameAnswers(read, table) }
      if step % 3 == 0 {
        var sections = MemorySections()
        read.write(to: &sections)
        let mapped = MappedSections(sections)
        read = try step % 2 == 0 ? Table(from: mapped) : Table(from: sections)
        #expect(read.fingerprint == table.fingerprint)
        try TableSectionsTests.expectSameAnswers(read, table)
        #expect(!mapped.file.isDamaged)
      }
    }
  }

  /// Asks both tables everything that is answered from columns and indexes.
  static func expectSameAnswers(_ left: Table, _ right: Table) throws {
    #expect(left.live == right.live)
    #expect(left.protected == right.protected)
    #expect(left.newest == right.newest)
    for row in right.live {
      #expect(left.row(id: right.id(of: row)) == right.row(id: right.id(of: row)))
    }
    let names = Set((0..<UInt32(right.rowCount)).map { right.name(of: Row($0)) })
    // Some are found together, where they are in a file, and some one by one.
    left.expect(names: ["nobody"] + names.sorted().prefix(names.count / 2))
    for name in names.union(["", "nobody", "\u{10FFFF}"]) {
      #expect(left.rows(named: name) == right.rows(named: name))
    }
    for text in [Table.OwnText.id, .name] {
      let shared = left.rows(left.live, sharing: text)
      let places = Dictionary(grouping: left.live) {
        text == .id ? left.id(of: $0) : left.name(of: $0)
      }
      for (_, rows) in places where rows.count > 1 {
        #expect(rows.allSatisfy { shared.contains($0) })
      }
    }
    for pattern in ["*", "acme*", "*e*", "?*", "É*", "sub*1*", "{acme,日}*", "*long NAME*"] {
      let glob = try Glob(Text(pattern))
      let matching = left.rows(whereName: .glob(glob))
      #expect(matching == right.rows(whereName: .glob(glob)))
      #expect([nil, matching.count].contains(left.count(whereName: glob)))
      #expect(left.rows(whereID: .glob(glob)) == right.rows(whereID: .glob(glob)))
    }
    PrefixTests.expectPrefixes(of: left)
    for permission in 0..<right.catalog.count {
      let number = PermissionNumber(permission)
      #expect(left.holders(of: number) == right.holders(of: number))
    }
    for descending in [false, true] {
      for field in [SortKey.Field.name, .id, .created, .permissionCount] {
        let keys = [SortKey(field, isDescending: descending)]
        #expect(left.sorted(left.live, by: keys) == right.sorted(right.live, by: keys))
      }
    }
    for (value, definition) in right.attributes.enumerated() {
      let attribute = AttributeNumber(value)
      let mine = left.groups(by: attribute, in: left.live)
      let others = right.groups(by: attribute, in: right.live)
      #expect(mine.map(\.value) == others.map(\.value))
      #expect(mine.map(\.count) == others.map(\.count))
      let keys = [SortKey(.attribute(attribute))]
      #expect(left.sorted(left.live, by: keys) == right.sorted(right.live, by: keys))
      if definition.type == .text {
        for text in right.distinctTexts(of: attribute, limit: 50) + ["none"] {
          let test = ValueTest.text(.equals(text))
          #expect(
            left.rows(whereAttribute: attribute, test)
              == right.rows(whereAttribute: attribute, test))
        }
      }
    }
  }
}
