import Diagnostics

// Questions that the order of texts in a file answers without looking at all of them.

extension PatchedTexts {
  /// The places whose text a pattern matches, in no order; nil where they are not few for certain.
  func fewPlaces(matching glob: Glob) -> [Int]? {
    guard let file = base.base, !glob.beginning.isEmpty else { return nil }
    let later = count - base.baseCount + patches.count
    let few = Swift.max(1024, count / 8)
    guard later <= few,
      let ranges = file.ranks(beginningLike: glob.beginning, in: file.order, atMost: few)
    else { return nil }
    var found: [Int] = []
    for rank in ranges.joined() {
      let place = file.place(ofRank: rank, in: file.order)
      guard place < base.baseCount, isBase(place) else { continue }
      if withBytes(of: place, { glob.matches($0) }) { found.append(place) }
    }
    for place in base.baseCount..<count where isBase(place) {
      if withBytes(of: place, { glob.matches($0) }) { found.append(place) }
    }
    for place in patches.keys where withBytes(of: Int(place), { glob.matches($0) }) {
      found.append(Int(place))
    }
    return found
  }
}

extension TextBase {
  /// The ranks of all texts that begin with some scalars in any case, and perhaps of others; nil
  /// where they are more than a limit.
  fileprivate func ranks(
    beginningLike folded: [UInt32], in order: TextOrder, atMost limit: Int
  ) -> [Range<Int>]? {
    var found: [(beginning: [UInt8], ranks: Range<Int>)] = [([], 0..<count)]
    for scalar in folded {
      let variants = CaseFolding.variants(of: scalar)
      var longer: [(beginning: [UInt8], ranks: Range<Int>)] = []
      for (beginning, all) in found {
        for variant in variants {
          var bytes = beginning
          UTF8Scalars.append(variant, to: &bytes)
          let ranks = ranks(beginningWith: bytes.span, in: order, among: all)
          if !ranks.isEmpty { longer.append((bytes, ranks)) }
        }
      }
      found = longer
      // So few are looked at one by one; and names in all mixtures of cases are not worth the search.
      let total = found.reduce(0) { $0 + $1.ranks.count }
      if total <= 16 || found.count > 64 { break }
    }
    let total = found.reduce(0) { $0 + $1.ranks.count }
    return total <= limit ? found.map(\.ranks) : nil
  }
}

extension Table {
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
