/// One bit a row, in words of 64; bits beyond the last word are off.
///
/// The number of bits that are on is kept up to date, so that counting is free and a bitmap without
/// any is recognised at once. One that was read from a file says what the file says until it is
/// `counted`, and a few words of it that change are kept beside the file's.
struct Bitmap: Sendable {
  private var stored = Stored<UInt64>()
  /// How many bits are on.
  private(set) var count = 0
  /// What is to be verified before the bits are taken for rows; nil where no file's are.
  private var claim: BitmapClaim?
  /// Words that are not as in the file; only beside a claim.
  private var patch: WordPatch?

  init() {}

  /// Takes words as they are; counts them.
  init(words: [UInt64]) {
    stored = Stored(words)
    count = stored.withSpan { Bitmap.count($0) }
  }

  /// Takes words from a file, which says how many bits of them are on, all below `limit`.
  init(_ words: Stored<UInt64>, count: Int, limit: Int) {
    stored = words
    self.count = count
    claim = BitmapClaim(count: count, limit: limit)
  }

  static func count(_ words: Span<UInt64>) -> Int {
    var total = 0
    for position in words.indices { total &+= words[position].nonzeroBitCount }
    return total
  }

  /// All words; those that have changed since a file was written are laid over the file's.
  var words: Stored<UInt64> { patch?.laid(over: stored) ?? stored }

  var wordCount: Int { patch?.wordCount ?? stored.count }

  /// One word; behind the last, none of its bits is on.
  @inline(__always)
  func word(_ place: Int) -> UInt64 {
    if let word = patch?[place] { return word }
    return place < stored.count ? stored[place] : 0
  }

  /// The same, with as many bits as it says, all below the limit: or else none.
  ///
  /// Reads all words the first time, where they come from a file; costs nothing otherwise.
  var counted: Bitmap {
    guard let claim else { return self }
    guard claim.isTrue(of: stored) else {
      stored.condemn()
      return Bitmap()
    }
    guard patch != nil else { return self }
    var whole = Bitmap()
    whole.stored = words
    whole.count = count
    return whole
  }

  /// Changes the words in place; those of a file are copied first.
  @inline(__always)
  private mutating func modify<Result>(_ body: (inout [UInt64]) -> Result) -> Result {
    if claim != nil {
      self = counted
      claim = nil
    }
    return stored.modify(body)
  }

  /// Whether so many words can be changed beside a file's: they are few, and nobody has read all.
  ///
  /// Who reads all words has laid the changed ones over them: from then on it is that copy that changes.
  private func canPatch(_ words: Int) -> Bool {
    guard claim != nil else { return false }
    let known = patch?.changedCount ?? 0
    return known + words <= stored.count / Bitmap.wordsPerPatch && patch?.isLaid != true
  }

  /// A changed word beside a file's takes about as much as so many that are copied.
  static let wordsPerPatch = 16

  /// Changes one word beside a file's, where `canPatch`.
  @inline(__always)
  private mutating func patchWord(_ place: Int, _ operation: (UInt64) -> UInt64) {
    let old = word(place)
    let new = operation(old)
    count += new.nonzeroBitCount - old.nonzeroBitCount
    if new != old || place >= wordCount {
      if patch == nil { patch = WordPatch(wordCount: stored.count) }
      patch?.set(place, to: new)
    }
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

  func contains(_ index: Int) -> Bool { word(index >> 6) >> UInt64(index & 63) & 1 == 1 }

  mutating func insert(_ index: Int) {
    // A file's words are not copied for what is so already.
    if claim != nil && contains(index) { return }
    let bit = UInt64(1) << UInt64(index & 63)
    if canPatch(1) { return patchWord(index >> 6) { $0 | bit } }
    let isNew = modify { words in
      Bitmap.extend(&words, toHold: index)
      guard words[index >> 6] & bit == 0 else { return false }
      words[index >> 6] |= bit
      return true
    }
    if isNew { count += 1 }
  }

  mutating func remove(_ index: Int) {
    guard contains(index) else { return }
    let word = index >> 6
    let bit = UInt64(1) << UInt64(index & 63)
    if canPatch(1) { return patchWord(word) { $0 & ~bit } }
    let wasOn = modify { words in
      guard word < words.count, words[word] & bit != 0 else { return false }
      words[word] &= ~bit
      return true
    }
    if wasOn { count -= 1 }
  }

  mutating func flip(_ index: Int) {
    let bit = UInt64(1) << UInt64(index & 63)
    if canPatch(1) { return patchWord(index >> 6) { $0 ^ bit } }
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
    guard keep <= wordCount else { return }
    if claim != nil, keep >= stored.count, keep < wordCount {
      count -= patch?.truncate(to: keep) ?? 0
    }
    if keep == wordCount {
      guard length & 63 != 0, word(keep - 1) >> UInt64(length & 63) != 0 else { return }
      if canPatch(1) {
        return patchWord(keep - 1) { $0 & (UInt64(1) << UInt64(length & 63) &- 1) }
      }
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
    let end = wordCount
    var position = index >> 6
    guard position < end else { return nil }
    var word = word(position) & (~0 << UInt64(index & 63))
    while word == 0 {
      position += 1
      guard position < end else { return nil }
      word = self.word(position)
    }
    return position << 6 + word.trailingZeroBitCount
  }

  /// The lowest bit that is off at or after `index`.
  func firstClear(from index: Int) -> Int {
    let end = wordCount
    var position = index >> 6
    guard position < end else { return index }
    var word = ~word(position) & (~0 << UInt64(index & 63))
    while word == 0 {
      position += 1
      guard position < end else { return position << 6 }
      word = ~self.word(position)
    }
    return position << 6 + word.trailingZeroBitCount
  }

  var last: Int? {
    var position = wordCount - 1
    while position >= 0 {
      let word = word(position)
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
    truncate(to: other.wordCount << 6)
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
    guard !range.isEmpty, extending || range.lowerBound < wordCount << 6 else { return }
    if canPatch((range.count + 126) >> 6) {
      let upper = extending ? range.upperBound : Swift.min(range.upperBound, wordCount << 6)
      Bitmap.forEachMask(of: range.lowerBound..<upper) { place, mask in
        patchWord(place) { operation($0, mask) }
      }
      return
    }
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
    if canPatch(list.count) {
      for number in list where extending || Int(number) >> 6 < wordCount {
        patchWord(Int(number) >> 6) { operation($0, 1 << UInt64(number & 63)) }
      }
      return
    }
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
