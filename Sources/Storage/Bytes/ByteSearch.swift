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

/// Where a literal of ASCII stands in bytes, its letters in any case.
///
/// All of a stretch of texts is searched at once, and not one text after another: on a million names
/// that is the difference between two milliseconds and twenty.
struct LiteralHits {
  /// As it is folded.
  let literal: [UInt8]
  /// Where it was found, ascending, as far as there was room.
  private var hits = [UInt32](repeating: 0, count: 1024)
  private var count = 0

  /// - Precondition: the literal has bytes, all of them ASCII and no capital letters.
  init(_ literal: [UInt8]) {
    precondition(!literal.isEmpty && literal.allSatisfy { $0 < 0x80 && !(0x41...0x5A ~= $0) })
    self.literal = literal
  }

  /// Finds the first places from an offset on; false where there are none.
  mutating func find(in bytes: Span<UInt8>, from offset: Int = 0) -> Bool {
    precondition(bytes.count <= UInt32.max && offset >= 0)
    count = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe literal.withUnsafeBufferPointer { literal in
        unsafe hits.withUnsafeMutableBufferPointer { hits in
          guard let start = bytes.baseAddress, let wanted = literal.baseAddress else { return 0 }
          return unsafe permql_find_all(
            start, bytes.count, wanted, literal.count, offset, hits.baseAddress, hits.count)
        }
      }
    }
    return count > 0
  }

  /// Calls a body with each text in which the literal stands, in order, after the first were found.
  ///
  /// - Parameters:
  ///   - bytes: texts one after another, in which `find` found something.
  ///   - ends: where each of them ends, ascending, none beyond the bytes.
  ///   - body: is given the text's place among them, and where it begins and ends.
  mutating func forEachText(
    in bytes: Span<UInt8>, endingAt ends: Span<UInt32>, _ body: (Int, Range<Int>) -> Void
  ) {
    var text = 0
    var next = 0
    repeat {
      for index in 0..<count {
        let hit = Int(hits[index])
        if hit < next { continue }
        while text + 8 < ends.count, Int(ends[text + 7]) <= hit { text += 8 }
        while text < ends.count, Int(ends[text]) <= hit { text += 1 }
        guard text < ends.count else { return }
        let end = Int(ends[text])
        if hit + literal.count > end { continue }
        body(text, (text == 0 ? 0 : Int(ends[text - 1]))..<end)
        next = end
      }
    } while count == hits.count && find(in: bytes, from: Swift.max(next, Int(hits[count - 1]) + 1))
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
