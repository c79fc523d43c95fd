import Diagnostics

/// Which section of a snapshot: what it holds, and of which permission, attribute or segment.
struct SectionName: Hashable, Sendable {
  /// What a section holds.
  ///
  /// The numbers are those in the file: never used again for anything else.
  enum Kind: UInt32, Sendable, CaseIterable {
    /// Catalogue, attributes, definitions, inheritance, counts: small things, read at once.
    case agency = 1
    /// Where the journal's segments are and what is in each.
    case journal = 2
  }

  var kind: Kind
  var number: UInt32

  init(_ kind: Kind, _ number: Int = 0) {
    self.kind = kind
    self.number = UInt32(number)
  }
}

/// What the sections of a snapshot are handed to, one after another.
protocol SectionWriter {
  /// Writes a section whole. Each name is written once.
  mutating func write<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, _ values: Span<Element>)
}

/// What the sections of a snapshot are taken from.
protocol SectionReader {
  /// The values of a section; none where there is no such section.
  ///
  /// - Throws: where the section's length is not that of whole values.
  func values<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, as type: Element.Type
  ) throws(Damage) -> Stored<Element>
}
