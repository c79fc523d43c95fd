/// What a person may have meant by a word that nothing has for a name.
package enum Suggestion {
  /// The nearest of the names, where one is near; the first of equally near ones.
  ///
  /// Near means: at most a third of the word's characters are wrong, missing, too many or swapped
  /// with their neighbour, case aside; or the word is the beginning of just one name.
  package static func nearest(to word: Text, among names: some Sequence<Text>) -> Text? {
    let written = Array(word.string.lowercased().unicodeScalars)
    guard !written.isEmpty, written.count <= longest else { return nil }
    let limit = max(1, (written.count + 1) / 3)
    var best: (name: Text, distance: Int)?
    var continuations: [Text] = []
    for name in names {
      let candidate = Array(name.string.lowercased().unicodeScalars)
      if candidate.count > written.count, candidate.starts(with: written) {
        continuations.append(name)
      }
      let bound = min(limit, best.map { $0.distance - 1 } ?? limit)
      guard abs(candidate.count - written.count) <= bound, candidate.count <= longest else {
        continue
      }
      let distance = self.distance(written, candidate)
      if distance <= bound { best = (name, distance) }
    }
    if let best { return best.name }
    return written.count >= 3 && continuations.count == 1 ? continuations[0] : nil
  }

  /// Longer words are not worth the quadratic work.
  private static let longest = 64

  /// How many insertions, deletions, replacements and swaps of neighbours lie between two words.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let isSame = left[i] == right[j]
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (isSame ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
