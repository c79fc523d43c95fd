import Diagnostics

/// Texts of a file, one after another, which never change.
///
/// Places are grouped by 64: for each group where its heap begins, and for each text where it ends
/// within its group's heap. So a text takes two bytes besides its own, and its place is found by
/// looking at one group. Nothing that is read is believed: what lies outside the heap is an empty
/// text, and the file is condemned.
final class TextBase: Sendable {
  /// Where groups begin and their texts end.
  enum Offsets: Sendable {
    /// Each group is four numbers that are its beginning, the lowest first, and then 64 ends.
    case narrow(Stored<UInt16>)
    /// Each group is two numbers that are its beginning, the lower first, and then 64 ends.
    case wide(Stored<UInt32>)
  }

  static let groupSize = 64

  /// All texts, joined.
  let heap: Stored<UInt8>
  let offsets: Offsets
  let count: Int

  /// - Throws: where there are not as many groups as the texts need.
  init(heap: Stored<UInt8>, offsets: Offsets, count: Int) throws(Damage) {
    let groups = (count + TextBase.groupSize - 1) / TextBase.groupSize
    let isWhole =
      switch offsets {
      case .narrow(let numbers): numbers.count == groups * (TextBase.groupSize + 4)
      case .wide(let numbers): numbers.count == groups * (TextBase.groupSize + 2)
      }
    guard isWhole else { throw Damage("text offsets") }
    self.heap = heap
    self.offsets = offsets
    self.count = count
  }

  /// Where a text's bytes are in the heap.
  func byteRange(of index: Int) -> Range<Int> {
    let group = index / TextBase.groupSize
    let place = index % TextBase.groupSize
    let (start, from, to): (UInt64, UInt64, UInt64)
    switch offsets {
    case .narrow(let numbers):
      let size = TextBase.groupSize + 4
      (start, from, to) = numbers.withSpan(of: group * size..<(group + 1) * size) { numbers in
        var start: UInt64 = 0
        for part in 0..<4 { start |= UInt64(numbers[part]) << UInt64(part * 16) }
        return (start, place == 0 ? 0 : UInt64(numbers[place + 3]), UInt64(numbers[place + 4]))
      }
    case .wide(let numbers):
      let size = TextBase.groupSize + 2
      (start, from, to) = numbers.withSpan(of: group * size..<(group + 1) * size) { numbers in
        let start = UInt64(numbers[0]) | UInt64(numbers[1]) << 32
        return (start, place == 0 ? 0 : UInt64(numbers[place + 1]), UInt64(numbers[place + 2]))
      }
    }
    guard from <= to, start <= UInt64(heap.count), to <= UInt64(heap.count) - start else {
      heap.condemn()
      return 0..<0
    }
    return Int(start + from)..<Int(start + to)
  }

  @inline(__always)
  func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    heap.withSpan(of: byteRange(of: index), body)
  }
}

extension TextColumn {
  /// Writes the texts as sections, and what is to be known of them into `header`.
  func write(
    to output: inout some SectionWriter, as number: Int, header: inout [UInt8]
  ) {
    header.write(varint: count)
    var heap: [UInt8] = []
    heap.reserveCapacity(byteCount)
    appendAllBytes(to: &heap)
    output.write(SectionName(.textHeap, number), heap.span)
    var ends: [UInt32] = []
    var starts: [UInt64] = []
    ends.reserveCapacity(count)
    var end = 0
    var isNarrow = true
    for index in 0..<count {
      if index % TextBase.groupSize == 0 { starts.append(UInt64(end)) }
      end += withBytes(of: index) { $0.count }
      let rest = UInt64(end) - (starts.last ?? 0)
      if rest > UInt64(UInt16.max) { isNarrow = false }
      ends.append(UInt32(truncatingIfNeeded: rest))
    }
    header.append(isNarrow ? 0 : 1)
    let name = SectionName(.textOffsets, number)
    if isNarrow {
      output.write(name, TextColumn.groups(starts, ends, of: UInt16.self).span)
    } else {
      output.write(name, TextColumn.groups(starts, ends, of: UInt32.self).span)
    }
  }

  private static func groups<Number: FixedWidthInteger>(
    _ starts: [UInt64], _ ends: [UInt32], of type: Number.Type
  ) -> [Number] {
    var numbers: [Number] = []
    let parts = 64 / Number.bitWidth
    numbers.reserveCapacity(starts.count * (TextBase.groupSize + parts))
    for (group, start) in starts.enumerated() {
      for part in 0..<parts {
        numbers.append(Number(truncatingIfNeeded: start >> UInt64(part * Number.bitWidth)))
      }
      for place in group * TextBase.groupSize..<(group + 1) * TextBase.groupSize {
        numbers.append(Number(truncatingIfNeeded: ends[Swift.min(place, ends.count - 1)]))
      }
    }
    return numbers
  }

  /// Reads texts of which there must be a known number.
  init(
    from input: some SectionReader, as number: Int, header: inout ByteReader, limit: Int
  ) throws(Damage) {
    self.init()
    let count = try header.number(atMost: limit, "texts")
    let name = SectionName(.textOffsets, number)
    let offsets: TextBase.Offsets =
      switch try header.byte("texts") {
      case 0: .narrow(try input.values(name, as: UInt16.self))
      case 1: .wide(try input.values(name, as: UInt32.self))
      default: throw Damage("texts")
      }
    let heap = try input.values(SectionName(.textHeap, number), as: UInt8.self)
    let base = try TextBase(heap: heap, offsets: offsets, count: count)
    self.init(base)
  }
}
