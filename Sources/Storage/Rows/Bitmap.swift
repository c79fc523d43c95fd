import Synchronization

/// One bit a row, in words of 64; bits beyond the last word are off.
///
/// The number of bits that are on is kept up to date, so that counting is free and a bitmap without
/// any is recognised at once. One that was read from a file says what the file says until it is
/// `counted`.
struct Bitmap: Sendable {
  private(set) var words = Stored<UInt64>()
  /// How many bits are on.
  private(set) var count = 0
  /// What is to be verified before the bits are taken for rows.
  private var claim: BitmapClaim?

  init() {}

  /// Takes words as they are; counts them.
  init(words: [UInt64]) {
    self.words = Stored(words)
    count = self.words.withSpan { Bitmap.count($0) }
  }

  /// Takes words from a file, which says how many bits of them are on, all below `limit`.
  init(_ words: Stored<UInt64>, count: Int, limit: Int) {
    self.words = words
    self.count = count
    claim = BitmapClaim(limit: limit)
  }

  private static func count(_ words: Span<UInt64>) -> Int {
    var total = 0
    for position in words.indices { total &+= words[position].nonzeroBitCount }
    return total
  }

  /// The same, with as many bits as it says, all below the limit: or else none.
  ///
  /// Reads all words the first time, where they come from a file; costs nothing otherwise.
  var counted: Bitmap {
    guard let claim else { return self }
    let isTrue = claim.isTrue { limit in
      let beyond = words.count == (limit + 63) >> 6 ? limit & 63 : 0
      return words.count <= (limit + 63) >> 6 && words.withSpan { Bitmap.count($0) } == count
        && (beyond == 0 || words[words.count - 1] >> UInt64(beyond) == 0)
    }
    if isTrue { return self }
    words.condemn()
    return Bitmap()
  }

  /// Changes the words in place; those of a file are copied first.
  @inline(__always)
  private mutating func modify<Result>(_ body: (inout [UInt64]) -> Result) -> Result {
    if claim != nil {
      self = counted
      claim = nil
    }
    return words.modify(body)
  }

  init(_ range: Range<Int>) {
    formUnion(range)
  }

  /// The numbers below `count` that satisfy a test.
  init(count: Int, where test: (Int) -> Bool) {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for index in 0..<count where test(index) { words[index >> 6] |= 1 << UInt64(index & 63) }
    self.init(words: words)
  }

  func contains(_ index: Int) -> Bool {
    let word = index >> 6
    return word < words.count && words[word] >> UInt64(index & 63) & 1 == 1
  }

  mutating func insert(_ index: Int) {
    // A file's words are not copied for what is so already.
    if claim != nil && contains(index) { return }
    let bit = UInt64(1) << UInt64(index & 63)
    let isNew = modify { words in
      Bitmap.extend(&words, toHold: index)
      guard words[index >> 6] & bit == 0 else { return false }
      words[index >> 6] |= bit
      return true
    }
    if isNew { count += 1 }
  }

  mutating func remove(_ index: Int) {
    let word = index >> 6
    guard word < words.count else { return }
    let bit = UInt64(1) << UInt64(index & 63)
    guard words[word] & bit != 0 else { return }
    let wasOn = modify { words in
      guard word < words.count, words[word] & bit != 0 else { return false }
      words[word] &= ~bit
      return true
    }
    if wasOn { count -= 1 }
  }

  mutating func flip(_ index: Int) {
    let bit = UInt64(1) << UInt64(index & 63)
    let isOn = modify { words in
      Bitmap.extend(&words, toHold: index)
      words[index >> 6] ^= bit
      return words[index >> 6] & bit != 0
    }
    count += isOn ? 1 : -1
  }

  /// Forgets all bits from `length` on.
  mutating func truncate(to length: Int) {
    let keep = (length + 63) >> 6
    guard keep <= words.count else { return }
    if keep == words.count {
      guard length & 63 != 0, words[keep - 1] >> UInt64(length & 63) != 0 else { return }
    }
    let lost = modify { words in
      guard keep <= words.count else { return 0 }
      var lost = 0
      for position in keep..<words.count { lost += words[position].nonzeroBitCount }
      words.removeSubrange(keep...)
      guard length & 63 != 0, let last = words.last else { return lost }
      let kept = last & (UInt64(1) << UInt64(length & 63) &- 1)
      words[keep - 1] = kept
      return lost + last.nonzeroBitCount - kept.nonzeroBitCount
    }
    count -= lost
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
    var position = words.count - 1
    while position >= 0 {
      let word = words[position]
      if word != 0 { return position << 6 + 63 - word.leadingZeroBitCount }
      position -= 1
    }
    return nil
  }

