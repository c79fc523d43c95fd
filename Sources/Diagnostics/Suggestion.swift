/// Finds the name that somebody probably meant.
package enum Suggestion {
  /// The nearest of the candidates, or nil where none is near.
  ///
  /// Near is one slip in four letters or fewer, two up to eight, three beyond; a slip is a letter
  /// added, left out, changed, or two swapped; case does not count. Of equally near names the one with
  /// the longer common beginning wins, then the first in byte order: never the order of the candidates.
  /// Linear in the candidates; each costs at most its length times seven.
  package static func nearest(to word: Text, among candidates: some Sequence<Text>) -> Text? {
    nearest(to: word, among: candidates, count: 1).first
  }

  /// The nearest candidates, best first, at most `count`.
  package static func nearest(
    to word: Text, among candidates: some Sequence<Text>, count: Int
  ) -> [Text] {
    let wanted = folded(word)
    guard !wanted.isEmpty else { return [] }
    let limit = slipsAllowed(wanted.count)
    var best: [(candidate: Text, slips: Int, common: Int)] = []
    var rows = Rows(width: wanted.count + 1)
    for candidate in candidates where abs(candidate.count - word.count) <= 4 * limit {
      let bound = best.count < count ? limit : best[best.count - 1].slips
      let letters = folded(candidate)
      guard abs(letters.count - wanted.count) <= bound,
        let slips = rows.distance(wanted, letters, atMost: bound), slips < wanted.count
      else { continue }
      let entry = (candidate, slips, zip(wanted, letters).prefix { $0 == $1 }.count)
      let index = best.firstIndex { isBetter(entry, $0) } ?? best.count
      if best.contains(where: { $0.candidate == candidate }) { continue }
      best.insert(entry, at: index)
      if best.count > count { best.removeLast() }
    }
    return best.map(\.candidate)
  }

  private static func slipsAllowed(_ length: Int) -> Int {
    length <= 4 ? 1 : length <= 8 ? 2 : 3
  }

  private static func isBetter(
    _ left: (candidate: Text, slips: Int, common: Int),
    _ right: (candidate: Text, slips: Int, common: Int)
  ) -> Bool {
    if left.slips != right.slips { return left.slips < right.slips }
    if left.common != right.common { return left.common > right.common }
    return left.candidate < right.candidate
  }

  /// Lower-case scalars; names beyond ASCII are folded scalar by scalar.
  private static func folded(_ text: Text) -> [UInt32] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.map { (0x41...0x5A).contains($0) ? UInt32($0 | 0x20) : UInt32($0) }
    }
    return text.string.lowercased().unicodeScalars.map(\.value)
  }
}

/// The three rows that an edit distance with transpositions needs, reused from name to name.
private struct Rows {
  private var beforeLast: [Int]
  private var last: [Int]
  private var current: [Int]

  init(width: Int) {
    beforeLast = Array(repeating: 0, count: width)
    last = beforeLast
    current = beforeLast
  }

  /// How many slips part the two, or nil where more than `limit`.
  mutating func distance(_ left: [UInt32], _ right: [UInt32], atMost limit: Int) -> Int? {
    for column in 0...left.count { last[column] = column }
    let outside = limit + 1
    for row in right.indices {
      // Only the cells within `limit` of the diagonal can matter.
      let first = max(1, row + 1 - limit)
      let end = min(left.count, row + 1 + limit)
      guard first <= end else { return nil }
      current[first - 1] = first == 1 ? row + 1 : outside
      var smallest = current[first - 1]
      for column in first...end {
        let same = left[column - 1] == right[row]
        var slips = last[column - 1] + (same ? 0 : 1)
        slips = min(slips, current[column - 1] + 1)
        if column < row + 1 + limit { slips = min(slips, last[column] + 1) }
        if row > 0, column > 1, left[column - 1] == right[row - 1],
          left[column - 2] == right[row]
        {
          slips = min(slips, beforeLast[column - 2] + 1)
        }
        current[column] = slips
        smallest = min(smallest, slips)
      }
      guard smallest <= limit else { return nil }
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[left.count] <= limit ? last[left.count] : nil
  }
}
