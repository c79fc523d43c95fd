/// Yes and no as files write them.
enum FlagText {
  enum Reading {
    case on
    case off
    /// Nothing but spaces.
    case empty
    case other
  }

  /// Reads `true`, `1`, `yes` or `on`, and their opposites, in any case and with spaces around.
  @inline(__always)
  static func read(_ bytes: Span<UInt8>) -> Reading {
    // What most files hold, first.
    if bytes.count == 1 {
      if bytes[0] == 0x31 { return .on }
      if bytes[0] == 0x30 { return .off }
    }
    if bytes.isEmpty { return .empty }
    if bytes.count == 5, bytes[0] == 0x66, bytes[1] == 0x61, bytes[2] == 0x6C, bytes[3] == 0x73,
      bytes[4] == 0x65
    {
      return .off
    }
    if bytes.count == 4, bytes[0] == 0x74, bytes[1] == 0x72, bytes[2] == 0x75, bytes[3] == 0x65 {
      return .on
    }
    return readAny(bytes)
  }

  private static func readAny(_ bytes: Span<UInt8>) -> Reading {
    let word = bytes.extracting(bytes.withinSpaces)
    if word.isEmpty { return .empty }
    if word.isWord("1") || word.isWord("yes") || word.isWord("on") || word.isWord("true") {
      return .on
    }
    if word.isWord("0") || word.isWord("no") || word.isWord("off") || word.isWord("false") {
      return .off
    }
    return .other
  }

  /// Reads `true` or `false` in any case and nothing else: for a column whose type is not known.
  static func readWord(_ bytes: Span<UInt8>) -> Bool? {
    if bytes.isWord("true") { return true }
    return bytes.isWord("false") ? false : nil
  }
}

extension Span where Element == UInt8 {
  /// Where the bytes are that lie between spaces and tabs at both ends.
  var withinSpaces: Range<Int> {
    var start = 0
    var end = count
    while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
    while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return start..<end
  }

  /// Whether these are the letters of a lower-case ASCII word, in any case.
  func isWord(_ word: String) -> Bool {
    guard count == word.utf8.count else { return false }
    var index = 0
    for letter in word.utf8 {
      let byte = self[index]
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      if lower != letter { return false }
      index += 1
    }
    return true
  }

  /// Whether these are exactly those bytes.
  func matches(_ bytes: [UInt8]) -> Bool {
    guard count == bytes.count else { return false }
    for index in indices where self[index] != bytes[index] { return false }
    return true
  }
}
