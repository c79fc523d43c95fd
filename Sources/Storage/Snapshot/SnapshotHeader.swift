import Diagnostics

/// What a snapshot begins with: which store and which change it is of, and where the journal goes on.
struct SnapshotHeader: Equatable {
  static let size = 512
  static let currentFormat: UInt32 = 1
  /// Sections begin at its multiples, so that any plain value in them is aligned.
  static let alignment = 64

  /// What a program must know to read it.
  enum Feature {
    /// Numbers of any width, along a line, and texts that are numbers.
    static let frugal: UInt64 = 1
    /// Blocks that are counted from where the file begins, and their quicker checksum.
    static let pages: UInt64 = 2
  }

  var store: [UInt8]
  /// What must be known to read this one: bits of `Feature`.
  var features = Feature.frugal | Feature.pages
  /// Where in the journal the change stands that the snapshot was taken after.
  var position: JournalPosition
  /// Bytes of all sections, which follow this header.
  var dataLength = 0
  /// Behind the data is the section table, with so many entries, and behind it the blocks' checksums.
  var sectionCount = 0
  /// XXH64 of the section table and the blocks' checksums.
  var tablesChecksum: UInt64 = 0

  private static let magic: [UInt8] = Array("PQLsnaps".utf8)

  var bytes: [UInt8] {
    var bytes = SnapshotHeader.magic
    bytes.write32(SnapshotHeader.currentFormat)
    bytes.write32(0)
    bytes.write64(features)
    for _ in 0..<2 { bytes.write64(0) }
    bytes += store
    for number in [
      position.change, position.segment.firstChange, position.segment.attempt, position.end,
      position.lastRecord, dataLength, sectionCount,
    ] { bytes.write64(UInt64(number)) }
    bytes.write64(UInt64(bitPattern: position.time))
    bytes.write64(tablesChecksum)
    bytes += position.chain
    bytes.append(contentsOf: repeatElement(0, count: SnapshotHeader.size - 8 - bytes.count))
    bytes.write64(XXH64.hash(bytes.span))
    return bytes
  }

  /// The size of a whole snapshot file.
  var fileSize: Int { SnapshotHeader.size + dataLength + tablesLength }

  /// What it says of the history.
  var witness: SnapshotWitness {
    SnapshotWitness(
      name: SnapshotName(change: position.change), store: store, position: position)
  }

  var blockForm: BlockForm { features & Feature.pages == 0 ? .data : .pages }

  /// Where the data is in the file.
  var dataRange: Range<Int> { SnapshotHeader.size..<SnapshotHeader.size + dataLength }

  var blockCount: Int { blockForm.count(in: dataRange) }

  /// Bytes of the section table and the blocks' checksums.
  var tablesLength: Int { sectionCount * SectionEntry.size + blockCount * 8 }
}

extension SnapshotHeader {
  /// Why bytes are no header that this program can use.
  enum Fault: Error {
    case damaged
    case laterFormat
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    let checked = SnapshotHeader.size - 8
    let span = bytes.span
    guard bytes.count >= SnapshotHeader.size, span.starts(with: SnapshotHeader.magic.span, at: 0)
    else { throw .damaged }
    // A later format may lay out all that follows anew, so its number is looked at first.
    guard span.littleEndian32(at: 8) <= SnapshotHeader.currentFormat else { throw .laterFormat }
    guard XXH64.hash(span.extracting(0..<checked)) == span.littleEndian64(at: checked) else {
      throw .damaged
    }
    features = span.littleEndian64(at: 16)
    guard features & ~(Feature.frugal | Feature.pages) == 0 else { throw .laterFormat }
    let numbers = (0..<7).map { span.littleEndian64(at: 56 + $0 * 8) }
    // No sum of these can wrap.
    guard numbers.allSatisfy({ $0 <= UInt64(Int.max / 64) }) else { throw .damaged }
    store = span.array(40..<56)
    position = JournalPosition(
      change: Int(numbers[0]), time: Int64(bitPattern: span.littleEndian64(at: 112)),
      chain: span.array(128..<160),
      segment: SegmentName(firstChange: Int(numbers[1]), attempt: Int(numbers[2])),
      end: Int(numbers[3]), lastRecord: Int(numbers[4]))
    dataLength = Int(numbers[5])
    sectionCount = Int(numbers[6])
    tablesChecksum = span.littleEndian64(at: 120)
    guard position.change > 0, dataLength > 0, sectionCount > 0,
      position.lastRecord >= SegmentHeader.size, position.end > position.lastRecord
    else { throw .damaged }
  }
}

/// Where a section is in a snapshot.
struct SectionEntry {
  static let size = 24

  var name: SectionName
  /// From the beginning of the data; a multiple of the sections' alignment.
  var offset: Int
  var length: Int

  func write(to output: inout [UInt8]) {
    output.write32(name.kind.rawValue)
    output.write32(name.number)
    output.write64(UInt64(offset))
    output.write64(UInt64(length))
  }

  /// A number that sections are ordered by.
  static func order(_ kind: UInt32, _ number: UInt32) -> UInt64 {
    UInt64(kind) << 32 | UInt64(number)
  }
}

/// The name of a snapshot: `snap-` and the change that it was taken after.
struct SnapshotName: Hashable, Comparable {
  let change: Int

  init(change: Int) {
    self.change = change
  }

  /// Nil for files of other names.
  init?(_ name: Text) {
    guard name.string.hasPrefix("snap-"), let change = Int(name.string.dropFirst(5)) else {
      return nil
    }
    self.change = change
    guard change > 0, text == name else { return nil }
  }

  var text: Text { "snap-\(change)" }

  static func < (left: SnapshotName, right: SnapshotName) -> Bool { left.change < right.change }
}
