import CSystem

// Texts a thousand at a time, as they lie one behind another: for loops over whole columns.

extension TextColumn {
  /// Calls a body with all texts of the column, some hundred after another.
  ///
  /// - Parameters:
  ///   - isWanted: is asked first about the bytes alone; where it says no, nobody looks for the ends.
  ///   - goesOn: is asked now and then; where it says no, the rest is left out.
  ///   - body: is given the first text's place, the bytes, and where each text ends in them: ascending,
  ///     none beyond the bytes.
  func forEachStretch(
    where isWanted: (Span<UInt8>) -> Bool = { _ in true }, while goesOn: () -> Bool = { true },
    _ body: (_ first: Int, _ bytes: Span<UInt8>, _ ends: Span<UInt32>) -> Void
  ) {
    var ends = [UInt32](repeating: 0, count: TextBase.stretchSize)
    if let base {
      for first in stride(from: 0, to: baseCount, by: TextBase.stretchSize) {
        if first % TextBase.breathSize == 0, !goesOn() { return }
        let places = first..<Swift.min(first + TextBase.stretchSize, baseCount)
        base.withStretch(places, &ends, where: isWanted) { body(first, $0, $1) }
      }
    }
    var first = 0
    while first < self.ends.count, goesOn() {
      let start = byteRange(ofAppended: first).lowerBound
      var count = 0
      while count < ends.count, first + count < self.ends.count,
        let end = UInt32(exactly: self.ends[first + count] - start)
      {
        ends[count] = end
        count += 1
      }
      precondition(count > 0, "a text has fewer than four billion bytes")
      let bytes = heap.span.extracting(start..<start + Int(ends[count - 1]))
      if isWanted(bytes) { body(baseCount + first, bytes, ends.span.extracting(0..<count)) }
      first += count
    }
  }

  /// Calls a body with each text and its place, in order.
  func forEachText(
    while goesOn: () -> Bool = { true }, _ body: (Int, Span<UInt8>) -> Void
  ) {
    forEachStretch(while: goesOn) { first, bytes, ends in
      var start = 0
      for index in ends.indices {
        let end = Int(ends[index])
        body(first + index, bytes.extracting(start..<end))
        start = end
      }
    }
  }

  /// The places whose text satisfies a test.
  func places(
    while goesOn: () -> Bool = { true }, where test: (Span<UInt8>) -> Bool
  ) -> Bitmap {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    forEachText(while: goesOn) { place, bytes in
      if test(bytes) { words[place >> 6] |= 1 << UInt64(place & 63) }
    }
    return Bitmap(words: words)
  }
}

extension TextBase {
  /// How many texts are in a stretch: whole groups, and bytes that stay in the processor's cache.
  static let stretchSize = 1024

  /// After so many texts somebody may be asked whether to go on: some tenths of a millisecond.
  fileprivate static let breathSize = 16 * stretchSize

  /// Lends some neighbouring texts, the first of which begins a group.
  fileprivate func withStretch(
    _ places: Range<Int>, _ ends: inout [UInt32], where isWanted: (Span<UInt8>) -> Bool,
    _ body: (Span<UInt8>, Span<UInt32>) -> Void
  ) {
    switch content {
    case .heap(let heap): heap.withStretch(places, &ends, where: isWanted, body)
    case .numbered(let texts):
      let bytes = texts.make(places, endingAt: &ends)
      if isWanted(bytes.span) { body(bytes.span, ends.span.extracting(0..<places.count)) }
    }
  }
}

