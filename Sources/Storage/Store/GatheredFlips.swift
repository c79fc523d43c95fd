import Permissions

/// The rows that many changes flipped, for several permissions at once.
///
/// What the index says is taken from there; a change that flipped many rows is read from the journal,
/// once for all permissions.
struct GatheredFlips {
  enum Rule {
    /// Rows that were flipped an odd number of times: the difference that the changes make together.
    case odd
    /// Rows that were flipped at all.
    case any
  }

  private enum Rows {
    case few(RowSet)
    case many([UInt64])
  }

  private let rule: Rule
  /// Rows from here on are left out.
  private let limit: Int
  private var columns: [Rows] = []
  /// The changes to be read, and the permissions for which.
  private var doubtful: [Int: [Int]] = [:]

  /// So many flips are cheaper to combine one by one than in a bitmap.
  private static let fewPostings = 16

  init(_ rule: Rule, below limit: Int) {
    self.rule = rule
    self.limit = limit
  }

  /// Takes up some of the flips of the next permission, in the catalogue's order.
  mutating func append(_ range: Range<Int>, of history: FlipHistory) {
    let number = columns.count
    if range.count <= GatheredFlips.fewPostings {
      var rows = RowSet()
      for place in range {
        let posting = history.postings[place]
        if let flipped = history.rows(of: posting, below: limit) {
          rows = combined(rows, flipped)
        } else {
          doubtful[Int(posting.change), default: []].append(number)
        }
      }
      columns.append(.few(rows))
      return
    }
    var words = [UInt64](repeating: 0, count: (limit + 63) / 64)
    var unknown: [Int] = []
    history.postings.forEachSpan(of: range) { _, span in
      for place in span.indices {
        let posting = span[place]
        let isKnown = history.forEachRun(of: posting) { combine($0, into: &words) }
        if !isKnown { unknown.append(Int(posting.change)) }
      }
    }
    columns.append(.many(words))
    for change in unknown { doubtful[change, default: []].append(number) }
  }

  /// Reads the changes whose rows the index does not say.
  mutating func read(
    _ effects: (Int) throws(StoreProblem) -> Effects
  ) throws(StoreProblem) {
    for (change, numbers) in doubtful.sorted(by: { $0.key > $1.key }) {
      for part in try effects(change).flips where numbers.contains(part.permission.value) {
        let number = part.permission.value
        switch columns[number] {
        case .few(let rows):
          columns[number] = .few(combined(rows, part.rows.below(limit)))
        case .many(var words):
          columns[number] = .few(RowSet())
          part.rows.forEachRun { combine($0, into: &words) }
          columns[number] = .many(words)
        }
      }
    }
    doubtful = [:]
  }

  func rows(of permission: PermissionNumber) -> RowSet {
    switch columns[permission.value] {
    case .few(let rows): rows
    case .many(let words): RowSet(Bitmap(words: words))
    }
  }

  /// All that were taken up, without those of which nothing was flipped.
  var flips: [PermissionFlips] {
    columns.indices.map(PermissionNumber.init)
      .map { PermissionFlips(permission: $0, rows: rows(of: $0)) }.filter { !$0.rows.isEmpty }
  }

  private func combined(_ rows: RowSet, _ flipped: RowSet) -> RowSet {
    switch rule {
    case .odd: rows.symmetricDifference(flipped)
    case .any: rows.union(flipped)
    }
  }

  @inline(__always)
  private func combine(_ range: Range<UInt32>, into words: inout [UInt64]) {
    let start = Int(range.lowerBound)
    let end = min(Int(range.upperBound), limit)
    guard start < end else { return }
    let (first, last) = (start >> 6, (end - 1) >> 6)
    for word in first...last {
      var mask = ~UInt64(0)
      if word == first { mask &= ~0 << UInt64(start & 63) }
      if word == last { mask &= ~0 >> UInt64(63 - (end - 1) & 63) }
      switch rule {
      case .odd: words[word] ^= mask
      case .any: words[word] |= mask
      }
    }
  }
}

extension RowSet {
  /// The rows before one.
  func below(_ limit: Int) -> RowSet {
    guard let last, last.index >= limit else { return self }
    return intersection(RowSet(0..<UInt32(limit)))
  }
}
