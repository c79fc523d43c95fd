import CrashHarness
import Diagnostics
import Permissions
import Testing

@testable import Storage

@Suite("Table")
struct TableTests {
  @Test("what is applied and then reverted was never there", arguments: 0..<10 as Range<UInt64>)
  func revert(seed: UInt64) {
    var random = Seeded(seed)
    var table = Table()
    for _ in 0..<14 {
      let before = table.fingerprint
      let effects = Effects.random(for: table, &random)
      #expect(table.fits(effects))
      table.apply(effects)
      let after = table.fingerprint
      table.revert(effects)
      #expect(table.fingerprint == before)
      table.apply(effects)
      #expect(table.fingerprint == after)
    }
  }

  @Test("a copy is not changed by what its original goes through")
  func copies() {
    var random = Seeded(9)
    var table = Table()
    table.apply(.creating(20))
    _ = table.rows(named: "Subaccount 3")
    let copy = table
    let before = copy.fingerprint
    for _ in 0..<5 { table.apply(Effects.random(for: table, &random)) }
    #expect(copy.fingerprint == before)
    #expect(copy.rows(named: "Subaccount 3").map(\.number) == [3])
  }

  @Test(
    "look-ups agree with reading every row, through every kind of change",
    arguments: 0..<6 as Range<UInt64>)
  func lookups(seed: UInt64) throws {
    var random = Seeded(seed)
    var table = Table()
    var applied: [Effects] = []
    for step in 0..<25 {
      if step % 4 == 3, let last = applied.popLast() {
        table.revert(last)
      } else {
        let effects = Effects.random(for: table, &random)
        table.apply(effects)
        applied.append(effects)
      }
      let rows = Array(table.live)
      for name in Set(rows.map { table.name(of: $0) }).union(["nobody"]) {
        #expect(
          table.rows(named: name).map(\.number)
            == rows.filter { table.name(of: $0) == name }.map(\.number))
      }
      for row in rows { #expect(table.row(id: table.id(of: row)) == row) }
      let glob = try Glob("*e*")
      #expect(
        Array(table.rows(whereName: .glob(glob)))
          == rows.filter { glob.matches(table.name(of: $0)) })
      for permission in 0..<table.catalog.count {
        let number = PermissionNumber(permission)
        #expect(Array(table.holders(of: number)) == rows.filter { table.has(number, $0) })
      }
    }
  }

  @Test("conditions agree with testing every row", arguments: 0..<5 as Range<UInt64>)
  func conditions(seed: UInt64) throws {
    var random = Seeded(seed)
    var table = Table()
    for _ in 0..<8 { table.apply(Effects.random(for: table, &random)) }
    let rows = Array(table.live)
    let texts: [TextTest] = [
      .equals("Acme Acme"), .glob(try Glob("acme*")), .compare(.less, "Acme é"),
      .isIn(["Acme 日本", "é é", "nothing"]), .between("A", "B"),
    ]
    let numbers: [NumberTest] = [
      .compare(.greater, 1), .compare(.lessOrEqual, 0), .isIn([1, 2.5]), .between(-3, 3),
      .compare(.equal, .infinity),
    ]
    for (index, definition) in table.attributes.enumerated() {
      let attribute = AttributeNumber(index)
      let values = rows.map { ($0, table.value(of: attribute, in: $0)) }
      var tests: [(ValueTest, (AttributeValue) -> Bool)] = [(.isSet, { _ in true })]
      switch definition.type {
      case .text:
        for test in texts {
          tests.append(
            (
              .text(test),
              { if case .text(let text) = $0 { test.holds(for: text.bytes.span) } else { false } }
            ))
        }
      case .number, .quota:
        for test in numbers {
          tests.append(
            (
              .number(test),
              { if case .number(let number) = $0 { test.holds(for: number) } else { false } }
            ))
        }
      case .boolean:
        for flag in [true, false] { tests.append((.boolean(flag), { $0 == .boolean(flag) })) }
      case .time:
        tests.append(
          (.time(.compare(.less, 1)), { if case .time(let time) = $0 { time < 1 } else { false } }))
      }
      for (test, holds) in tests {
        let expected = values.filter { $0.1.map(holds) ?? false }.map(\.0)
        #expect(Array(table.rows(whereAttribute: attribute, test)) == expected)
      }
      let groups = table.groups(by: attribute, in: table.live)
      #expect(groups.reduce(0) { $0 + $1.count } == rows.count)
      for group in groups {
        #expect(group.count == values.filter { TableTests.isSame($0.1, group.value) }.count)
      }
    }
    for test in numbers {
      #expect(
        Array(table.rows(wherePermissionCount: test))
          == rows.filter { test.holds(for: Double(table.permissionCount(of: $0))) })
    }
    #expect(
      Array(table.rows(whereCreated: .compare(.greater, 1_700_000_000_010)))
        == rows.filter { table.created(of: $0) > 1_700_000_000_010 })
  }

  private static func isSame(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
    left == right
  }

  @Test("names that differ only by normalization stay two")
  func normalization() {
    var table = Table()
    var effects = Effects()
    for (id, name) in [("1", "Caf\u{E9}"), ("2", "Cafe\u{301}")] as [(Text, Text)] {
      effects.created.ids.append(id)
      effects.created.names.append(name)
      effects.created.times.append(0)
    }
    table.apply(effects)
    #expect(table.rows(named: "Caf\u{E9}").map(\.number) == [0])
    #expect(table.rows(named: "Cafe\u{301}").map(\.number) == [1])
  }

  @Test("flips are only of cells that are not yet as wanted")
  func building() {
    var table = Table()
    table.apply(.creating(10))
    table.apply(.flipping(2, RowSet(0..<4)))
    let permission = PermissionNumber(2)
    #expect(table.flips(setting: permission, to: true, for: RowSet(2..<6)) == RowSet(4..<6))
    #expect(table.flips(setting: permission, to: false, for: RowSet(2..<6)) == RowSet(2..<4))
    let flips = table.flips(
      copying: [PermissionNumber(3)], mask: [permission, PermissionNumber(3)], to: RowSet(3..<5))
    #expect(flips.map(\.permission.value) == [2, 3])
    #expect(flips.map(\.rows) == [RowSet(Row(3)), RowSet(3..<5)])
    let cells = table.cells(setting: AttributeNumber(0), to: .text("a"), for: RowSet(0..<3))
    #expect(cells?.rows == RowSet(0..<3))
    var effects = Effects()
    effects.cells = cells.map { [$0] } ?? []
    table.apply(effects)
    #expect(table.cells(setting: AttributeNumber(0), to: .text("a"), for: RowSet(0..<3)) == nil)
    #expect(
      table.cells(setting: AttributeNumber(0), to: nil, for: RowSet(0..<9))?.rows == RowSet(0..<3))
    let mixed = table.cells(setting: AttributeNumber(0), to: .text("a"), for: RowSet(1..<5))
    #expect(mixed?.rows == RowSet(3..<5))
    #expect(mixed?.old[0] == nil && mixed?.new[1] == .text("a"))
  }

  @Test("sorting is stable, and unset values come last either way")
  func sorting() {
    var table = Table()
    table.apply(.creating(6))
    var values = ValueColumn(type: .number)
    for number in [3, nil, 1, 3, nil, -2] as [Double?] {
      values.append(number.map(AttributeValue.number))
    }
    var effects = Effects()
    effects.cells = [
      AttributeCells(
        attribute: AttributeNumber(1), rows: RowSet(0..<6),
        old: ValueColumn(type: .number, count: 6),
        new: values)
    ]
    table.apply(effects)
    func order(_ keys: SortKey...) -> [UInt32] { table.sorted(table.live, by: keys).map(\.number) }
    #expect(order(SortKey(.attribute(AttributeNumber(1)))) == [5, 2, 0, 3, 1, 4])
    #expect(
      order(SortKey(.attribute(AttributeNumber(1)), isDescending: true)) == [0, 3, 2, 5, 1, 4])
    #expect(order(SortKey(.name, isDescending: true)) == [5, 4, 3, 2, 1, 0])
    #expect(
      order(SortKey(.attribute(AttributeNumber(1))), SortKey(.id, isDescending: true)) == [
        5, 2, 3, 0, 4, 1,
      ])
    #expect(order(SortKey(.rank([5, 4, 4, 9, 0, 1]))) == [4, 5, 1, 2, 0, 3])
  }

  @Test(
    "the nearest names come first",
    arguments: [
      ("acme dentl", ["Acme Dental", "Acme Rental"]),
      ("ACME DENTAL", ["Acme Dental", "Acme Rental"]),
      ("zzz", []), ("Graz", ["Graz"]),
    ] as [(Text, [Text])])
  func nearest(text: Text, expected: [Text]) {
    var table = Table()
    var effects = Effects()
    for (number, name) in ["Acme Rental", "Graz", "Acme Dental", "Other"].enumerated() {
      effects.created.ids.append(Text("\(number)"))
      effects.created.names.append(Text(name))
      effects.created.times.append(0)
    }
    table.apply(effects)
    #expect(table.nearestNames(to: text, limit: 2) == expected)
  }

  @Test(
    "edit distances of long and short texts",
    arguments: [
      ("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0),
      (String(repeating: "a", count: 64), String(repeating: "a", count: 63) + "b", 1),
      (String(repeating: "a", count: 80), String(repeating: "a", count: 80), 0),
    ])
  func distance(pattern: String, text: String, expected: Int) {
    #expect(EditDistance(to: Array(pattern.utf8)).distance(to: Array(text.utf8).span) == expected)
  }
}

