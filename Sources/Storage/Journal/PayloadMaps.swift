/// What is known of long payloads, so that one change of many is read without the rest.
///
/// Of each, the checksums of its blocks and where every sixteenth change begins: the changes that stand
/// for themselves. A payload's own checksum says nothing of its parts.
struct PayloadMaps: Sendable {
  /// Bytes that share a checksum.
  static let blockSize = 16 << 10
  /// A shorter payload is read whole.
  static let shortest = 64 << 10

  /// One long payload; the ends are those of its parts of the two lists below.
  private struct Entry: BitwiseCopyable, Sendable {
    /// Its place in the history.
    var transaction: UInt64
    var checksums: UInt64
    var restarts: UInt64
  }

  private var entries = Series<Entry>()
  /// XXH64 of each block, one payload after another; a payload's last block may be shorter.
  private var checksums = Series<UInt64>()
  /// Offsets in their payloads.
  private var restarts = Series<UInt64>()

  init() {}

  /// The checksums of the blocks of a payload; none where it is too short to be taken up.
  static func checksums(of payload: Span<UInt8>) -> [UInt64] {
    payload.count >= shortest ? blocks(of: payload) : []
  }

  /// The checksums of blocks that follow each other.
  static func blocks(of bytes: Span<UInt8>) -> [UInt64] {
    stride(from: 0, to: bytes.count, by: blockSize).map { start in
      XXH64.hash(bytes.extracting(start..<min(start + blockSize, bytes.count)))
    }
  }

  /// Takes up a payload, of a later transaction than all before.
  mutating func note(
    _ length: Int, blocks: [UInt64], restarts offsets: [Int], of transaction: Int
  ) {
    guard length >= PayloadMaps.shortest else { return }
    checksums.append(contentsOf: blocks)
    restarts.append(contentsOf: offsets.map { UInt64($0) })
    entries.append(
      Entry(
        transaction: UInt64(transaction), checksums: UInt64(checksums.count),
        restarts: UInt64(restarts.count)))
  }

  /// Says that what a snapshot tells of payloads makes no sense.
  func condemn() { entries.condemn() }

  /// What is known of a transaction's payload; nil where it is to be read whole.
  func map(of transaction: Int, length: Int, changes: Int) -> PayloadMap? {
    guard let place = place(of: UInt64(transaction)) else { return nil }
    let (first, entry) = ends(of: place)
    // No length is believed that could overflow.
    let blocks = length / PayloadMaps.blockSize + (length % PayloadMaps.blockSize).signum()
    let interval = ChangePacker.restartInterval
    guard entry.checksums <= checksums.count, entry.restarts <= restarts.count,
      first.checksums.addingReportingOverflow(UInt64(blocks)).partialValue == entry.checksums,
      first.restarts.addingReportingOverflow(UInt64((changes + interval - 1) / interval))
        .partialValue == entry.restarts
    else {
      condemn()
      return nil
    }
    return PayloadMap(
      maps: self, length: length, checksums: Int(first.checksums)..<Int(entry.checksums),
      restarts: Int(first.restarts)..<Int(entry.restarts))
  }

  /// Whether others say the same of each payload that these know.
  ///
  /// These may know fewer: a snapshot of before there were any had none.
  func agree(with others: PayloadMaps) -> Bool {
    (0..<entries.count).allSatisfy { place in
      guard let other = others.place(of: entries[place].transaction) else { return false }
      let (mine, theirs) = (parts(of: place), others.parts(of: other))
      return mine?.checksums == theirs?.checksums && mine?.restarts == theirs?.restarts
        && mine != nil
    }
  }

  /// What is noted at a place of the list; nil where its ends make no sense.
  private func parts(of place: Int) -> (checksums: [UInt64], restarts: [UInt64])? {
    let (first, entry) = ends(of: place)
    guard first.checksums <= entry.checksums, entry.checksums <= checksums.count,
      first.restarts <= entry.restarts, entry.restarts <= restarts.count
    else { return nil }
    return (
      (Int(first.checksums)..<Int(entry.checksums)).map { checksums[$0] },
      (Int(first.restarts)..<Int(entry.restarts)).map { restarts[$0] }
    )
  }

  private func place(of transaction: UInt64) -> Int? {
    let place = entries.end { $0.transaction < transaction }
    return place < entries.count && entries[place].transaction == transaction ? place : nil
  }

  /// Where the parts of the payload at a place of the list begin, and where they end.
  private func ends(of place: Int) -> (first: Entry, last: Entry) {
    let nothing = Entry(transaction: 0, checksums: 0, restarts: 0)
    return (place == 0 ? nothing : entries[place - 1], entries[place])
  }

  fileprivate func checksum(_ place: Int) -> UInt64 { checksums[place] }
  fileprivate func restart(_ place: Int) -> Int { Int(clamping: restarts[place]) }
}

/// What is known of one long payload.
struct PayloadMap {
  fileprivate let maps: PayloadMaps
  let length: Int
  fileprivate let checksums: Range<Int>
  fileprivate let restarts: Range<Int>

  /// The blocks that some bytes are in, as a range of bytes.
  func blocks(around range: Range<Int>) -> Range<Int> {
    let size = PayloadMaps.blockSize
    let first = range.lowerBound / size * size
    return first..<max(first, min((range.upperBound + size - 1) / size * size, length))
  }

  /// Whether bytes that begin with a block and end with one are as they were written.
  func holds(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    let size = PayloadMaps.blockSize
    return stride(from: 0, to: bytes.count, by: size).allSatisfy { start in
      let block = bytes.extracting(start..<min(start + size, bytes.count))
      return XXH64.hash(block) == maps.checksum(checksums.lowerBound + (offset + start) / size)
    }
  }

  /// Where the changes are that share their texts with the one at a place among its changes; nil where
  /// what is told of it makes no sense.
  func group(of place: Int) -> Range<Int>? {
    let number = restarts.lowerBound + place / ChangePacker.restartInterval
    guard restarts.contains(number) else { return nil }
    let start = maps.restart(number)
    let end = number + 1 < restarts.upperBound ? maps.restart(number + 1) : length
    return start < end && end <= length ? start..<end : nil
  }
}

// MARK: - In a snapshot

extension PayloadMaps {
  func write(to output: inout some SectionWriter) {
    entries.write(SectionName(.longPayloads), to: &output)
    checksums.write(SectionName(.payloadBlocks), to: &output)
    restarts.write(SectionName(.payloadRestarts), to: &output)
  }

  init(from input: some SectionReader) throws(Damage) {
    entries = Series(try input.values(SectionName(.longPayloads), as: Entry.self))
    checksums = Series(try input.values(SectionName(.payloadBlocks), as: UInt64.self))
    restarts = Series(try input.values(SectionName(.payloadRestarts), as: UInt64.self))
    // What is noted later is counted on from here.
    let last = entries.last
    guard checksums.count == last?.checksums ?? 0, restarts.count == last?.restarts ?? 0 else {
      throw Damage("payloads")
    }
  }
}
