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

extension Span where Element == UInt8 {
  func starts(with prefix: Span<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, offset + prefix.count <= count else { return false }
    for index in prefix.indices where self[offset + index] != prefix[index] { return false }
    return true
  }
}
