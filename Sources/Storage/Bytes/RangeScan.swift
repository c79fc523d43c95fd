import CSystem

/// Numbers that the processor compares many at a time.
protocol ScannedNumber: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {
  /// Turns on the bits of those of 64 numbers a word that are at most so much more than the least.
  @unsafe static func mark(
    _ values: UnsafePointer<Self>, _ words: Int, _ least: Self, _ extent: Self,
    _ bits: UnsafeMutablePointer<UInt64>)
}

extension UInt8: ScannedNumber {
  @unsafe static func mark(
    _ values: UnsafePointer<UInt8>, _ words: Int, _ least: UInt8, _ extent: UInt8,
    _ bits: UnsafeMutablePointer<UInt64>
  ) { unsafe permql_in_range_8(values, words, least, extent, bits) }
}

extension UInt16: ScannedNumber {
  @unsafe static func mark(
    _ values: UnsafePointer<UInt16>, _ words: Int, _ least: UInt16, _ extent: UInt16,
    _ bits: UnsafeMutablePointer<UInt64>
  ) { unsafe permql_in_range_16(values, words, least, extent, bits) }
}

extension UInt32: ScannedNumber {
  @unsafe static func mark(
    _ values: UnsafePointer<UInt32>, _ words: Int, _ least: UInt32, _ extent: UInt32,
    _ bits: UnsafeMutablePointer<UInt64>
  ) { unsafe permql_in_range_32(values, words, least, extent, bits) }
}

extension UInt64: ScannedNumber {
  @unsafe static func mark(
    _ values: UnsafePointer<UInt64>, _ words: Int, _ least: UInt64, _ extent: UInt64,
    _ bits: UnsafeMutablePointer<UInt64>
  ) { unsafe permql_in_range_64(values, words, least, extent, bits) }
}

extension Span where Element == UInt8 {
  /// How many bytes are a value, of those whose bits are on; the first byte's is the lowest of the first
  /// word, and bits that are missing are off.
  func count(of value: UInt8, among bits: Span<UInt64>) -> Int {
    let whole = Swift.min(count / 64, bits.count)
    var total = unsafe withUnsafeBufferPointer { values in
      unsafe bits.withUnsafeBufferPointer { bits in
        guard let values = values.baseAddress, let bits = bits.baseAddress else { return 0 }
        return Int(unsafe permql_count_8(values, whole, value, bits))
      }
    }
    if whole < bits.count {
      for place in whole * 64..<Swift.min(count, (whole + 1) * 64)
      where self[place] == value && bits[whole] >> UInt64(place & 63) & 1 == 1 { total += 1 }
    }
    return total
  }

  /// How many bytes are one of four.
  package func count(ofAny four: [UInt8]) -> Int {
    precondition(four.count == 4)
    return unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe four.withUnsafeBufferPointer { four in
        unsafe four.baseAddress.map { unsafe permql_count_any(start, bytes.count, $0) } ?? 0
      }
    }
  }
}

extension Span where Element: ScannedNumber {
  /// Turns on the bits of those numbers that lie in a range; the first number's is the lowest of the
  /// first word.
  func mark(_ range: ClosedRange<Element>, in bits: inout [UInt64]) {
    precondition(bits.count >= (count + 63) / 64)
    let whole = count / 64
    let extent = range.upperBound - range.lowerBound
    unsafe withUnsafeBufferPointer { values in
      unsafe bits.withUnsafeMutableBufferPointer { bits in
        guard let values = values.baseAddress, let bits = bits.baseAddress else { return }
        unsafe Element.mark(values, whole, range.lowerBound, extent, bits)
      }
    }
    for place in whole * 64..<count where range.contains(self[place]) {
      bits[whole] |= 1 << UInt64(place & 63)
    }
  }
}
