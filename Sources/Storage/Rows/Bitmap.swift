/// One bit a row, in words of 64; bits beyond the last word are off.
///
/// The number of bits that are on is kept up to date, so that counting is free and a bitmap without
/// any is recognised at once.
struct Bitmap: Sendable {
  private(set) var words: [UInt64] = []
  /// How many bits are on.
  private(set) var count = 0

  init() {}

  /// Takes words as they are; counts them.
  init(words: [UInt64]) {
    var total = 0
    let span = words.span
    for position in span.indices { total &+= span[position].nonzeroBitCount }
    self.words = words
    count = total
  }

  init(_ range: Range<Int>) {
    formUnion(range)
  }

  func contains(_ index: Int) -> Bool {
    let word = index >> 6
    return word < words.count && words[word] >> UInt64(index & 63) & 1 == 1
  }

  mutating func insert(_ index: Int) {
    extend(toHold: index)
    let bit = UInt64(1) << UInt64(index & 63)
    if words[index >> 6] & bit == 0 {
      words[index >> 6] |= bit
      count += 1
    }
  }

  mutating func remove(_ index: Int) {
    let word = index >> 6
    guard word < words.count else { return }
    let bit = UInt64(1) << UInt64(index & 63)
    if words[word] & bit != 0 {
      words[word] &= ~bit
      count -= 1
    }
  }

  mutating func flip(_ index: Int) {
    extend(toHold: index)
    let bit = UInt64(1) << UInt64(index & 63)
    words[index >> 6] ^= bit
    count += words[index >> 6] & bit == 0 ? -1 : 1
  }

  /// Forgets all bits from `length` on.
  mutating func truncate(to length: Int) {
    let keep = (length + 63) >> 6
    guard keep <= words.count else { return }
    var lost = 0
    for position in keep..<words.count { lost += words[position].nonzeroBitCount }
    count -= lost
    words.removeSubrange(keep...)
    guard length & 63 != 0, let last = words.last else { return }
    let kept = last & (UInt64(1) << UInt64(length & 63) &- 1)
    count -= last.nonzeroBitCount - kept.nonzeroBitCount
    words[keep - 1] = kept
  }

  /// The lowest bit that is on at or after `index`.
  func first(from index: Int = 0) -> Int? {
    var position = index >> 6
    guard position < words.count else { return nil }
    var word = words[position] & (~0 << UInt64(index & 63))
    while word == 0 {
      position += 1
      guard position < words.count else { return nil }
      word = words[position]
    }
    return position << 6 + word.trailingZeroBitCount
  }

  /// The lowest bit that is off at or after `index`.
  func firstClear(from index: Int) -> Int {
    var position = index >> 6
    guard position < words.count else { return index }
    var word = ~words[position] & (~0 << UInt64(index & 63))
    while word == 0 {
      position += 1
      guard position < words.count else { return position << 6 }
      word = ~words[position]
    }
    return position << 6 + word.trailingZeroBitCount
  }

  var last: Int? {
    guard count > 0 else { return nil }
    var position = words.count - 1
    while words[position] == 0 { position -= 1 }
    return position << 6 + 63 - words[position].leadingZeroBitCount
  }

  private mutating func extend(toHold index: Int) {
    let missing = index >> 6 + 1 - words.count
    guard missing > 0 else { return }
    if missing == 1 {
      words.append(0)
    } else {
      words.append(contentsOf: repeatElement(0, count: missing))
    }
  }
}

// MARK: - Whole ranges and whole bitmaps

extension Bitmap {
  mutating func formUnion(_ range: Range<Int>) {
    change(range, extending: true) { word, mask in word | mask }
  }

  mutating func subtract(_ range: Range<Int>) {
    change(range, extending: false) { word, mask in word & ~mask }
  }

  mutating func flip(_ range: Range<Int>) {
    change(range, extending: true) { word, mask in word ^ mask }
  }

  /// Turns off everything outside the range.
  mutating func formIntersection(_ range: Range<Int>) {
    truncate(to: range.upperBound)
    subtract(0..<range.lowerBound)
  }

  mutating func formUnion(_ other: Bitmap) {
    if words.count < other.words.count {
      extend(toHold: other.words.count << 6 - 1)
    }
    combine(other) { $0 | $1 }
  }

  mutating func formIntersection(_ other: Bitmap) {
    truncate(to: other.words.count << 6)
    combine(other) { $0 & $1 }
  }

  mutating func subtract(_ other: Bitmap) {
    combine(other) { $0 & ~$1 }
  }

  mutating func flip(_ other: Bitmap) {
    if words.count < other.words.count {
      extend(toHold: other.words.count << 6 - 1)
    }
    combine(other) { $0 ^ $1 }
  }

  /// Combines word by word as far as both go.
  @inline(__always)
  private mutating func combine(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) {
    let right = other.words.span
    let length = Swift.min(words.count, right.count)
    var difference = 0
    do {
      var left = words.mutableSpan
      for position in 0..<length {
        let old = left[position]
        let new = operation(old, right[position])
        difference &+= new.nonzeroBitCount &- old.nonzeroBitCount
        left[position] = new
      }
    }
    count += difference
  }

  @inline(__always)
  private mutating func change(
    _ range: Range<Int>, extending: Bool, _ operation: (UInt64, UInt64) -> UInt64
  ) {
    var upper = range.upperBound
    if extending {
      guard !range.isEmpty else { return }
      extend(toHold: upper - 1)
    } else {
      upper = Swift.min(upper, words.count << 6)
    }
    guard range.lowerBound < upper else { return }
    let firstWord = range.lowerBound >> 6
    let lastWord = (upper - 1) >> 6
    let head = ~UInt64(0) << UInt64(range.lowerBound & 63)
    let tail = ~UInt64(0) >> UInt64(63 - (upper - 1) & 63)
    var difference = 0
    do {
      var span = words.mutableSpan
      for position in firstWord...lastWord {
        var mask = ~UInt64(0)
        if position == firstWord { mask &= head }
        if position == lastWord { mask &= tail }
        let old = span[position]
        let new = operation(old, mask)
        difference &+= new.nonzeroBitCount &- old.nonzeroBitCount
        span[position] = new
      }
    }
    count += difference
  }
}
