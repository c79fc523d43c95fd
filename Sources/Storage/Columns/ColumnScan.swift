// Which values of a column lie in some ranges: whole columns, compared as they are packed.

extension PackedValues {
  /// Turns on the bits of those of the first numbers that lie, as signed ones, in a range.
  fileprivate func mark(_ range: ClosedRange<Int64>, below count: Int, in bits: inout [UInt64]) {
    if case .bits = content { return markOneByOne(range, below: count, in: &bits) }
    guard step == 0 else { return markOneByOne(range, below: count, in: &bits) }
    let first = Int64(bitPattern: first)
    guard range.upperBound >= first else { return }
    let least = UInt64(bitPattern: Swift.max(range.lowerBound, first) &- first)
    let greatest = UInt64(bitPattern: range.upperBound &- first)
    func mark<Number: ScannedNumber>(_ values: Stored<Number>, in bits: inout [UInt64]) {
      guard let low = Number(exactly: least) else { return }
      values.withSpan(of: 0..<count) {
        $0.mark(low...Number(clamping: greatest), in: &bits)
      }
    }
    switch content {
    case .none, .bits:
      if least == 0 { markOneByOne(range, below: count, in: &bits) }
    case .bytes(let values): mark(values, in: &bits)
    case .shorts(let values): mark(values, in: &bits)
    case .words(let values): mark(values, in: &bits)
    case .longs(let values): mark(values, in: &bits)
    }
  }

  private func markOneByOne(
    _ range: ClosedRange<Int64>, below count: Int, in bits: inout [UInt64]
  ) {
    var place = 0
    forEach(in: 0..<count) { value in
      if range.contains(Int64(bitPattern: value)) {
        bits[place >> 6] |= 1 << UInt64(place & 63)
      }
      place += 1
    }
  }
}

extension PackedValues {
  /// How many numbers, of those whose bits are on, are each of so many from 0 on; nil where they are not
  /// stored as bytes.
  fileprivate func counts(below limit: Int, among bits: Span<UInt64>) -> [Int]? {
    guard case .bytes(let values) = content, step == 0 else { return nil }
    return values.withSpan { values in
      (0..<limit).map { number in
        UInt8(exactly: UInt64(number) &- first).map { values.count(of: $0, among: bits) } ?? 0
      }
    }
  }
}

extension PlainColumn {
  /// How many values, of those whose bits are on, are each of so many from 0 on; nil where they are not
  /// all as a file has them, a byte each.
  func counts(below limit: Int, among bits: Bitmap) -> [Int]? {
    guard let base, baseCount == base.count, changed.isEmpty, tail.isEmpty else { return nil }
    return bits.words.withSpan { base.counts(below: limit, among: $0) }
  }

  /// The places whose value lies in one of some ranges.
  func places(in ranges: [ClosedRange<Element>]) -> Bitmap {
    // With so many, looking each value up once costs less than comparing it with each.
    guard ranges.count <= 8, let base, let packed = packedRanges(ranges, base.packing) else {
      return places { value in ranges.contains { $0.contains(value) } }
    }
    var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    for range in packed { base.mark(range, below: baseCount, in: &bits) }
    forEachPart(ofBase: false) { start, part in
      for index in part.indices {
        let bit = UInt64(1) << UInt64((start + index) & 63)
        if ranges.contains(where: { $0.contains(part[index]) }) {
          bits[(start + index) >> 6] |= bit
        } else {
          bits[(start + index) >> 6] &= ~bit
        }
      }
    }
    return Bitmap(words: bits)
  }

  /// The ranges as packed numbers; nil where these do not order as the values do.
  private func packedRanges(
    _ ranges: [ClosedRange<Element>], _ packing: Packing
  ) -> [ClosedRange<Int64>]? {
    var all: [ClosedRange<Int64>] = []
    for range in ranges {
      guard let packed = Element.packed(range, packing) else { return nil }
      all += packed
    }
    return all
  }
}

// MARK: - Ranges of packed numbers

extension UInt32 {
  static func packed(_ range: ClosedRange<UInt32>, _ packing: Packing) -> [ClosedRange<Int64>]? {
    [Int64(range.lowerBound)...Int64(range.upperBound)]
  }
}

extension Int64 {
  static func packed(_ range: ClosedRange<Int64>, _ packing: Packing) -> [ClosedRange<Int64>]? {
    [range]
  }
}

extension Double {
  static func packed(_ range: ClosedRange<Double>, _ packing: Packing) -> [ClosedRange<Int64>]? {
    guard packing.isWhole else { return nil }
    // All whole numbers are below this in size, and what stands for infinity is above all others.
    let limit = 0x1p53
    let infinity = packing.infinity.map { Int64(bitPattern: $0) }
    var least = Int64(Swift.max(-limit, Swift.min(range.lowerBound, limit)).rounded(.up))
    var greatest = Int64(Swift.min(limit, Swift.max(range.upperBound, -limit)).rounded(.down))
    if let infinity {
      least = Swift.min(least, infinity)
      greatest = range.upperBound == .infinity ? infinity : Swift.min(greatest, infinity &- 1)
    }
    return least <= greatest ? [least...greatest] : []
  }
}

// MARK: - Tests as ranges

extension NumberTest {
  /// What numbers satisfy the test.
  var ranges: [ClosedRange<Double>] {
    switch self {
    case .compare(.less, let other): other == -.infinity ? [] : [-.infinity...other.nextDown]
    case .compare(.lessOrEqual, let other): [-.infinity...other]
    case .compare(.equal, let other): [other...other]
    case .compare(.greaterOrEqual, let other): [other...(.infinity)]
    case .compare(.greater, let other): other == .infinity ? [] : [other.nextUp...(.infinity)]
    case .isIn(let others): others.sorted().map { $0...$0 }
    case .between(let low, let high): low <= high ? [low...high] : []
    }
  }
}

extension TimeTest {
  /// What times satisfy the test.
  var ranges: [ClosedRange<Int64>] {
    switch self {
    case .compare(.less, let other): other == .min ? [] : [.min...other - 1]
    case .compare(.lessOrEqual, let other): [.min...other]
    case .compare(.equal, let other): [other...other]
    case .compare(.greaterOrEqual, let other): [other...(.max)]
    case .compare(.greater, let other): other == .max ? [] : [other + 1...(.max)]
    case .isIn(let others): others.sorted().map { $0...$0 }
    case .between(let low, let high): low <= high ? [low...high] : []
    }
  }
}

extension Bitmap {
  /// The maximal runs of bits that are on; nil where they are more than a limit.
  func runs(atMost limit: Int) -> [ClosedRange<UInt32>]? {
    var runs: [ClosedRange<UInt32>] = []
    var next = first()
    while let start = next {
      if runs.count == limit { return nil }
      let end = firstClear(from: start)
      runs.append(UInt32(start)...UInt32(end - 1))
      next = first(from: end)
    }
    return runs
  }
}
