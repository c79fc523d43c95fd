import Diagnostics

/// Texts of a file as they are, one after another.
///
/// Places are grouped by 64: for each group where its heap begins, and for each text where it ends
/// within its group's heap. So a text takes two bytes besides its own, and its place is found by
/// looking at one group.
struct TextHeap: Sendable {
  /// Where groups begin and their texts end.
  enum Offsets: Sendable {
    /// Each group is four numbers that are its beginning, the lowest first, and then 64 ends.
    case narrow(Stored<UInt16>)
    /// Each group is two numbers that are its beginning, the lower first, and then 64 ends.
    case wide(Stored<UInt32>)
  }

  static let groupSize = 64

  /// All texts, joined.
  let bytes: Stored<UInt8>
  let offsets: Offsets
  let count: Int

  /// - Throws: where there are not as many groups as the texts need.
  init(_ bytes: Stored<UInt8>, _ offsets: Offsets, count: Int) throws(Damage) {
    let groups = (count + TextHeap.groupSize - 1) / TextHeap.groupSize
    let isWhole =
      switch offsets {
      case .narrow(let numbers): numbers.count == groups * (TextHeap.groupSize + 4)
      case .wide(let numbers): numbers.count == groups * (TextHeap.groupSize + 2)
      }
    guard isWhole else { throw Damage("text offsets") }
    self.bytes = bytes
    self.offsets = offsets
    self.count = count
  }

  /// Where a text's bytes are in the heap.
  func byteRange(of index: Int) -> Range<Int> {
    let group = index / TextHeap.groupSize
    let place = index % TextHeap.groupSize
    let (start, from, to): (UInt64, UInt64, UInt64)
    switch offsets {
    case .narrow(let numbers):
      let size = TextHeap.groupSize + 4
      (start, from, to) = numbers.withSpan(of: group * size..<(group + 1) * size) { numbers in
        var start: UInt64 = 0
        for part in 0..<4 { start |= UInt64(numbers[part]) << UInt64(part * 16) }
        return (start, place == 0 ? 0 : UInt64(numbers[place + 3]), UInt64(numbers[place + 4]))
      }
    case .wide(let numbers):
      let size = TextHeap.groupSize + 2
      (start, from, to) = numbers.withSpan(of: group * size..<(group + 1) * size) { numbers in
        let start = UInt64(numbers[0]) | UInt64(numbers[1]) << 32
        return (start, place == 0 ? 0 : UInt64(numbers[place + 1]), UInt64(numbers[place + 2]))
      }
    }
    guard from <= to, start <= UInt64(bytes.count), to <= UInt64(bytes.count) - start else {
      bytes.condemn()
      return 0..<0
    }
    return Int(start + from)..<Int(start + to)
  }

  @inline(__always)
  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    bytes.withSpan(of: byteRange(of: index), body)
  }
}
