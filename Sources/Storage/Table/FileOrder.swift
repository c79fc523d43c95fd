import Diagnostics

// Questions that the order of texts in a file answers without looking at all of them.

extension TextColumn {
  /// The places whose text a pattern matches.
  ///
  /// Texts that begin as a pattern does are next to each other in the file's order. Where `goesOn`
  /// says no, what was found so far is of no use.
  func places(matching glob: Glob, while goesOn: () -> Bool = { true }) -> RowSet {
    let test = { (bytes: Span<UInt8>) in glob.matches(bytes) }
    if !glob.beginning.isEmpty, let base, appendedAreFew {
      let beginnings = base.beginnings(of: glob)
      let isEnough = beginnings.areExact && glob.isPrefix
      if isEnough || beginnings.count <= Swift.max(1024, count / 8) {
        return places(beginnings.ranges, of: base, where: isEnough ? nil : test, orAppended: test)
      }
    }
    return RowSet(glob.places(in: self, while: goesOn))
  }

  /// How many texts a pattern matches, where the file's order tells without any of them being found.
  fileprivate func count(matching glob: Glob) -> Int? {
    guard glob.isPrefix, !glob.beginning.isEmpty, appendedAreFew, let base, baseCount == base.count
    else { return nil }
    let beginnings = base.beginnings(of: glob)
    guard beginnings.areExact else { return nil }
    let appended = (baseCount..<count).count { withBytes(of: $0) { glob.matches($0) } }
    return beginnings.count + appended
  }

  /// The places whose text begins with some bytes, of which letters of ASCII are in any case.
  ///
  /// Of what is in a file, only so many as `limit` says are found: the first in its order.
  func places(beginningLike prefix: [UInt8], limit: Int = .max) -> RowSet {
    let folded = prefix.map { CaseFolding.folded($0) }
    let test = { (bytes: Span<UInt8>) in bytes.begins(withFolded: folded.span) }
    guard let base, appendedAreFew else { return RowSet(places(where: test)) }
    let beginnings = base.ranks(beginningWith: folded.count) { place in
      let byte = folded[place]
      return 0x61...0x7A ~= byte ? [[byte], [byte - 0x20]] : [[byte]]
    }
    return places(
      beginnings.first(limit), of: base, where: beginnings.areExact ? nil : test, orAppended: test)
  }

  /// The places whose text lies between two, or on one side of one.
  func places(comparedBy test: TextTest) -> Bitmap {
    guard let base, let ranks = base.ranks(satisfying: test) else {
      return places { test.holds(for: $0) }
    }
    // Of places in no order, better the fewer ones are marked one by one.
    let isMost = ranks.count > base.count / 2
    var words = [UInt64](repeating: isMost ? .max : 0, count: (count + 63) / 64)
    let marked = isMost ? [0..<ranks.lowerBound, ranks.upperBound..<base.count] : [ranks]
    forEachPlace(marked, of: base) { words[$0 >> 6] ^= 1 << UInt64($0 & 63) }
    for place in baseCount..<count {
      let bit = UInt64(1) << UInt64(place & 63)
      let holds = withBytes(of: place) { test.holds(for: $0) }
      if holds { words[place >> 6] |= bit } else { words[place >> 6] &= ~bit }
    }
    if count & 63 != 0 { words[words.count - 1] &= 1 << UInt64(count & 63) - 1 }
    return Bitmap(words: words)
  }

  /// Whether looking at the texts that are in no file one by one is no great work.
  private var appendedAreFew: Bool { count - baseCount <= Swift.max(1024, count / 8) }

