import Diagnostics

/// The head of a journal record: 128 bytes, verified by a checksum of their own before any is used.
struct RecordHeader: Equatable {
  static let size = 128
  /// Records begin at its multiples, so that a torn one never shares a sector with a good one.
  static let alignment = 512

  /// What a record holds.
  enum Kind: UInt32 {
    /// The catalogue and attributes that the store began with: before change 1.
    case origin = 0
    case commit = 1
  }

  var kind: Kind
  var firstChange: UInt64
  var count: UInt64
  /// Milliseconds since 1970-01-01T00:00Z, never less than the record's before.
  var time: Int64
  var payloadLength: UInt64
  var payloadChecksum: UInt64
  var previousChain: [UInt8]
  var chain: [UInt8]

  private static let magic: [UInt8] = Array("PQLrecrd".utf8)

  /// Where the fields end that the chain value covers.
  private static let chainedSize = 8 + 4 + 4 + 8 + 8 + 8 + 8 + 8

  /// The header of a record whose payload is known by its length and checksum; without a chain value.
  init(_ record: NewRecord, payloadChecksum: UInt64) {
    self.init(
      kind: record.kind, firstChange: UInt64(record.firstChange), count: UInt64(record.count),
      time: record.time, payloadLength: UInt64(record.payload.count),
      payloadChecksum: payloadChecksum, previousChain: record.previousChain, chain: [])
  }

  /// The bytes of the header.
  var bytes: [UInt8] {
    var bytes = chained
    bytes += previousChain
    bytes += chain
    bytes.write64(XXH64.hash(bytes.span))
    return bytes
  }

  /// How long the whole record is, with what fills it up.
  var recordLength: Int { RecordHeader.recordLength(payload: Int(payloadLength)) }

  static func recordLength(payload: Int) -> Int {
    let length = RecordHeader.size + payload
    return (length + RecordHeader.alignment - 1) / RecordHeader.alignment * RecordHeader.alignment
  }

  /// SHA-256 of the value before, the header's fields and the payload.
  func chainValue(payload: Span<UInt8>) -> [UInt8] {
    var hasher = chainHasher
    hasher.update(payload)
    return hasher.finish()
  }

  /// What the chain value is made by, when the payload has been added to it.
  var chainHasher: SHA256 {
    var hasher = SHA256()
    hasher.update(previousChain.span)
    hasher.update(chained.span)
    return hasher
  }

  private var chained: [UInt8] {
    var bytes = RecordHeader.magic
    bytes.write32(kind.rawValue)
    bytes.write32(0)
    bytes.write64(firstChange)
    bytes.write64(count)
    bytes.write64(UInt64(bitPattern: time))
    bytes.write64(payloadLength)
    bytes.write64(payloadChecksum)
    return bytes
  }

  /// Reads a header; nil where there is none or it is damaged.
  init?(_ bytes: Span<UInt8>, at offset: Int) {
    guard offset >= 0, bytes.count - offset >= RecordHeader.size else { return nil }
    let span = bytes.extracting(offset..<offset + RecordHeader.size)
    let checked = RecordHeader.size - 8
    guard span.starts(with: RecordHeader.magic.span, at: 0),
      XXH64.hash(span.extracting(0..<checked)) == span.littleEndian64(at: checked),
      let kind = Kind(rawValue: span.littleEndian32(at: 8)), span.littleEndian32(at: 12) == 0,
      span.littleEndian64(at: 40) <= UInt64(Int.max / 2)
    else { return nil }
    self.kind = kind
    firstChange = span.littleEndian64(at: 16)
    count = span.littleEndian64(at: 24)
    time = Int64(bitPattern: span.littleEndian64(at: 32))
    payloadLength = span.littleEndian64(at: 40)
    payloadChecksum = span.littleEndian64(at: 48)
    previousChain = span.array(RecordHeader.chainedSize..<RecordHeader.chainedSize + 32)
    chain = span.array(RecordHeader.chainedSize + 32..<RecordHeader.chainedSize + 64)
  }

  private init(
    kind: Kind, firstChange: UInt64, count: UInt64, time: Int64, payloadLength: UInt64,
    payloadChecksum: UInt64, previousChain: [UInt8], chain: [UInt8]
  ) {
    self.kind = kind
    self.firstChange = firstChange
    self.count = count
    self.time = time
    self.payloadLength = payloadLength
    self.payloadChecksum = payloadChecksum
    self.previousChain = previousChain
    self.chain = chain
  }
}

extension Span where Element == UInt8 {
  /// A copy of some of the bytes.
  func array(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return bytes
  }
}
