/// How a snapshot's data is divided into blocks, and what the checksum of each is.
enum BlockForm: Sendable {
  /// Counted from where the data begins, with XXH64: as snapshots were once written.
  case data
  /// Counted from where the file begins, with `LaneSum`.
  ///
  /// A block is then what the system maps into memory at one touch, and not a part of two such pieces.
  case pages

  /// Bytes of a block.
  static let size = 64 << 10

  /// How many bytes of the first block are before the data, which begins at an offset of the file.
  func lead(of start: Int) -> Int {
    switch self {
    case .data: 0
    case .pages: start % BlockForm.size
    }
  }

  /// How many blocks are needed for some bytes of the file.
  func count(in range: Range<Int>) -> Int {
    (lead(of: range.lowerBound) + range.count + BlockForm.size - 1) / BlockForm.size
  }

  func checksum(of block: Span<UInt8>) -> UInt64 {
    switch self {
    case .data: XXH64.hash(block)
    case .pages: LaneSum.hash(block)
    }
  }
}
