import CrashHarness
import Testing

@testable import Storage

@Suite("Row sets")
struct RowSetTests {
  /// Sets of every form and at every edge.
  static func sets(seed: UInt64) -> [RowSet] {
    var random = Seeded(seed)
    var sets: [RowSet] = [
      RowSet(), RowSet(Row(0)), RowSet(Row(63)), RowSet(Row(64)), RowSet(0..<64), RowSet(0..<65),
      RowSet(63..<129), RowSet(5..<700), RowSet(1_000_000..<1_000_001),
    ]
    for density in [2, 3, 10, 100] {
      let size = UInt32.random(in: 1...900, using: &random)
      sets.append(
        RowSet(
          (0..<size).lazy.filter { _ in Int.random(in: 0..<density, using: &random) == 0 }
            .map(Row.init)))
    }
    return sets
  }

  @Test("algebra agrees with sets of integers", arguments: 0..<4 as Range<UInt64>)
  func algebra(seed: UInt64) {
    let sets = RowSetTests.sets(seed: seed)
    for a in sets {
      let left = Set(a.map(\.number))
      #expect(left.count == a.count)
      for b in sets {
        let right = Set(b.map(\.number))
        #expect(a.union(b).map(\.number) == left.union(right).sorted())
        #expect(a.intersection(b).map(\.number) == left.intersection(right).sorted())
        #expect(a.subtracting(b).map(\.number) == left.subtracting(right).sorted())
        #expect(a.symmetricDifference(b).map(\.number) == left.symmetricDifference(right).sorted())
        #expect(a.union(b).count == left.union(right).count)
        #expect(a.isSubset(of: b) == left.isSubset(of: right))
        #expect(a.isDisjoint(with: b) == left.isDisjoint(with: right))
        #expect((a == b) == (left == right))
      }
    }
  }

  @Test("membership, ends and prefixes agree with sorted lists", arguments: 0..<3 as Range<UInt64>)
  func members(seed: UInt64) {
    for set in RowSetTests.sets(seed: seed) {
      let members = set.map(\.number)
      #expect(set.first?.number == members.first)
      #expect(set.last?.number == members.last)
      for number in members.prefix(60) {
        #expect(set.contains(Row(number)))
        #expect(set.contains(Row(number + 1)) == members.contains(number + 1))
      }
      for length in [0, 1, 5, members.count, members.count + 1] {
        #expect(set.prefix(rows: length).map(\.number) == Array(members.prefix(length)))
      }
      #expect(RowSet(set.reversed() + Array(set)) == set)
      var runs: [UInt32] = []
      set.forEachRun { runs += Array($0) }
      #expect(runs == members)
    }
  }

  @Test("flips are their own inverse", arguments: 0..<3 as Range<UInt64>)
  func involution(seed: UInt64) {
    for set in RowSetTests.sets(seed: seed) {
      for flips in RowSetTests.sets(seed: seed + 100) {
        var bitmap = set.bitmap
        bitmap.flip(flips)
        #expect(RowSet(bitmap) == set.symmetricDifference(flips))
        bitmap.flip(flips)
        #expect(RowSet(bitmap) == set)
        #expect(bitmap.count == set.count)
      }
    }
  }

  @Test("one row and one range have no storage, however many rows there are")
  func constantForms() {
    for set in [RowSet(Row(9_999_999)), RowSet(0..<10_000_000), RowSet(5..<9_000_000)] {
      guard case .range = set.form else {
        Issue.record("a range expected")
        continue
      }
    }
    guard case .range = RowSet(0..<10_000_000).intersection(RowSet(Row(77))).form else {
      Issue.record("a single row expected")
      return
    }
  }

  @Test("what is written is read back, in the smallest form", arguments: 0..<12 as Range<UInt64>)
  func coding(seed: UInt64) throws {
    for set in RowSetTests.sets(seed: seed) {
      var bytes: [UInt8] = []
      set.write(to: &bytes)
      let limit = (set.last?.index ?? -1) + 1
      var input = ByteReader(bytes)
      #expect(try RowSet(from: &input, limit: limit) == set)
      #expect(input.isAtEnd)
      #expect(bytes.count <= 12 + (limit + 63) / 64 * 8)
      if !set.isEmpty {
        var short = ByteReader(bytes)
        #expect(throws: Damage.self) { try RowSet(from: &short, limit: limit - 1) }
      }
    }
    var all: [UInt8] = []
    RowSet(0..<10_000_000).write(to: &all)
    #expect(all.count <= 8)
  }

  @Test("bytes that are no row set are damage, never a trap", arguments: 0..<40 as Range<UInt64>)
  func hostileBytes(seed: UInt64) {
    var random = Seeded(seed)
    for _ in 0..<200 {
      var bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
        UInt8.random(in: 0 ... .max, using: &random)
      }
      if !bytes.isEmpty { bytes[0] %= 6 }
      var input = ByteReader(bytes)
      let limit = Int.random(in: 0..<300, using: &random)
      if let set = try? RowSet(from: &input, limit: limit) {
        #expect(set.allSatisfy { $0.index < limit })
      }
    }
  }
}
