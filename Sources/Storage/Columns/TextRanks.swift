/// The places of texts in the order of their bytes, and of the places where those are equal.
final class TextRanks: Sendable {
  /// The place of each rank.
  let places: [UInt32]
  /// The ranks whose text is that of the rank before.
  let ties: Bitmap

  init(places: [UInt32], ties: Bitmap) {
    self.places = places
    self.ties = ties
  }
}

extension TextColumn {
  /// All places in the order of their texts.
  var order: TextRanks { order(of: self, where: Bitmap()) }

  /// The places of texts that are this column's, but for those at some places, in order.
  ///
  /// What is in order already, in a file or because it was asked for before, is not sorted again.
  func order(of texts: some IndexedTexts, where replaced: Bitmap) -> TextRanks {
    if let ranks, replaced.count == 0 { return ranks }
    let all = Array(0..<UInt32(count))
    guard let base, baseCount > 0 else { return TextSorting.sorted(all, of: texts) }
    var kept: [UInt32] = []
    kept.reserveCapacity(count)
    base.order.places.forEach(in: 0..<base.count) { place in
      guard place < UInt64(baseCount), !replaced.contains(Int(place)) else { return }
      kept.append(UInt32(place))
    }
    let others = all.filter { $0 >= baseCount || replaced.contains(Int($0)) }
    guard kept.count + others.count == count, others.count <= kept.count / 4 else {
      return TextSorting.sorted(all, of: texts)
    }
    let sorted = TextSorting.sorted(others, of: texts).places
    let merged = TextSorting.merge(sorted, into: kept) { left, right in
      let order = texts.withBytes(of: Int(left)) { bytes in
        texts.withBytes(of: Int(right)) { bytes.order(to: $0) }
      }
      return order < 0 || order == 0 && left < right
    }
    var ties = Bitmap()
    for rank in merged.indices.dropFirst() {
      let isTie = texts.withBytes(of: Int(merged[rank - 1])) { before in
        texts.withBytes(of: Int(merged[rank])) { before.isEqual(to: $0) }
      }
      if isTie { ties.insert(rank) }
    }
    return TextRanks(places: merged, ties: ties)
  }
}
