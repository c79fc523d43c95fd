/// A script's bytes and what to call it in messages.
package struct SourceText: Sendable {
  /// The file as the user wrote it, `<command>` or `<stdin>`.
  package let name: Text
  /// The bytes as read: not yet known to be UTF-8.
  package let bytes: [UInt8]

  package init(name: Text, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package init(name: Text = "<command>", _ text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}

/// A half-open range of byte offsets in a source text.
///
/// Offsets are kept in four bytes each, because every node of a tree has some: sources are under 4 GiB.
package struct SourceRange: Hashable, Sendable {
  private let lowerOffset: UInt32
  private let upperOffset: UInt32

  package var lower: Int { Int(lowerOffset) }
  package var upper: Int { Int(upperOffset) }

  package init(_ lower: Int, _ upper: Int) {
    precondition(lower <= upper)
    lowerOffset = UInt32(lower)
    upperOffset = UInt32(upper)
  }

  package init(_ range: Range<Int>) {
    self.init(range.lowerBound, range.upperBound)
  }

  /// The smallest range that holds both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(Swift.min(lower, other.lower), Swift.max(upper, other.upper))
  }
}
