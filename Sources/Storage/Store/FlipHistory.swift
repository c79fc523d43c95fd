/// Which changes flipped cells of one permission, and which cells where these are few.
///
/// The permission's column is kept whole now and then, so that how it was at any moment is found
/// from the nearest of these copies in few steps.
struct FlipHistory: Sendable {
  /// That a change flipped cells of the permission: all of them in `first...last`.
  struct Posting: BitwiseCopyable, Sendable {
    var change: UInt32
    var first: UInt32
    var last: UInt32
    /// Where the rows are among `fewFlips`, or one of the two numbers below.
    var place: UInt32

    /// The rows are all of `first...last`.
    static let isWhole = UInt32.max
    /// The rows are only in the journal.
    static let isInJournal = UInt32.max - 1
  }

  /// The column as it was just after a change, and how many postings there were up to then.
  struct Copy: Sendable {
    var change: UInt32
    var postings: Int
    var column: Column

    enum Column: Sendable {
      case kept(Bitmap)
      case stored(Series<UInt64>)
    }
  }

  private(set) var postings = Series<Posting>()
  /// For each posting that is not whole the number of its runs of rows and their lengths and gaps
  /// in turn; or 0, where they are only in the journal, and about how many bytes they take there.
  private(set) var fewFlips = Series<UInt8>()
  private(set) var copies: [Copy] = []
  /// Bytes that the flips since the last copy take, about.
  private(set) var weight = 0

  /// A list of runs longer than this is left to the journal.
  private static let fewRuns = 24
  /// Nothing is copied for flips that take fewer bytes than this.
  private static let leastWeight = 16 << 10

  init() {}

  init(
    postings: Series<Posting>, fewFlips: Series<UInt8>, copies: [Copy], weight: Int
  ) {
    self.postings = postings
    self.fewFlips = fewFlips
    self.copies = copies
    self.weight = weight
  }

  /// Takes up the flips of the next change; the column is as it was before.
  mutating func note(_ rows: RowSet, of change: UInt32, column: Bitmap, rowCount: Int) {
    guard let first = rows.first?.number, let last = rows.last?.number else { return }
    if keepsColumn(rowCount) {
      copies.append(Copy(change: change - 1, postings: postings.count, column: .kept(column)))
      weight = 0
    }
    var posting = Posting(change: change, first: first, last: last, place: Posting.isWhole)
    weight += MemoryLayout<Posting>.stride
    if rows.count != Int(last - first) + 1 {
      let bytes = FlipHistory.encoded(rows)
      posting.place = UInt32(clamping: min(fewFlips.count, Int(Posting.isInJournal)))
      if posting.place < Posting.isInJournal { fewFlips.append(contentsOf: bytes) }
      weight += FlipHistory.weight(of: bytes)
    }
    postings.append(posting)
  }

  /// Takes up the next change, which flips one row; false where the column is to be kept before, and then
  /// nothing is done.
  mutating func note(_ row: Row, of change: UInt32, rowCount: Int) -> Bool {
    if keepsColumn(rowCount) { return false }
    postings.append(
      Posting(change: change, first: row.number, last: row.number, place: Posting.isWhole))
    weight += MemoryLayout<Posting>.stride
    return true
  }

  private func keepsColumn(_ rowCount: Int) -> Bool {
    weight > max(FlipHistory.leastWeight, rowCount / 8 * 4)
  }

  /// Forgets the changes after one.
  mutating func truncate(to change: Int) {
    var count = postings.count
    var end = fewFlips.count
    while count > 0, postings[count - 1].change > change {
      count -= 1
      let posting = postings[count]
      weight -= MemoryLayout<Posting>.stride
      guard posting.place < Posting.isInJournal, Int(posting.place) < end else { continue }
      weight -= FlipHistory.weight(of: bytes(at: Int(posting.place), upTo: end))
      end = Int(posting.place)
    }
    postings.truncate(to: count)
    fewFlips.truncate(to: end)
    let copiesBefore = copies.count
    while let last = copies.last, last.change > change { copies.removeLast() }
    weight = copies.count == copiesBefore ? max(0, weight) : weightSinceLastCopy()
  }

  /// Adds up again what the flips since the last copy take.
  private func weightSinceLastCopy() -> Int {
    var weight = 0
    var end = fewFlips.count
    for number in (min(copies.last?.postings ?? 0, postings.count)..<postings.count).reversed() {
      let posting = postings[number]
      weight += MemoryLayout<Posting>.stride
      guard posting.place < Posting.isInJournal, Int(posting.place) < end else { continue }
      weight += FlipHistory.weight(of: bytes(at: Int(posting.place), upTo: end))
      end = Int(posting.place)
    }
    return weight
  }

  /// How many postings are of changes up to one.
  func count(upTo change: Int) -> Int {
    postings.end { $0.change <= change }
  }

