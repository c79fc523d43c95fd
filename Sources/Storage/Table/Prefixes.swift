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
    let wanted = Prefix(prefix)
    var found = PrefixMatches<Row>()
    var total = 0
    let isPatched = !texts.patches.isEmpty
    for place in 0..<rowCount {
      let fits =
        isPatched
        ? texts.withBytes(of: place) { wanted.begins($0) }
        : texts.base.withBytes(of: place) { wanted.begins($0) }
      guard fits, isLive(Row(UInt32(place))) else { continue }
      total += 1
      if found.matches.count < limit { found.matches.append(Row(UInt32(place))) }
      if !counts && total == limit { return found }
    }
    found.total = total
    return found
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
    let wanted = Prefix(prefix)
    var codes: [Int] = []
    for code in 0..<column.dictionary.count
    where column.dictionary.withBytes(of: code, { wanted.begins($0) }) {
      codes.append(code)
      if !counts && codes.count == limit { break }
    }
    if counts {
      let numbers = column.counts(of: live)
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

/// What texts are to begin with, ASCII letters in any case.
private struct Prefix {
  private let folded: [UInt8]

  init(_ text: Text) {
    folded = text.utf8.map { Prefix.fold($0) }
  }

  @inline(__always)
  func begins(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= folded.count else { return false }
    for index in folded.indices where Prefix.fold(bytes[index]) != folded[index] { return false }
    return true
  }

  @inline(__always)
  private static func fold(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}

extension ValueColumn {
  /// How many of some rows have each text, by code.
  fileprivate func counts(of rows: RowSet) -> [Int] {
    var counts = [Int](repeating: 0, count: dictionary.count)
    for row in rows where present.contains(row.index) { counts[Int(codes[row.index])] += 1 }
    return counts
  }
}