@Suite("Encoding")
struct EncodingTests {
  @Test("effects are read back as they were written", arguments: 0..<10 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = Seeded(seed)
    var table = Table()
    for _ in 0..<12 {
      let effects = Effects.random(for: table, &random)
      var bytes: [UInt8] = []
      effects.write(to: &bytes)
      var input = ByteReader(bytes)
      let read = try Effects(from: &input, rowCount: table.rowCount)
      var again: [UInt8] = []
      read.write(to: &again)
      #expect(again == bytes)
      var other = table
      table.apply(effects)
      other.apply(read)
      #expect(other.fingerprint == table.fingerprint)
      other.revert(read)
      table.revert(effects)
      #expect(other.fingerprint == table.fingerprint)
      table.apply(effects)
    }
  }

  @Test(
    "damaged effects are refused or fit the table; nothing traps",
    arguments: 0..<12 as Range<UInt64>)
  func damage(seed: UInt64) {
    var random = Seeded(seed)
    var table = Table()
    for _ in 0..<3 { table.apply(Effects.random(for: table, &random)) }
    let effects = Effects.random(for: table, &random)
    var bytes: [UInt8] = []
    effects.write(to: &bytes)
    for _ in 0..<300 where !bytes.isEmpty {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(
          in: 0 ... .max, using: &random)
      }
      if Bool.random(using: &random) {
        changed.removeLast(Int.random(in: 0..<changed.count, using: &random))
      }
      var input = ByteReader(changed)
      guard let read = try? Effects(from: &input, rowCount: table.rowCount), table.fits(read) else {
        continue
      }
      var other = table
      other.apply(read)
      other.revert(read)
    }
  }
}