  /// The places of some ranks whose texts satisfy a test, where there is one, and those of appended
  /// texts that satisfy another.
  private func places(
    _ ranges: [Range<Int>], of base: TextBase, where test: ((Span<UInt8>) -> Bool)?,
    orAppended appendedTest: (Span<UInt8>) -> Bool
  ) -> RowSet {
    let total = ranges.reduce(0) { $0 + $1.count }
    let appended = (baseCount..<count).filter { withBytes(of: $0, appendedTest) }
    // To sort so few costs less than a bit for every text.
    if total < count / 1024 {
      var rows = appended.map { Row(UInt32($0)) }
      forEachPlace(ranges, of: base) { place in
        if test.map({ withBytes(of: place, $0) }) ?? true { rows.append(Row(UInt32(place))) }
      }
      return RowSet(rows)
    }
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for place in appended { words[place >> 6] |= 1 << UInt64(place & 63) }
    forEachPlace(ranges, of: base) { place in
      guard test.map({ withBytes(of: place, $0) }) ?? true else { return }
      words[place >> 6] |= 1 << UInt64(place & 63)
    }
    return RowSet(words: words)
  }

  /// Calls a body with the places of some ranks that are still the column's, in the file's order.
  private func forEachPlace(_ ranges: [Range<Int>], of base: TextBase, _ body: (Int) -> Void) {
    let limit = UInt64(baseCount)
    for range in ranges {
      base.order.places.forEach(in: range) { place in
        if place < limit { body(Int(place)) }
      }
    }
  }
}

extension PatchedTexts {
  /// The places whose text a pattern matches; of no use where `goesOn` said no.
  func places(matching glob: Glob, while goesOn: () -> Bool) -> RowSet {
    patched(base.places(matching: glob, while: goesOn)) { glob.matches($0) }
  }

  /// The places whose text begins with some bytes, of which letters of ASCII are in any case.
  func places(beginningLike prefix: Text, limit: Int) -> RowSet {
    let folded = prefix.utf8.map { CaseFolding.folded($0) }
    return patched(base.places(beginningLike: folded, limit: limit)) {
      $0.begins(withFolded: folded.span)
    }
  }

  /// The places whose text lies between two, or on one side of one.
  func places(comparedBy test: TextTest) -> RowSet {
    patched(RowSet(base.places(comparedBy: test))) { test.holds(for: $0) }
  }

  /// What was found in the base column, put right where texts were replaced.
  private func patched(_ found: RowSet, where test: (Span<UInt8>) -> Bool) -> RowSet {
    if patches.isEmpty { return found }
    let others = patches.keys.filter { withBytes(of: Int($0), test) }
    return found.subtracting(RowSet(patches.keys.lazy.map(Row.init)))
      .union(RowSet(others.lazy.map(Row.init)))
  }
}

extension Span where Element == UInt8 {
  /// Whether these begin with other bytes, which are folded as letters of ASCII are.
  func begins(withFolded prefix: Span<UInt8>) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where CaseFolding.folded(self[index]) != prefix[index] {
      return false
    }
    return true
  }
}

extension TextBase {
  /// The ranks of all texts that begin in one of several ways.
  struct Beginnings {
    /// Apart from each other.
    var ranges: [Range<Int>]
    /// Whether all texts at these ranks do.
    var areExact: Bool

    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// The ranges up to a number of ranks.
    func first(_ limit: Int) -> [Range<Int>] {
      var left = limit
      return ranges.map { range in
        let part = range.prefix(left)
        left -= part.count
        return part
      }
    }
  }

  /// Finds the texts that begin as a pattern does.
  fileprivate func beginnings(of glob: Glob) -> Beginnings {
    ranks(beginningWith: glob.beginning.count) {
      CaseFolding.variants(of: glob.beginning[$0]).map { UTF8Scalars.bytes($0) }
    }
  }

  /// Finds the texts that begin with one of the choices for each of some pieces.
  fileprivate func ranks(
    beginningWith pieces: Int, choices: (Int) -> [[UInt8]]
  ) -> Beginnings {
    var found: [(beginning: [UInt8], ranks: Range<Int>)] = [([], 0..<count)]
    for piece in 0..<pieces {
      // So few are looked at one by one; and texts in all mixtures of cases are not worth the search.
      if found.count > 64 || found.reduce(0, { $0 + $1.ranks.count }) <= 16 {
        return Beginnings(ranges: found.map(\.ranks), areExact: false)
      }
      let choices = choices(piece)
      var longer: [(beginning: [UInt8], ranks: Range<Int>)] = []
      for (beginning, all) in found {
        for choice in choices {
          let bytes = beginning + choice
          let ranks = ranks(beginningWith: bytes.span, in: order, among: all)
          if !ranks.isEmpty { longer.append((bytes, ranks)) }
        }
      }
      found = longer
    }
    return Beginnings(ranges: found.map(\.ranks), areExact: true)
  }

