package import Diagnostics

/// Texts one after another in one heap of bytes: no allocation for each of them.
///
/// The first of them may lie in a file; what is appended never copies them.
package struct TextColumn: Sendable {
  /// Texts of a file, before all others; of them the first `baseCount` are the column's.
  private(set) var base: TextBase?
  private(set) var baseCount = 0
  /// All other texts, joined; valid UTF-8 between any two ends.
  private(set) var heap: [UInt8] = []
  /// Where each of them ends in the heap; it begins where the one before ends.
  private(set) var ends: [Int] = []
  /// The order of the texts, where it was asked for and nothing has changed since.
  private(set) var ranks: TextRanks?

  package init() {}

  /// Takes a heap and its ends, which the caller has validated.
  init(heap: [UInt8], ends: [Int]) {
    self.heap = heap
    self.ends = ends
  }

  init(_ base: TextBase) {
    self.base = base
    baseCount = base.count
  }

  package mutating func append(_ text: Text) {
    ranks = nil
    heap.append(contentsOf: text.utf8)
    ends.append(heap.count)
  }

  /// Appends bytes that are already known to be valid UTF-8.
  package mutating func append(bytes: Span<UInt8>) {
    ranks = nil
    heap.append(bytes: bytes)
    ends.append(heap.count)
  }

  /// Appends all texts of another column.
  package mutating func append(contentsOf other: TextColumn) {
    if isEmpty {
      self = other
      return
    }
    ranks = nil
    for index in 0..<other.baseCount { other.withBytes(of: index) { append(bytes: $0) } }
    let start = heap.count
    heap.append(contentsOf: other.heap)
    ends.reserveCapacity(growingTo: ends.count + other.ends.count)
    for end in other.ends { ends.append(start + end) }
  }

  /// Forgets the last `count` texts.
  package mutating func removeLast(_ count: Int) {
    ranks = nil
    let appended = Swift.min(count, ends.count)
    ends.removeLast(appended)
    heap.removeSubrange((ends.last ?? 0)...)
    baseCount -= count - appended
  }

  package mutating func reserveCapacity(_ count: Int, bytes: Int) {
    ends.reserveCapacity(count)
    heap.reserveCapacity(bytes)
  }

  /// Makes room for as many times what there is.
  package mutating func reserve(_ factor: Double) {
    ends.reserve(factor)
    heap.reserve(factor)
  }

  /// Finds out the order of the texts, for who looks for repeats and for who writes a snapshot.
  package mutating func arrange() {
    if base == nil, ranks == nil { ranks = order(of: self, where: Bitmap()) }
  }

  /// Lends a text's bytes: no string is made.
  @inline(__always)
  package func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    if let base {
      if index < baseCount { return base.withBytes(of: index, body) }
      if index >= count {
        base.condemn()
        return body([UInt8]().span)
      }
    }
    return body(heap.span.extracting(byteRange(ofAppended: index - baseCount)))
  }

  /// Where the bytes of a text that is in no file are in the heap.
  func byteRange(ofAppended index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Appends a text's bytes: no string is made.
  package func appendBytes(of index: Int, to output: inout [UInt8]) {
    if index >= baseCount, base == nil {
      output.append(contentsOf: heap[byteRange(ofAppended: index)])
    } else {
      withBytes(of: index) { output.append(bytes: $0) }
    }
  }

  /// Appends all texts' bytes, one after another.
  func appendAllBytes(to output: inout some ByteOutput) {
    forEachStretch { _, bytes, ends in
      let end = ends.isEmpty ? 0 : Int(ends[ends.count - 1])
      output.append(bytes: bytes.extracting(0..<end))
    }
  }

  /// About how many bytes all texts have together: to make room for them.
  package var byteCount: Int {
    guard let base else { return heap.count }
    return switch base.content {
    case .heap(let heap): heap.bytes.count + self.heap.count
    case .numbered: baseCount * 32 + heap.count
    }
  }

  /// The first place, for one that a file says and that is not there.
  var condemned: Int {
    base?.condemn()
    return 0
  }
}

// MARK: - What a helper has collected

extension TextColumn {
  package func write(to output: inout HelperOutput) {
    output.write(heap)
    output.write(ends)
  }

  /// Appends a helper's texts.
  package mutating func append(from input: inout HelperInput) throws(HelperLost) {
    ranks = nil
    let (start, first) = (heap.count, ends.count)
    try input.read(into: &heap, filler: 0)
    try input.read(into: &ends, filler: 0)
    for index in first..<ends.count { ends[index] += start }
  }
}

extension TextColumn: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { baseCount + ends.count }

  package subscript(index: Int) -> Text {
    guard let base else {
      return Text(String(decoding: heap[byteRange(ofAppended: index)], as: UTF8.self))
    }
    var bytes: [UInt8] = []
    appendBytes(of: index, to: &bytes)
    if let text = Text(validating: bytes) { return text }
    base.condemn()
    return Text("")
  }
}

extension Array {
  /// Makes room without giving up that repeated calls cost amortised constant time.
  mutating func reserveCapacity(growingTo needed: Int) {
    if needed > capacity { reserveCapacity(Swift.max(needed, capacity * 2)) }
  }
}
