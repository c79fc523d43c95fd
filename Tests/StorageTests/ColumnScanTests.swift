import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

@Suite("Scans over values")
struct ColumnScanTests {
  @Test(
    "numbers of any packing are found by ranges as one by one", arguments: 0..<10 as Range<UInt64>)
  func numbers(seed: UInt64) throws {
    var random = Seeded(seed)
    let scale = [1.0, 100, 5_000, 1e6, 1e12][Int(seed) % 5]
    func number(_ random: inout Seeded) -> Double {
      let whole = Double.random(in: -scale...scale * 3, using: &random).rounded()
      if seed > 4, Int.random(in: 0..<9, using: &random) == 0 { return .infinity }
      return seed == 9 ? whole / 4 : whole
    }
    let values = (0..<1_700).map { _ in number(&random) }
    var column = try ColumnScanTests.mapped(values)
    var expected = values
    for _ in 0..<4 {
      let place = Int.random(in: 0..<1_600, using: &random)
      expected[place] = number(&random)
      column[place] = expected[place]
    }
    column.truncate(to: 1_651)
    expected.removeSubrange(1_651...)
    for _ in 0..<100 {
      expected.append(number(&random))
      column.append(expected[expected.count - 1])
    }
    var others = [0, -scale, scale, .infinity, -.infinity, 0.5, 1e300, -1e300, 0x1p53]
    for _ in 0..<6 { others.append(expected.randomElement(using: &random) ?? 0) }
    for other in others {
      for order in [Order.less, .lessOrEqual, .equal, .greaterOrEqual, .greater] {
        let test = NumberTest.compare(order, other)
        let found = RowSet(column.places(in: test.ranges)).map(\.index)
        #expect(found == expected.indices.filter { test.holds(for: expected[$0]) }, "\(test)")
      }
      let tests = [
        NumberTest.between(-other, other), .isIn([other, 1, 2]),
        .isIn(Set((0..<12).map(Double.init))),
      ]
      for test in tests {
        let found = RowSet(column.places(in: test.ranges)).map(\.index)
        #expect(found == expected.indices.filter { test.holds(for: expected[$0]) }, "\(test)")
      }
    }
  }

  @Test("times along a line are found by ranges as one by one")
  func times() throws {
    var random = Seeded(3)
    let values = (0..<1_300 as Range<Int64>).map {
      1_700_000_000_000 + $0 * 86_400 + Int64.random(in: 0..<5_000, using: &random)
    }
    let column = try ColumnScanTests.mapped(values)
    for other in [values[0], values[700], values[1_299], .min, .max, 0] {
      for order in [Order.less, .lessOrEqual, .equal, .greaterOrEqual, .greater] {
        let test = TimeTest.compare(order, other)
        let found = RowSet(column.places(in: test.ranges)).map(\.index)
        #expect(found == values.indices.filter { test.holds(for: values[$0]) })
      }
    }
  }

  @Test(
    "numbers of each size are compared alike, whatever their places",
    arguments: [0, 1, 63, 64, 65, 127, 128, 500])
  func spans(count: Int) {
    var random = Seeded(UInt64(count))
    func check<Number: ScannedNumber>(_ type: Number.Type, _ random: inout Seeded) {
      let values = (0..<count).map { _ in Number.random(in: .min ... .max, using: &random) }
      let pair = [Number.random(in: .min ... .max, using: &random), values.last ?? 0].sorted()
      for range in [pair[0]...pair[1], .min ... .max, pair[0]...pair[0], .max ... .max] {
        var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
        values.span.mark(range, in: &bits)
        #expect(
          RowSet(words: bits).map(\.index) == values.indices.filter { range.contains(values[$0]) })
      }
    }
    check(UInt8.self, &random)
    check(UInt16.self, &random)
    check(UInt32.self, &random)
    check(UInt64.self, &random)
  }

  @Test("bytes are counted as one by one", arguments: [0, 1, 63, 64, 65, 200, 1_000])
  func bytes(count: Int) {
    var random = Seeded(UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0..<6, using: &random) }
    #expect(bytes.span.count(ofAny: [1, 4, 5, 9]) == bytes.count { [1, 4, 5, 9].contains($0) })
    for words in [0, count / 128, (count + 63) / 64, count / 64 + 2] {
      let bits = (0..<words).map { _ in UInt64.random(in: .min ... .max, using: &random) }
      for value in 0..<UInt8(6) {
        let expected = bytes.indices.count { place in
          bytes[place] == value && place >> 6 < words
            && bits[place >> 6] >> UInt64(place & 63) & 1 == 1
        }
        #expect(bytes.span.count(of: value, among: bits.span) == expected)
      }
    }
  }

  @Test("bits are counted as one by one", arguments: [0, 1, 2, 3, 7, 8, 36, 70])
  func counts(bitmaps: Int) {
    var random = Seeded(UInt64(bitmaps))
    let rows = 200
    let all = (0..<bitmaps).map { number in
      Bitmap(count: rows - number % 90) { _ in Bool.random(using: &random) }
    }
    let expected = (0..<rows).map { row in all.count { $0.contains(row) } }
    let counts = BitCounts(all, rowCount: rows)
    #expect(counts.counts == expected.map(UInt32.init))
    for limit in [0, 1, bitmaps / 2, bitmaps] {
      let found = RowSet(counts.places { $0 > limit }).map(\.index)
      #expect(found == expected.indices.filter { expected[$0] > limit })
    }
  }

  @Test("groups count as one by one", arguments: [2, 40, 3_000], [false, true])
  func groups(distinct: Int, isMapped: Bool) throws {
    var random = Seeded(UInt64(distinct))
    var table = Table()
    table.apply(.creating(6_000, from: 0))
    var effects = Effects()
    for (attribute, definition) in table.attributes.enumerated() {
      guard definition.type == .text || definition.type == .number else { continue }
      var column = ValueColumn(type: definition.type)
      for _ in 0..<6_000 {
        let number = Int.random(in: 0..<distinct, using: &random)
        switch (definition.type, number) {
        case (_, 1): column.appendUnset()
        case (.text, _): column.append(.text("v\(number)"))
        default: column.append(.number(Double(number)))
        }
      }
      effects.cells.append(
        AttributeCells(
          attribute: AttributeNumber(attribute), rows: RowSet(0..<6_000),
          old: ValueColumn(type: definition.type, count: 6_000), new: column))
    }
    table.apply(effects)
    if isMapped {
      var sections = MemorySections()
      table.write(to: &sections)
      table = try Table(from: MappedSections(sections))
    }
    for rows in [table.live, RowSet(17..<5_000), RowSet([Row(3), Row(99), Row(5_999)])] {
      for cells in effects.cells {
        var expected: [AttributeValue?: Int] = [:]
        for row in rows { expected[cells.new[row.index], default: 0] += 1 }
        let groups = table.groups(by: cells.attribute, in: rows)
        #expect(groups.count == expected.count)
        #expect(groups.allSatisfy { expected[$0.value] == $0.count })
      }
    }
  }

  private static func mapped<Element: PlainValue>(
    _ values: [Element]
  ) throws -> PlainColumn<Element> {
    var header: [UInt8] = []
    var sections = MemorySections()
    PlainColumn(values).write(to: &sections, as: SectionName(.created), header: &header)
    var input = ByteReader(header)
    return PlainColumn(
      try PackedValues(
        from: MappedSections(sections), as: SectionName(.created), header: &input,
        limit: values.count))
  }
}