extension TextHeap {
  /// Lends some neighbouring texts, the first of which begins a group.
  ///
  /// What lies outside the heap, or ends before it begins, condemns the file, and nothing is lent.
  fileprivate func withStretch(
    _ places: Range<Int>, _ ends: inout [UInt32], where isWanted: (Span<UInt8>) -> Bool,
    _ body: (Span<UInt8>, Span<UInt32>) -> Void
  ) {
    let first = places.lowerBound / TextHeap.groupSize
    let last = (places.upperBound + TextHeap.groupSize - 1) / TextHeap.groupSize
    let start = start(ofGroup: first)
    let end = last * TextHeap.groupSize < count ? self.start(ofGroup: last) : UInt64(bytes.count)
    guard start <= end, end <= UInt64(bytes.count), end - start <= UInt64(UInt32.max) else {
      return bytes.condemn()
    }
    let length = UInt32(end - start)
    bytes.withSpan(of: Int(start)..<Int(end)) { bytes in
      guard isWanted(bytes) else { return }
      let areInOrder =
        switch offsets {
        case .narrow(let numbers): shiftEnds(of: first..<last, numbers, by: start, length, &ends)
        case .wide(let numbers): shiftEnds(of: first..<last, numbers, by: start, length, &ends)
        }
      guard areInOrder else { return self.bytes.condemn() }
      body(bytes, ends.span.extracting(0..<places.count))
    }
  }

  /// Where the texts of some groups end behind a start, which is taken off: ascending, none beyond a
  /// limit; false where they can't.
  private func shiftEnds<Number: TextEnd>(
    of groups: Range<Int>, _ numbers: Stored<Number>, by start: UInt64, _ limit: UInt32,
    _ ends: inout [UInt32]
  ) -> Bool {
    precondition(groups.count * TextHeap.groupSize <= ends.count)
    let head = 64 / Number.bitWidth
    let size = TextHeap.groupSize + head
    return numbers.withSpan(of: groups.lowerBound * size..<groups.upperBound * size) { numbers in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        unsafe ends.withUnsafeMutableBufferPointer { ends in
          guard let numbers = numbers.baseAddress, let ends = ends.baseAddress else { return false }
          var last: UInt32 = 0
          for group in 0..<groups.count {
            let first = unsafe numbers + group * size
            var beginning: UInt64 = 0
            for part in 0..<head {
              unsafe beginning |= UInt64(first[part]) << UInt64(part * Number.bitWidth)
            }
            let shift = beginning &- start
            let target = unsafe ends + group * TextHeap.groupSize
            guard shift <= UInt64(limit), last <= UInt32(shift),
              unsafe Number.shift(first + head, UInt32(shift), limit - UInt32(shift), target)
            else { return false }
            unsafe last = target[TextHeap.groupSize - 1]
          }
          return true
        }
      }
    }
  }

  /// Where a group's texts begin in the heap, or beyond it where the file makes no sense.
  private func start(ofGroup group: Int) -> UInt64 {
    switch offsets {
    case .narrow(let numbers):
      let first = group * (TextHeap.groupSize + 4)
      return numbers.withSpan(of: first..<first + 4) { numbers in
        var start: UInt64 = 0
        for part in 0..<4 { start |= UInt64(numbers[part]) << UInt64(part * 16) }
        return start
      }
    case .wide(let numbers):
      let first = group * (TextHeap.groupSize + 2)
      return numbers.withSpan(of: first..<first + 2) {
        UInt64($0[0]) | UInt64($0[1]) << 32
      }
    }
  }
}

/// Where a text ends behind the beginning of its group.
private protocol TextEnd: FixedWidthInteger, BitwiseCopyable, Sendable {
  /// Adds a start to each of 64 ends; false where one is before the one before, or beyond a limit.
  @unsafe static func shift(
    _ ends: UnsafePointer<Self>, _ start: UInt32, _ limit: UInt32,
    _ shifted: UnsafeMutablePointer<UInt32>
  ) -> Bool
}

extension UInt16: TextEnd {
  @unsafe fileprivate static func shift(
    _ ends: UnsafePointer<UInt16>, _ start: UInt32, _ limit: UInt32,
    _ shifted: UnsafeMutablePointer<UInt32>
  ) -> Bool { unsafe permql_shift_ends_16(ends, start, limit, shifted) == 1 }
}

extension UInt32: TextEnd {
  @unsafe fileprivate static func shift(
    _ ends: UnsafePointer<UInt32>, _ start: UInt32, _ limit: UInt32,
    _ shifted: UnsafeMutablePointer<UInt32>
  ) -> Bool { unsafe permql_shift_ends_32(ends, start, limit, shifted) == 1 }
}
