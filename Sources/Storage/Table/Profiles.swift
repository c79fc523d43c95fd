package import Permissions

/// The distinct permission sets among some rows, each group's by themselves.
package struct Profiles: Sendable {
  package struct Profile: Sendable {
    /// 0 where the rows are not in groups.
    package let group: Int
    package let permissions: PermissionSet
    /// How many rows have exactly these.
    package fileprivate(set) var count = 0
    /// The first of them.
    package fileprivate(set) var first = Row(0)
  }

  /// In the order of their first rows.
  package fileprivate(set) var all: [Profile]
  /// For each of the rows, ascending, the place of its profile.
  package let codes: [UInt32]
}

extension Table {
  /// The permission sets of some rows; `groups` has a number for each row, ascending, or is empty.
  ///
  /// Bits are turned from one bitmap a permission into one word a row, 64 rows at a time, and equal
  /// words get equal numbers: linear in the rows, nothing is allocated for one.
  package func profiles(of rows: RowSet, groups: [UInt32] = []) -> Profiles {
    precondition(groups.isEmpty || groups.count == rows.count)
    var codes = groups.isEmpty ? Array(repeating: 0, count: rows.count) : groups
    var chain: [Interning] = []
    for start in stride(from: 0, to: max(bits.count, 1), by: 64) {
      let words = bits[start..<min(start + 64, bits.count)].map(\.counted.words)
      var interning = Interning()
      var square = BitSquare()
      var block = -1
      var place = 0
      for row in rows {
        if row.index >> 6 != block {
          block = row.index >> 6
          square.load(words, at: block)
        }
        codes[place] = interning.code(of: square[row.index & 63], after: codes[place])
        place += 1
      }
      chain.append(interning)
    }
    var profiles = Profiles(all: Table.profiles(in: chain), codes: codes)
    var place = 0
    for row in rows {
      let code = Int(codes[place])
      if profiles.all[code].count == 0 { profiles.all[code].first = row }
      profiles.all[code].count += 1
      place += 1
    }
    return profiles
  }

  /// Follows each last number back through the words that led to it.
  private static func profiles(in chain: [Interning]) -> [Profiles.Profile] {
    guard let last = chain.last else { return [] }
    var words = Array(repeating: UInt64(0), count: chain.count)
    return last.keys.indices.map { code in
      var number = UInt32(truncatingIfNeeded: code)
      for (index, interning) in chain.enumerated().reversed() {
        words[index] = interning.keys[Int(number)]
        number = interning.predecessors[Int(number)]
      }
      return Profiles.Profile(group: Int(number), permissions: PermissionSet(words: words))
    }
  }
}

/// Numbers for pairs of a number and a word, from 0 in order of first use; equal pairs get equal ones.
struct Interning {
  /// The words by number.
  private(set) var keys: [UInt64] = []
  /// The first parts by number.
  private(set) var predecessors: [UInt32] = []
  private var slots = Array(repeating: UInt32.max, count: 64)
  /// Neighbouring rows are often alike.
  private var last = 0
  /// Another one in every run, so that no file can be made to fill one corner of the slots.
  private let seed = UInt64.random(in: .min ... .max)

  mutating func code(of key: UInt64, after predecessor: UInt32) -> UInt32 {
    if last < keys.count, keys[last] == key, predecessors[last] == predecessor {
      return UInt32(truncatingIfNeeded: last)
    }
    var slot = self.slot(of: key, after: predecessor)
    while slots[slot] != .max {
      let code = Int(slots[slot])
      if keys[code] == key, predecessors[code] == predecessor {
        last = code
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    last = keys.count
    let code = UInt32(truncatingIfNeeded: last)
    slots[slot] = code
    keys.append(key)
    predecessors.append(predecessor)
    if keys.count > slots.count / 2 { grow() }
    return code
  }

  private func slot(of key: UInt64, after predecessor: UInt32) -> Int {
    var hash = (key ^ seed) &+ UInt64(predecessor) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: hash ^ hash >> 31) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: .max, count: slots.count * 2)
    for code in keys.indices {
      var slot = self.slot(of: keys[code], after: predecessors[code])
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: code)
    }
  }
}
