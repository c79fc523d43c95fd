import CSystem

/// Search for bytes in bytes, by the C library, whose cost is linear for any input.
enum ByteSearch {
  /// Where `wanted` first is within `bytes[from..<to]`, or nil.
  static func first(
    _ wanted: Span<UInt8>, in bytes: Span<UInt8>, from: Int, to: Int
  ) -> Int? {
    guard to - from >= wanted.count else { return nil }
    if wanted.isEmpty { return from }
    return unsafe bytes.extracting(from..<to).withUnsafeBytes { haystack in
      unsafe wanted.withUnsafeBytes { needle in
        guard let start = haystack.baseAddress, let needleStart = needle.baseAddress,
          let hit = unsafe permql_find(start, haystack.count, needleStart, needle.count)
        else { return nil }
        return unsafe from + (hit - start)
      }
    }
  }
}

extension ByteSearch {
  /// Where two bytes first stand `distance` apart from an offset on, or nil.
  ///
  /// A small letter of ASCII stands for the capital one too.
  static func first(
    _ first: UInt8, _ last: UInt8, apart distance: Int, in bytes: Span<UInt8>, from: Int
  ) -> Int? {
    guard distance >= 0, from >= 0, from <= bytes.count else { return nil }
    return unsafe bytes.extracting(from..<bytes.count).withUnsafeBytes { haystack in
      guard let start = haystack.baseAddress,
        let hit = unsafe permql_find_pair(start, haystack.count, first, last, distance)
      else { return nil }
      return unsafe from + (hit - start)
    }
  }
}

extension Span where Element == UInt8 {
  /// Whether no byte is above 0x7F.
  var isASCII: Bool {
    var index = 0
    while index + 8 <= count {
      if littleEndian64(at: index) & 0x8080_8080_8080_8080 != 0 { return false }
      index += 8
    }
    while index < count {
      if self[index] >= 0x80 { return false }
      index += 1
    }
    return true
  }

  func starts(with prefix: Span<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, offset + prefix.count <= count else { return false }
    for index in prefix.indices where self[offset + index] != prefix[index] { return false }
    return true
  }
}
