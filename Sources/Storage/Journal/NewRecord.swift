/// A record that is to be written.
struct NewRecord {
  var kind = RecordHeader.Kind.commit
  let firstChange: Int
  let count: Int
  let time: Int64
  let previousChain: [UInt8]
  let payload: Payload

  /// How long the whole record is.
  var length: Int { RecordHeader.recordLength(payload: payload.count) }

  /// Its header and all its bytes.
  var whole: (header: RecordHeader, bytes: [UInt8]) {
    let payload = self.payload.bytes
    var header = RecordHeader(self, payloadChecksum: XXH64.hash(payload.span))
    header.chain = header.chainValue(payload: payload.span)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length)
    bytes += header.bytes
    bytes += payload
    bytes.pad(to: RecordHeader.alignment)
    return (header, bytes)
  }
}

/// What a record holds: who committed, and the changes.
struct Payload {
  private let head: [UInt8]
  let changes: ChangePacker
  let count: Int

  init(_ head: [UInt8], _ changes: ChangePacker = ChangePacker()) {
    self.head = head
    self.changes = changes
    count = head.count + changes.byteCount
  }

  /// Where the changes begin.
  var start: Int { head.count }

  func write(to output: inout some ByteOutput) {
    output.append(bytes: head.span)
    changes.write(to: &output)
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    write(to: &bytes)
    return bytes
  }
}

/// A record as it was written.
struct WrittenRecord {
  let header: RecordHeader
  /// The checksums of its payload's blocks, where it is long.
  let blocks: [UInt64]
}

extension NewRecord {
  /// Writes the record, but does not sync it.
  ///
  /// A long one goes piece by piece, and its header last, so that who reads meanwhile sees none of it
  /// before all of it is there. The chain value covers the payload's checksum before the payload, so
  /// what was written is read once more for it.
  func write(
    to file: DiskHandle, at offset: Int, on disk: any Disk, atOnce longest: Int
  ) throws(DiskFailure) -> WrittenRecord {
    guard payload.count > longest else {
      let (header, bytes) = whole
      try disk.writeAll(bytes, to: file, at: offset)
      let end = RecordHeader.size + payload.count
      let blocks = PayloadMaps.checksums(of: bytes.span.extracting(RecordHeader.size..<end))
      return WrittenRecord(header: header, blocks: blocks)
    }
    let start = offset + RecordHeader.size
    var output = PieceWriter(disk, file, at: start)
    payload.write(to: &output)
    var header = RecordHeader(self, payloadChecksum: output.checksum.value)
    let padding = header.recordLength - RecordHeader.size - payload.count
    for _ in 0..<padding { output.append(0) }
    try output.finish()
    var hasher = header.chainHasher
    var readBack = XXH64Stream()
    var blocks: [UInt64] = []
    for place in stride(from: 0, to: payload.count, by: PieceWriter.size) {
      let count = min(PieceWriter.size, payload.count - place)
      let piece = try disk.read(file, at: start + place, count: count)
      readBack.update(piece.span)
      hasher.update(piece.span)
      blocks += PayloadMaps.blocks(of: piece.span)
    }
    guard readBack.value == header.payloadChecksum else {
      throw DiskFailure(
        reason: .other(0), operation: "read back", words: "it is not what was written")
    }
    header.chain = hasher.finish()
    try disk.writeAll(header.bytes, to: file, at: offset)
    return WrittenRecord(header: header, blocks: blocks)
  }
}

/// Writes bytes to a file by way of a little memory, and knows the checksum of what was written.
///
/// What fails first is kept, and told by `finish`.
private struct PieceWriter: ByteOutput {
  /// Whole blocks of a payload.
  static let size = 64 * PayloadMaps.blockSize

  private let disk: any Disk
  private let file: DiskHandle
  private var offset: Int
  private var buffer: [UInt8] = []
  private var sum = XXH64Stream()
  private var failure: DiskFailure?

  init(_ disk: any Disk, _ file: DiskHandle, at offset: Int) {
    self.disk = disk
    self.file = file
    self.offset = offset
    buffer.reserveCapacity(PieceWriter.size)
  }

  mutating func append(_ byte: UInt8) {
    buffer.append(byte)
    if buffer.count == PieceWriter.size { flush() }
  }

  mutating func append(bytes: Span<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      let part = min(rest.count, PieceWriter.size - buffer.count)
      buffer.append(bytes: rest.extracting(0..<part))
      rest = rest.extracting(part...)
      if buffer.count == PieceWriter.size { flush() }
    }
  }

  /// The checksum of all that was written so far.
  var checksum: XXH64Stream {
    var sum = sum
    sum.update(buffer.span)
    return sum
  }

  mutating func finish() throws(DiskFailure) {
    flush()
    if let failure { throw failure }
  }

  private mutating func flush() {
    sum = checksum
    if failure == nil {
      do throws(DiskFailure) {
        try disk.writeAll(buffer, to: file, at: offset)
      } catch {
        failure = error
      }
    }
    offset += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