  private static func extend(_ words: inout [UInt64], toHold index: Int) {
    let missing = index >> 6 + 1 - words.count
    guard missing > 0 else { return }
    if missing == 1 {
      words.append(0)
    } else {
      words.append(contentsOf: repeatElement(0, count: missing))
    }
  }
}

/// Whether what a file says of a bitmap is so: found out once, for all its copies.
private final class BitmapClaim: Sendable {
  private enum State {
    static let unknown: UInt8 = 0
    static let right: UInt8 = 1
    static let wrong: UInt8 = 2
  }

  /// All bits that are on are below this.
  private let limit: Int
  private let state = Atomic(State.unknown)

  init(limit: Int) {
    self.limit = limit
  }

  func isTrue(_ verify: (_ limit: Int) -> Bool) -> Bool {
    if state.load(ordering: .relaxed) == State.unknown {
      state.store(verify(limit) ? State.right : State.wrong, ordering: .relaxed)
    }
    return state.load(ordering: .relaxed) == State.right
  }
}

// MARK: - Lists, whole ranges and whole bitmaps

extension Bitmap {
  /// The numbers ascend.
  mutating func formUnion(_ list: [UInt32]) {
    change(list, extending: true) { word, bit in word | bit }
  }

  mutating func subtract(_ list: [UInt32]) {
    change(list, extending: false) { word, bit in word & ~bit }
  }

  mutating func flip(_ list: [UInt32]) {
    change(list, extending: true) { word, bit in word ^ bit }
  }

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
    combine(other, extending: true) { $0 | $1 }
  }

  mutating func formIntersection(_ other: Bitmap) {
    truncate(to: other.words.count << 6)
    combine(other) { $0 & $1 }
  }

  mutating func subtract(_ other: Bitmap) {
    combine(other) { $0 & ~$1 }
  }

  mutating func flip(_ other: Bitmap) {
    combine(other, extending: true) { $0 ^ $1 }
  }

  /// Combines word by word as far as both go, or as far as the other goes.
  @inline(__always)
  private mutating func combine(
    _ other: Bitmap, extending: Bool = false, _ operation: (UInt64, UInt64) -> UInt64
  ) {
    count += other.counted.words.withSpan { right in
      modify { words in
        if extending, words.count < right.count {
          Bitmap.extend(&words, toHold: right.count << 6 - 1)
        }
        let length = Swift.min(words.count, right.count)
        var difference = 0
        var left = words.mutableSpan
        for position in 0..<length {
          let old = left[position]
          let new = operation(old, right[position])
          difference &+= new.nonzeroBitCount &- old.nonzeroBitCount
          left[position] = new
        }
        return difference
      }
    }
  }

  @inline(__always)
  private mutating func change(
    _ range: Range<Int>, extending: Bool, _ operation: (UInt64, UInt64) -> UInt64
  ) {
    guard !range.isEmpty, extending || range.lowerBound < words.count << 6 else { return }
    count += modify { words in
      if extending { Bitmap.extend(&words, toHold: range.upperBound - 1) }
      let upper = Swift.min(range.upperBound, words.count << 6)
      guard range.lowerBound < upper else { return 0 }
      let firstWord = range.lowerBound >> 6
      let lastWord = (upper - 1) >> 6
      let head = ~UInt64(0) << UInt64(range.lowerBound & 63)
      let tail = ~UInt64(0) >> UInt64(63 - (upper - 1) & 63)
      var difference = 0
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
      return difference
    }
  }

  /// Changes single bits of an ascending list; without `extending`, those that there are.
  @inline(__always)
  private mutating func change(
    _ list: [UInt32], extending: Bool, _ operation: (UInt64, UInt64) -> UInt64
  ) {
    guard let last = list.last else { return }
    count += modify { words in
      if extending { Bitmap.extend(&words, toHold: Int(last)) }
      var difference = 0
      var span = words.mutableSpan
      for number in list {
        let position = Int(number) >> 6
        if position >= span.count { break }
        let old = span[position]
        let new = operation(old, 1 << UInt64(number & 63))
        difference &+= new.nonzeroBitCount &- old.nonzeroBitCount
        span[position] = new
      }
      return difference
    }
  }
}
