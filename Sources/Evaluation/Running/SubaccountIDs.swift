import Diagnostics
import Storage

/// Makes ids of the platform's form: milliseconds, `x`, 18 random digits.
struct SubaccountIDs {
  private var generator = SystemRandomNumberGenerator()

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
