package import Diagnostics

/// Values as bytes, without a string for each.
extension [UInt8] {
  package mutating func append(_ text: Text) {
    append(contentsOf: text.utf8)
  }

  package mutating func append(_ string: String) {
    append(contentsOf: string.utf8)
  }

  package mutating func append(ascii character: Unicode.Scalar) {
    append(UInt8(ascii: character))
  }

  package mutating func append(blanks count: Int) {
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: Swift.max(0, count)))
  }

  /// `2026-11-01T09:30:00Z`, with milliseconds where there are any.
  package mutating func append(time milliseconds: Int64) {
    Moment(milliseconds: milliseconds)?.append(to: &self)
  }
}
