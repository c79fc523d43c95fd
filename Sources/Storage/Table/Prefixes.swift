package import Diagnostics

// What begins with what somebody is typing: bounded work, nothing allocated for each row.

/// Some of what was found, and how much there is.
package struct PrefixMatches<Match: Sendable>: Sendable {
  package var matches: [Match] = []
  /// Nil where nobody counted.
  package var total: Int?
}

extension Table {
  /// Whether a name is found at once: names that are in no file are first put into an index.
  package var findsNamesAtOnce: Bool {
    rowCount - names.base.baseCount < Table.indexedAtOnce || lookups.findsAtOnce(in: names)
  }

  /// So many names are put into an index in a few milliseconds.
  private static let indexedAtOnce = 4096

  /// Where some are wanted and not counted, so many are looked at: most of them are live.
  private static let enoughToFindLive = 1024

  /// Makes names be found at once, in small steps for as long as `goesOn` says so.
  ///
  /// - Returns: whether they are; what was begun is gone on with the next time.
  package func findNamesAtOnce(while goesOn: () -> Bool) -> Bool {
    findsNamesAtOnce || lookups.prepare(for: names, while: goesOn)
  }

  /// Live rows whose name begins with a text, ASCII letters in any case; in order of creation.
  ///
  /// - Parameters:
  ///   - prefix: what the names begin with.
  ///   - limit: how many rows are wanted.
  ///   - counts: go on to the last row, to tell how many there are.
  /// - Returns: the first rows that do.
  package func rows(
    namedFrom prefix: Text, limit: Int, counts: Bool
  ) -> PrefixMatches<Row> {
    rows(in: names, from: prefix, limit: limit, counts: counts)
  }

  /// Live rows whose id begins with a text.
  package func rows(
    withIDFrom prefix: Text, limit: Int, counts: Bool
  ) -> PrefixMatches<Row> {
    rows(in: ids, from: prefix, limit: limit, counts: counts)
  }

  private func rows(
    in texts: PatchedTexts, from prefix: Text, limit: Int, counts: Bool
  ) -> PrefixMatches<Row> {
    let most = counts ? .max : max(limit, Table.enoughToFindLive)
    let rows =
      prefix.isEmpty ? live : liveOnly(texts.places(beginningLike: prefix, limit: most))
    return PrefixMatches(
      matches: Array(rows.prefix(rows: limit)),
      total: counts || rows.count < limit ? rows.count : nil)
  }

  /// Texts that live rows have and that begin with a text, by text, with how many rows have each.
  ///
  /// - Parameters:
  ///   - attribute: whose values.
  ///   - prefix: what they begin with.
  ///   - limit: how many are wanted.
  ///   - counts: go through all rows to tell how many have each.
  /// - Returns: the first of them.
  package func texts(
    of attribute: AttributeNumber, from prefix: Text, limit: Int, counts: Bool
  ) -> PrefixMatches<TextCount> {
    let column = columns[attribute.value]
    var found = PrefixMatches<TextCount>()
    guard column.type == .text else { return found }
    let texts = column.dictionary
    if counts {
      let codes = texts.places(beginningLike: Array(prefix.utf8))
        .intersection(column.codesHeld(in: live))
      let first = codes.prefix(rows: limit)
      found.total = codes.count
      found.matches = zip(first, column.counts(of: first, in: live)).map {
        TextCount(texts[$0.index], $1)
      }
    } else {
      let codes = texts.places(
        beginningLike: Array(prefix.utf8), limit: max(limit, Table.enoughToFindLive))
      found.matches = codes.prefix(rows: limit).map { TextCount(texts[$0.index], nil) }
    }
    found.matches.sort { $0.text < $1.text }
    return found
  }
}

// For a column of a million different texts: a bit for each is in the processor's cache, a number is not.
extension ValueColumn {
  /// The codes that some rows have.
  fileprivate func codesHeld(in rows: RowSet) -> RowSet {
    if dictionary.count <= ValueColumn.fewCodes {
      let counts = codeCounts(in: rows)
      return RowSet(counts.indices.lazy.filter { counts[$0] > 0 }.map { Row(UInt32($0)) })
    }
    var words = [UInt64](repeating: 0, count: (dictionary.count + 63) / 64)
    forEachSet(of: rows, codes) { code in
      let place = Int(code) < dictionary.count ? Int(code) : dictionary.condemned
      words[place >> 6] |= 1 << UInt64(place & 63)
    }
    return RowSet(words: words)
  }

  /// So many numbers are in the processor's cache.
  private static let fewCodes = 1 << 16

  /// How many of some rows have each of a few codes.
  fileprivate func counts(of few: RowSet, in rows: RowSet) -> [Int] {
    if dictionary.count <= ValueColumn.fewCodes {
      let all = codeCounts(in: rows)
      return few.map { all[$0.index] }
    }
    var wanted = [UInt64](repeating: 0, count: (dictionary.count + 63) / 64)
    for code in few { wanted[code.index >> 6] |= 1 << UInt64(code.index & 63) }
    // How many of the few come before the first of each word.
    var before = [Int](repeating: 0, count: wanted.count)
    for word in wanted.indices.dropFirst() {
      before[word] = before[word - 1] + wanted[word - 1].nonzeroBitCount
    }
    var counts = [Int](repeating: 0, count: few.count)
    forEachSet(of: rows, codes) { code in
      let word = Int(code) >> 6
      let bit = UInt64(1) << UInt64(code & 63)
      guard word < wanted.count, wanted[word] & bit != 0 else { return }
      counts[before[word] + (wanted[word] & (bit - 1)).nonzeroBitCount] += 1
    }
    return counts
  }
}

/// A text, and how many have it where that was counted.
package struct TextCount: Sendable, Equatable {
  package let text: Text
  package let count: Int?

  init(_ text: Text, _ count: Int?) {
    self.text = text
    self.count = count
  }
}
