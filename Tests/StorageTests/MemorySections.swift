@testable import Storage

/// The sections of a snapshot in memory: for tests of what writes and reads them.
struct MemorySections: SectionWriter, SectionReader {
  private(set) var sections: [SectionName: [UInt8]] = [:]

  mutating func write<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, _ values: Span<Element>
  ) {
    precondition(sections[name] == nil, "a section is written once")
    sections[name] = unsafe values.withUnsafeBytes { unsafe Array($0) }
  }

  /// The names of the sections, in one order.
  var names: [SectionName] {
    sections.keys.sorted { ($0.kind.rawValue, $0.number) < ($1.kind.rawValue, $1.number) }
  }

  func values<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, as type: Element.Type
  ) throws(Damage) -> Stored<Element> {
    guard let bytes = sections[name] else { return Stored() }
    guard bytes.count % MemoryLayout<Element>.stride == 0 else { throw Damage("section") }
    let values = unsafe bytes.withUnsafeBytes { unsafe Array($0.bindMemory(to: Element.self)) }
    return Stored(values)
  }

  /// Replaces a section's bytes: for tests of contents that make no sense.
  mutating func replace(_ name: SectionName, by bytes: [UInt8]) { sections[name] = bytes }
}
