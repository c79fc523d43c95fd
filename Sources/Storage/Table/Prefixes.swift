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
  private static let indexedAtOnce = 20_000

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
    let rows = liveOnly(texts.places(beginningLike: prefix))
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
    let rows = column.dictionary.places(beginningLike: Array(prefix.utf8))
    var codes = (counts ? rows : rows.prefix(rows: limit)).map(\.index)
    if counts {
      let numbers = column.codeCounts(in: live)
      codes.removeAll { numbers[$0] == 0 }
      found.total = codes.count
      found.matches = codes.prefix(limit).map { TextCount(column.dictionary[$0], numbers[$0]) }
    } else {
      found.matches = codes.map { TextCount(column.dictionary[$0], nil) }
    }
    found.matches.sort { $0.text < $1.text }
    return found
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