  /// The ranks of the texts that satisfy a comparison; nil for other tests.
  fileprivate func ranks(satisfying test: TextTest) -> Range<Int>? {
    func ranks(of text: Text) -> Range<Int> { self.ranks(of: text.string.utf8.span, in: order) }
    switch test {
    case .compare(let order, let text):
      let equal = ranks(of: text)
      return switch order {
      case .less: 0..<equal.lowerBound
      case .lessOrEqual: 0..<equal.upperBound
      case .equal: equal
      case .greaterOrEqual: equal.lowerBound..<count
      case .greater: equal.upperBound..<count
      }
    case .between(let low, let high):
      let start = ranks(of: low).lowerBound
      return start..<Swift.max(start, ranks(of: high).upperBound)
    case .equals, .isIn, .glob: return nil
    }
  }
}

extension Table {
  /// How many live rows have a name that a pattern matches; nil where they must be found to tell.
  package func count(whereName glob: Glob) -> Int? {
    guard liveRows.count == rowCount, names.patches.isEmpty else { return nil }
    return names.base.count(matching: glob)
  }

  /// Many rows in the order of their ids or names, where a file has that order; nil elsewhere.
  ///
  /// The few that came later or were renamed are put among the others.
  func sortedByFile(_ rows: RowSet, by key: SortKey) -> [Row]? {
    let texts: PatchedTexts
    switch key.field {
    case .id: texts = ids
    case .name: texts = names
    default: return nil
    }
    guard let base = texts.base.base, rows.count * 8 >= base.count else { return nil }
    let members = rows.bitmap
    var kept = texts.orderedPlaces(of: members, base)
    let others = rows.filter { $0.index >= texts.base.baseCount || !texts.isBase($0.index) }
    guard kept.count + others.count == rows.count, others.count <= kept.count / 4 else {
      return nil
    }
    if key.isDescending { kept = texts.reversed(kept, base.order.ties.count > 0) }
    let sorted = sortedAnew(RowSet(sorted: others), by: [key]).map(\.number)
    return TextSorting.merge(sorted, into: kept) { left, right in
      let order = texts.order(of: Int(left), to: Int(right))
      return order == 0 ? left < right : (order < 0) != key.isDescending
    }.map(Row.init)
  }
}

extension PatchedTexts {
  /// Negative, zero or positive as one place's text comes before, with or after another's.
  fileprivate func order(of left: Int, to right: Int) -> Int {
    withBytes(of: left) { bytes in withBytes(of: right) { bytes.order(to: $0) } }
  }

  /// Those of some places that still have the text of a file, in its order.
  fileprivate func orderedPlaces(of members: Bitmap, _ file: TextBase) -> [UInt32] {
    var places: [UInt32] = []
    places.reserveCapacity(members.count)
    let limit = UInt64(base.baseCount)
    file.order.places.forEach(in: 0..<file.count) { place in
      guard place < limit, members.contains(Int(place)), isBase(Int(place)) else { return }
      places.append(UInt32(truncatingIfNeeded: place))
    }
    return places
  }

  /// Ordered places from the last text to the first; those of the same text stay as they are.
  fileprivate func reversed(_ places: [UInt32], _ mayHaveTies: Bool) -> [UInt32] {
    guard mayHaveTies else { return places.reversed() }
    var reversed: [UInt32] = []
    reversed.reserveCapacity(places.count)
    var end = places.count
    while end > 0 {
      var start = end - 1
      while start > 0, order(of: Int(places[start - 1]), to: Int(places[start])) == 0 { start -= 1 }
      reversed.append(contentsOf: places[start..<end])
      end = start
    }
    return reversed
  }
}
