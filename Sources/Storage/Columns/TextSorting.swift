/// Sorts places of texts by the bytes of the texts, eight at a time.
///
/// Only places whose texts are alike so far are looked at again, so no two texts are compared from
/// their beginnings twice.
struct TextSorting {
  private struct Entry {
    var key: UInt64
    var place: UInt32
  }

  private var entries: [Entry] = []

  /// The places in the order of their texts, and in their own where those are equal.
  static func sorted(_ places: [UInt32], of texts: some IndexedTexts) -> [UInt32] {
    if ascends(places, of: texts) { return places }
    var sorting = TextSorting()
    sorting.entries = places.map { Entry(key: 0, place: $0) }
    sorting.sort(texts)
    return sorting.entries.map(\.place)
  }

  /// Whether the places are in order as they are.
  private static func ascends(_ places: [UInt32], of texts: some IndexedTexts) -> Bool {
    for index in places.indices.dropFirst() {
      let order = texts.withBytes(of: Int(places[index - 1])) { before in
        texts.withBytes(of: Int(places[index])) { before.order(to: $0) }
      }
      if order > 0 || order == 0 && places[index - 1] > places[index] { return false }
    }
    return true
  }

  private mutating func sort(_ texts: some IndexedTexts) {
    var pending = [(range: 0..<entries.count, offset: 0)]
    while let (range, offset) = pending.popLast() {
      guard range.count > 1 else { continue }
      for index in range {
        entries[index].key = texts.withBytes(of: Int(entries[index].place)) {
          $0.bigEndian64(at: offset)
        }
      }
      entries[range].sort { $0.key < $1.key }
      var start = range.lowerBound
      while start < range.upperBound {
        var end = start + 1
        while end < range.upperBound, entries[end].key == entries[start].key { end += 1 }
        if end - start > 1 {
          let ended = sortEnded(start..<end, before: offset + 8, texts)
          pending.append((ended..<end, offset + 8))
        }
        start = end
      }
    }
  }

  /// Puts texts that end before an offset first, the shorter ones before the longer; as they are alike
  /// up to there, that is their order.
  private mutating func sortEnded(
    _ range: Range<Int>, before offset: Int, _ texts: some IndexedTexts
  ) -> Int {
    for index in range {
      let length = texts.withBytes(of: Int(entries[index].place)) { $0.count }
      entries[index].key = UInt64(Swift.min(length, offset + 1))
    }
    entries[range].sort { left, right in
      left.key != right.key ? left.key < right.key : left.place < right.place
    }
    return partition(range) { entries[$0].key <= UInt64(offset) }
  }
}

extension TextColumn {
  /// All places in the order of their texts.
  var order: [UInt32] { order(of: self, where: Bitmap()) }

  /// The places of texts that are this column's, but for those at some places, in order.
  ///
  /// What is in order in a file already is not sorted again.
  func order(of texts: some IndexedTexts, where replaced: Bitmap) -> [UInt32] {
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
    return TextSorting.merge(TextSorting.sorted(others, of: texts), into: kept) { left, right in
      let order = texts.withBytes(of: Int(left)) { bytes in
        texts.withBytes(of: Int(right)) { bytes.order(to: $0) }
      }
      return order < 0 || order == 0 && left < right
    }
  }
}

extension TextSorting {
  /// Puts a few ordered places among many.
  static func merge(
    _ few: [UInt32], into many: [UInt32], by precedes: (UInt32, UInt32) -> Bool
  ) -> [UInt32] {
    var merged: [UInt32] = []
    merged.reserveCapacity(few.count + many.count)
    var start = 0
    for place in few {
      let end = partition(start..<many.count) { precedes(many[$0], place) }
      merged.append(contentsOf: many[start..<end])
      merged.append(place)
      start = end
    }
    merged.append(contentsOf: many[start...])
    return merged
  }
}
