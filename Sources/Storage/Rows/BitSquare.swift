/// Sixty-four words of sixty-four bits, and the same with rows and columns exchanged.
package struct BitSquare: Sendable {
  private var words = Array(repeating: UInt64(0), count: 64)

  package init() {}

  /// Takes sixty-four words.
  package init(_ words: ArraySlice<UInt64>) {
    precondition(words.count == 64)
    self.words = Array(words)
  }

  package subscript(row: Int) -> UInt64 { words[row] }

  /// Takes one word of each column, and turns them into one word for each row.
  mutating func load(_ columns: [Stored<UInt64>], at block: Int) {
    for index in words.indices {
      words[index] =
        index < columns.count && block < columns[index].count ? columns[index][block] : 0
    }
    transpose()
  }

  /// Exchanges ever smaller quarters: six rounds for sixty-four rows.
  package mutating func transpose() {
    var span = words.mutableSpan
    var width = 32
    var mask: UInt64 = 0xFFFF_FFFF
    while width > 0 {
      var low = 0
      while low < 64 {
        let high = low | width
        let swapped = (span[low] >> UInt64(width) ^ span[high]) & mask
        span[low] ^= swapped << UInt64(width)
        span[high] ^= swapped
        low = (high + 1) & ~width
      }
      width >>= 1
      mask ^= mask << UInt64(width)
    }
  }
}
