/// In how many of some bitmaps each row's bit is on.
///
/// The counts are numbers to the base of two whose digits are bitmaps again, so that 64 rows are counted
/// at once: for a million rows and 36 bitmaps in a millisecond, and not in a hundred.
struct BitCounts {
  private let rowCount: Int
  /// The lowest digit first, all of as many words.
  private var digits: [[UInt64]]

  init(_ bitmaps: [Bitmap], rowCount: Int) {
    self.rowCount = rowCount
    let length = (rowCount + 63) / 64
    let width = Int.bitWidth - bitmaps.count.leadingZeroBitCount
    digits = Array(repeating: Array(repeating: 0, count: length), count: width)
    for bitmap in bitmaps {
      var carry = [UInt64](repeating: 0, count: length)
      bitmap.counted.words.withSpan { words in
        for index in 0..<Swift.min(length, words.count) { carry[index] = words[index] }
      }
      for digit in digits.indices {
        if BitCounts.add(&carry, to: &digits[digit]) == 0 { break }
      }
    }
  }

  /// Adds bits to a digit, and puts what is carried in their place.
  ///
  /// - Returns: all that is carried, together.
  private static func add(_ carry: inout [UInt64], to digit: inout [UInt64]) -> UInt64 {
    var rest: UInt64 = 0
    for index in carry.indices {
      let both = digit[index] & carry[index]
      digit[index] ^= carry[index]
      carry[index] = both
      rest |= both
    }
    return rest
  }

  /// The rows whose count satisfies a test.
  func places(where test: (Int) -> Bool) -> Bitmap {
    var found = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    for count in 0..<1 << digits.count where test(count) {
      var same = [UInt64](repeating: .max, count: found.count)
      for (digit, words) in digits.enumerated() {
        let flipped: UInt64 = count >> digit & 1 == 1 ? 0 : .max
        for index in same.indices { same[index] &= words[index] ^ flipped }
      }
      for index in found.indices { found[index] |= same[index] }
    }
    if rowCount & 63 != 0 { found[found.count - 1] &= 1 << UInt64(rowCount & 63) - 1 }
    return Bitmap(words: found)
  }

  /// The count of each row.
  var counts: [UInt32] {
    var counts = [UInt32](repeating: 0, count: rowCount)
    for (digit, words) in digits.enumerated() {
      for row in counts.indices {
        counts[row] |= UInt32(truncatingIfNeeded: words[row >> 6] >> UInt64(row & 63) & 1) << digit
      }
    }
    return counts
  }
}
