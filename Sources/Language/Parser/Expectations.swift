/// The keywords that the parser has looked for at one place.
///
/// Each look that fails costs one bit, so that a mistake can be told from the words that would have
/// been right there, and completion can offer them.
struct Expectations: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  @inline(__always)
  mutating func insert(_ keyword: Keyword) {
    let bit = UInt64(1) << UInt64(keyword.rawValue & 63)
    if keyword.rawValue < 64 { low |= bit } else { high |= bit }
  }

  func contains(_ keyword: Keyword) -> Bool {
    let bit = UInt64(1) << UInt64(keyword.rawValue & 63)
    return (keyword.rawValue < 64 ? low : high) & bit != 0
  }

  /// The keywords, in the table's order.
  var keywords: [Keyword] {
    Keyword.allCases.filter(contains)
  }
}
