package import Diagnostics

extension Table {
  /// Names of live rows that are spelt nearly like a text, nearest first.
  ///
  /// Looks at no more names than a fraction of a second allows, in order of creation.
  package func nearestNames(to text: Text, limit: Int) -> [Text] {
    var wanted: [UInt8] = []
    CaseFolding.fold(text.string.utf8.span, into: &wanted)
    let measure = EditDistance(to: wanted)
    var nearest: [(distance: Int, row: Row)] = []
    var bound = max(1, min(wanted.count / 3, 8))
    var folded: [UInt8] = []
    for row in live.prefix(rows: Table.examinedNames) {
      let isPossible = withName(of: row) { abs($0.count - wanted.count) <= bound + 8 }
      guard isPossible else { continue }
      withName(of: row) { CaseFolding.fold($0, into: &folded) }
      guard abs(folded.count - wanted.count) <= bound else { continue }
      let distance = measure.distance(to: folded.span)
      guard distance <= bound else { continue }
      let place = nearest.firstIndex { $0.distance > distance } ?? nearest.count
      if nearest.contains(where: { $0.distance == distance && name(of: $0.row) == name(of: row) }) {
        continue
      }
      nearest.insert((distance, row), at: place)
      if nearest.count > limit { nearest.removeLast() }
      if nearest.count == limit, let last = nearest.last { bound = max(0, last.distance - 1) }
      if nearest.count == limit && nearest.last?.distance == 0 { break }
    }
    return nearest.map { name(of: $0.row) }
  }

  private static let examinedNames = 1_000_000
}

/// How many bytes must be inserted, removed or replaced to make one text of another.
///
/// Bit-parallel (Myers, 1999): one step of a few word operations for each byte. Texts longer than a
/// word holds are compared by their first 64 bytes and their lengths.
struct EditDistance {
  private var places = [UInt64](repeating: 0, count: 256)
  private let length: Int
  private let total: Int

  init(to pattern: [UInt8]) {
    total = pattern.count
    length = min(pattern.count, 64)
    for (index, byte) in pattern.prefix(64).enumerated() {
      places[Int(byte)] |= 1 << UInt64(index)
    }
  }

  func distance(to text: Span<UInt8>) -> Int {
    guard length > 0 else { return text.count }
    let last = UInt64(1) << UInt64(length - 1)
    var positive = ~UInt64(0)
    var negative: UInt64 = 0
    var score = length
    let compared = total > 64 ? min(text.count, 64) : text.count
    for index in 0..<compared {
      let equal = places[Int(text[index])]
      let vertical = equal | negative
      let horizontal = (((equal & positive) &+ positive) ^ positive) | equal
      var up = negative | ~(horizontal | positive)
      var down = positive & horizontal
      if up & last != 0 { score += 1 }
      if down & last != 0 { score -= 1 }
      up = up << 1 | 1
      down <<= 1
      positive = down | ~(vertical | up)
      negative = up & vertical
    }
    return total > 64 ? score + abs(max(0, text.count - 64) - (total - 64)) : score
  }
}
