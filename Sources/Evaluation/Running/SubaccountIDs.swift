import Diagnostics
import Storage

/// Makes ids of the platform's form: milliseconds, `x`, 18 random digits.
///
/// A copy makes the same ones: a statement that is run again gives the ids that it has told.
struct SubaccountIDs {
  private var generator = SplitGenerator(state: .random(in: 0 ... .max))

  /// Ids that nobody in the table has, nor each other.
  mutating func make(_ count: Int, at time: Int64, unlike table: borrowing Table) -> [Text] {
    var made: Set<Text> = []
    var ids: [Text] = []
    while ids.count < count {
      let digits = String(UInt64.random(in: 0..<1_000_000_000_000_000_000, using: &generator))
      let padding = String(repeating: "0", count: 18 - digits.utf8.count)
      let id = Text("\(max(time, 0))x\(padding)\(digits)")
      guard table.row(id: id) == nil, made.insert(id).inserted else { continue }
      ids.append(id)
    }
    return ids
  }
}

/// Random numbers that go on from a state, as SplitMix64 makes them.
private struct SplitGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
