package import Diagnostics

/// Texts one after another in one heap of bytes: no allocation for each of them.
package struct TextColumn: Sendable {
  /// All texts, joined; valid UTF-8 between any two ends.
  private(set) var heap: [UInt8] = []
  /// Where each text ends in the heap; it begins where the one before ends.
  private(set) var ends: [Int] = []

  package init() {}

  /// Takes a heap and its ends, which the caller has validated.
  init(heap: [UInt8], ends: [Int]) {
    self.heap = heap
    self.ends = ends
  }

  package mutating func append(_ text: Text) {
    heap.append(contentsOf: text.utf8)
    ends.append(heap.count)
  }

  /// Appends bytes that are already known to be valid UTF-8.
  package mutating func append(bytes: Span<UInt8>) {
    heap.reserveCapacity(growingTo: heap.count + bytes.count)
    for index in bytes.indices { heap.append(bytes[index]) }
    ends.append(heap.count)
  }

  /// Appends all texts of another column.
  package mutating func append(contentsOf other: TextColumn) {
    if ends.isEmpty {
      self = other
      return
    }
    let base = heap.count
    heap.append(contentsOf: other.heap)
    ends.reserveCapacity(growingTo: ends.count + other.ends.count)
    for end in other.ends { ends.append(base + end) }
  }

  /// Forgets the last `count` texts.
  package mutating func removeLast(_ count: Int) {
    ends.removeLast(count)
    heap.removeSubrange((ends.last ?? 0)...)
  }

  package mutating func reserveCapacity(_ count: Int, bytes: Int) {
    ends.reserveCapacity(count)
    heap.reserveCapacity(bytes)
  }

  /// Where a text's bytes are in the heap.
  func byteRange(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Lends a text's bytes: no string is made.
  package func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(heap.span.extracting(byteRange(of: index)))
  }

  /// Appends a text's bytes: no string is made.
  package func appendBytes(of index: Int, to output: inout [UInt8]) {
    output.append(contentsOf: heap[byteRange(of: index)])
  }

  /// How many bytes all texts have together.
  package var byteCount: Int { heap.count }
}

extension TextColumn: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { ends.count }

  package subscript(index: Int) -> Text {
    Text(String(decoding: heap[byteRange(of: index)], as: UTF8.self))
  }
}

extension Array {
  /// Makes room without giving up that repeated calls cost amortised constant time.
  mutating func reserveCapacity(growingTo needed: Int) {
    if needed > capacity { reserveCapacity(Swift.max(needed, capacity * 2)) }
  }
}
