@testable import Storage

/// The sections of a snapshot in one mapped file: for tests of what reads from them.
///
/// They share blocks, so that debug builds do not pass their time with padding.
final class MappedSections: SectionReader {
  let file: MappedFile
  private let places: [SectionName: Range<Int>]

  /// Lays the sections out; `damage` changes the bytes after their checksums were made.
  init(
    _ memory: MemorySections,
    damage: (inout [UInt8], [SectionName: Range<Int>]) -> Void = { _, _ in }
  ) {
    var bytes = [UInt8](repeating: 0, count: 1)
    var places: [SectionName: Range<Int>] = [:]
    for (name, section) in memory.sections {
      bytes.pad(to: 64)
      places[name] = bytes.count..<bytes.count + section.count
      bytes.append(contentsOf: section)
    }
    let checksums = stride(from: 0, to: bytes.count, by: MappedFile.blockSize).map { start in
      let end = min(start + MappedFile.blockSize, bytes.count)
      return BlockForm.pages.checksum(of: bytes.span.extracting(start..<end))
    }
    damage(&bytes, places)
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 4096)
    unsafe copy.copyBytes(from: bytes)
    file = unsafe MappedFile(copy, checksums: checksums) { unsafe $0.deallocate() }
    self.places = places
  }

  func values<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, as type: Element.Type
  ) throws(Damage) -> Stored<Element> {
    guard let place = places[name] else { return Stored() }
    let size = MemoryLayout<Element>.stride
    guard place.count % size == 0 else { throw Damage("section") }
    return Stored(file, at: place.lowerBound, count: place.count / size)
  }
}