  /// The postings of changes after one and up to another.
  func range(after first: Int, upTo last: Int) -> Range<Int> {
    let start = count(upTo: first)
    return start..<max(start, count(upTo: last))
  }

  private func bytes(at place: Int, upTo end: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    fewFlips.forEachSpan(of: place..<end) { _, span in
      for index in span.indices { bytes.append(span[index]) }
    }
    return bytes
  }

  private static func weight(of bytes: [UInt8]) -> Int {
    guard bytes.first == 0 else { return bytes.count }
    var input = ByteReader(bytes, 1..<bytes.count)
    do throws(Damage) {
      return try input.number(atMost: 1 << 40, "flips")
    } catch {
      return bytes.count
    }
  }

  /// The runs of a set of several: each one's length less one, then the gap to the next less one.
  private static func encoded(_ rows: RowSet) -> [UInt8] {
    var runs: [Range<UInt32>] = []
    rows.forEachRun(atMost: fewRuns + 1) { runs.append($0) }
    var bytes: [UInt8] = []
    guard runs.count <= fewRuns, let first = runs.first else {
      let span = Int(rows.last?.number ?? 0) - Int(rows.first?.number ?? 0)
      bytes.write(varint: 0)
      bytes.write(varint: min(rows.count * 2, span / 8))
      return bytes
    }
    bytes.write(varint: runs.count)
    var next = first.lowerBound
    for (index, run) in runs.enumerated() {
      if index > 0 { bytes.write(varint: UInt64(run.lowerBound - next - 1)) }
      bytes.write(varint: UInt64(run.count - 1))
      next = run.upperBound
    }
    return bytes
  }
}

// MARK: - Reading

extension FlipHistory {
  /// Calls a body with each run of rows that a posting flipped.
  ///
  /// - Returns: false where the journal must be asked.
  @inline(__always)
  func forEachRun(of posting: Posting, _ body: (Range<UInt32>) -> Void) -> Bool {
    guard posting.first <= posting.last, posting.last < UInt32.max else {
      postings.condemn()
      return true
    }
    if posting.place == Posting.isWhole {
      body(posting.first..<posting.last + 1)
      return true
    }
    return forEachFewRun(of: posting, body)
  }

  private func forEachFewRun(of posting: Posting, _ body: (Range<UInt32>) -> Void) -> Bool {
    if posting.place == Posting.isInJournal { return false }
    var place = Int(posting.place)
    let count = nextVarint(&place)
    if count == 0 { return false }
    var next = Int(posting.first)
    for index in 0..<min(count, FlipHistory.fewRuns) {
      if index > 0 { next += nextVarint(&place) + 1 }
      let end = next + nextVarint(&place) + 1
      guard end <= Int(posting.last) + 1 else {
        postings.condemn()
        return true
      }
      body(UInt32(next)..<UInt32(end))
      next = end
    }
    if next != Int(posting.last) + 1 || count > FlipHistory.fewRuns { postings.condemn() }
    return true
  }

  /// A number of at most 32 bits; 0 behind the end, and where it would be greater.
  private func nextVarint(_ place: inout Int) -> Int {
    var value = 0
    var shift = 0
    while place < fewFlips.count, shift < 35 {
      let byte = fewFlips[place]
      place += 1
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    postings.condemn()
    return 0
  }

  /// Whether a posting flipped a row; nil where the journal must be asked.
  func contains(_ row: UInt32, in posting: Posting) -> Bool? {
    guard posting.first <= row, row <= posting.last else { return false }
    var isIn = false
    return forEachRun(of: posting) { if $0.contains(row) { isIn = true } } ? isIn : nil
  }

  /// The rows before one that a posting flipped; nil where the journal must be asked.
  func rows(of posting: Posting, below limit: Int) -> RowSet? {
    var rows = RowSet()
    let isKnown = forEachRun(of: posting) { run in
      let run = run.clamped(to: 0..<UInt32(limit))
      if !run.isEmpty { rows.formUnion(RowSet(run)) }
    }
    return isKnown ? rows : nil
  }
}

extension RowSet {
  /// The first maximal ranges of neighbouring rows, ascending.
  func forEachRun(atMost limit: Int, _ body: (Range<UInt32>) -> Void) {
    var left = limit
    switch form {
    case .range(let range):
      if !range.isEmpty { body(range) }
    case .list(let list):
      var start = 0
      for index in list.indices
      where left > 0 && (index + 1 == list.count || list[index + 1] != list[index] + 1) {
        body(list[start]..<list[index] + 1)
        start = index + 1
        left -= 1
      }
    case .bitmap(let bitmap):
      var next = bitmap.first()
      while let start = next, left > 0 {
        let end = bitmap.firstClear(from: start)
        body(UInt32(start)..<UInt32(end))
        next = bitmap.first(from: end)
        left -= 1
      }
    }
  }
}
