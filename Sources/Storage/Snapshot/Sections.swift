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
    /// The catalogue and attributes that the store began with, as in the journal's first record.
    case origin = 3
    /// Which rows are live.
    case live = 10
    /// Which rows are protected.
    case protected = 11
    /// Which rows have a permission.
    case permission = 12
    /// When rows were made.
    case created = 13
    /// Ranges of rows that inherited their permissions, and from whom.
    case inheritance = 14
    /// Which rows have a value of an attribute.
    case presence = 15
    /// An attribute's numbers, times, or codes of texts.
    case values = 16
    /// Which rows have an attribute that is true.
    case booleans = 17
    /// Texts, joined: ids (0), names (1), and the distinct texts of attributes (2 + attribute).
    case textHeap = 20
    /// Where each of these texts begins and ends.
    case textOffsets = 21
    /// Their places in the order of their bytes.
    case textOrder = 22
    /// The beginnings of every 64th of them in this order.
    case textFences = 23
    /// Which of them, in this order, are the same as the one before.
    case textTies = 24
    /// Numbers that texts differ in, where they differ in nothing else: of the texts, and 2²⁰ more for
    /// each field.
    case textNumbers = 25
    /// When, by whom and where in the journal each transaction was made.
    case transactions = 50
    /// Who made them.
    case actors = 51
    /// How much each change did.
    case extents = 52
    /// Which changes made rows.
    case creations = 53
    /// Which changes did anything else than flip permissions.
    case otherChanges = 54
    /// Which changes flipped each permission, one permission after another.
    case postings = 55
    /// The rows that they flipped, where these are few.
    case fewFlips = 56
    /// Of which moments a permission's column was kept whole.
    case columnCopies = 57
    /// The words of these columns.
    case columnWords = 58
    /// Where each permission's part of the four before ends.
    case flipHistories = 59
    /// The change that last touched each row's permissions.
    case lastChanges = 60
    /// Up to which change that is so.
    case lastChangesEnd = 61
    /// Which transactions have payloads so long that they are read in parts.
    case longPayloads = 62
    /// The checksums of these parts.
    case payloadBlocks = 63
    /// Where changes begin in them that stand for themselves.
    case payloadRestarts = 64
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
