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
  private var scratch: [Entry] = []
  private var ties = Bitmap()

  /// The places in the order of their texts, and in their own where those are equal.
  static func sorted(_ places: [UInt32], of texts: some IndexedTexts) -> TextRanks {
    if let ranks = ascending(places, of: texts) { return ranks }
    var sorting = TextSorting()
    sorting.entries.reserveLarge(places.count)
    for place in places { sorting.entries.append(Entry(key: 0, place: place)) }
    sorting.sort(texts)
    return TextRanks(places: sorting.entries.map(\.place), ties: sorting.ties)
  }

  /// The places as they are, where they are in order.
  private static func ascending(_ places: [UInt32], of texts: some IndexedTexts) -> TextRanks? {
    var ties = Bitmap()
    for index in places.indices.dropFirst() {
      let order = texts.withBytes(of: Int(places[index - 1])) { before in
        texts.withBytes(of: Int(places[index])) { before.order(to: $0) }
      }
      if order > 0 || order == 0 && places[index - 1] > places[index] { return nil }
      if order == 0 { ties.insert(index) }
    }
    return TextRanks(places: places, ties: ties)
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
      sortByKey(range)
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
  /// up to there, that is their order, and those of one length are equal.
  private mutating func sortEnded(
    _ range: Range<Int>, before offset: Int, _ texts: some IndexedTexts
  ) -> Int {
    var isAnyEnded = false
    for index in range {
      let length = texts.withBytes(of: Int(entries[index].place)) { $0.count }
      if length <= offset { isAnyEnded = true }
      entries[index].key = UInt64(Swift.min(length, offset + 1))
    }
    guard isAnyEnded else { return range.lowerBound }
    entries[range].sort { left, right in
      left.key != right.key ? left.key < right.key : left.place < right.place
    }
    let ended = partition(range) { entries[$0].key <= UInt64(offset) }
    for index in range.lowerBound..<ended
    where index > range.lowerBound && entries[index].key == entries[index - 1].key {
      ties.insert(index)
    }
    return ended
  }
}

// MARK: - By one key

extension TextSorting {
  /// As few are put in order one by one.
  private static let few = 24
  /// From so many on it pays to count how often each byte is there.
  private static let many = 1024

  private mutating func sortByKey(_ range: Range<Int>) {
    if range.count > TextSorting.many {
      sortByDigits(range)
    } else if range.count > TextSorting.few {
      entries[range].sort { $0.key < $1.key }
    } else {
      for index in range.dropFirst() {
        let entry = entries[index]
        var hole = index
        while hole > range.lowerBound, entries[hole - 1].key > entry.key {
          entries[hole] = entries[hole - 1]
          hole -= 1
        }
        entries[hole] = entry
      }
    }
  }

  /// Sorts by one byte of the key after another, the lowest first, without those that are all alike:
  /// nothing is compared.
  private mutating func sortByDigits(_ range: Range<Int>) {
    var varying: UInt64 = 0
    for index in range { varying |= entries[index].key ^ entries[range.lowerBound].key }
    if scratch.count < range.count {
      scratch = []
      scratch.reserveLarge(range.count)
      scratch.append(contentsOf: repeatElement(Entry(key: 0, place: 0), count: range.count))
    }
    for shift in stride(from: UInt64(0), to: 64, by: 8) where varying >> shift & 0xFF != 0 {
      var starts = InlineArray<256, Int>(repeating: 0)
      for index in range { starts[Int(entries[index].key >> shift & 0xFF)] += 1 }
      var sum = 0
      for digit in 0..<256 {
        let count = starts[digit]
        starts[digit] = sum
        sum += count
      }
      for index in range {
        let digit = Int(entries[index].key >> shift & 0xFF)
        scratch[starts[digit]] = entries[index]
        starts[digit] += 1
      }
      for index in 0..<range.count { entries[range.lowerBound + index] = scratch[index] }
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
