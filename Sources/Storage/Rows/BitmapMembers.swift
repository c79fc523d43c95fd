// Of a few rows only the words that they are in are read, and not the whole column.

extension Bitmap {
  /// Whether so many words are few beside all of these.
  func isLong(beside words: Int) -> Bool { words <= wordCount / Bitmap.wordsPerPatch }

  /// The rows of a range whose bits are on, or those whose bits are off; only their words are read.
  func members(of range: Range<UInt32>, whereOn isOn: Bool) -> RowSet {
    var members = 0
    forEachWord(of: range, whereOn: isOn) { members += $1.nonzeroBitCount }
    if members == range.count { return RowSet(range) }
    var numbers: [UInt32] = []
    numbers.reserveCapacity(members)
    forEachWord(of: range, whereOn: isOn) { place, word in
      var rest = word
      while rest != 0 {
        numbers.append(UInt32(place << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return RowSet(sortedNumbers: numbers)
  }

  /// The words that a range is in, with those of its bits that are on, or off.
  @inline(__always)
  private func forEachWord(
    of range: Range<UInt32>, whereOn isOn: Bool, _ body: (_ place: Int, UInt64) -> Void
  ) {
    Bitmap.forEachMask(of: Int(range.lowerBound)..<Int(range.upperBound)) { place, mask in
      body(place, (isOn ? word(place) : ~word(place)) & mask)
    }
  }

  /// The places of the words that a range is in, and which of their bits are.
  @inline(__always)
  static func forEachMask(
    of range: Range<Int>, _ body: (_ place: Int, _ mask: UInt64) -> Void
  ) {
    guard !range.isEmpty else { return }
    for place in range.lowerBound >> 6...(range.upperBound - 1) >> 6 {
      let part = range.clamped(to: place << 6..<(place + 1) << 6)
      body(place, (~0 >> UInt64(64 - part.count)) << UInt64(part.lowerBound & 63))
    }
  }
}
