/// One half of the file `head`: a transaction that was acknowledged, and where its record ends.
struct HeadSlot: Equatable {
  static let size = 512

  var store: [UInt8]
  /// Grows by one from slot to slot; the greater one is the newer.
  var sequence: UInt64
  var lastChange: Int
  var segment: SegmentName
  /// Where the transaction's record ends in its segment.
  var end: Int
  var time: Int64
  /// The chain value of the record.
  var chain: [UInt8]

  private static let magic: [UInt8] = Array("PQLheads".utf8)

  var bytes: [UInt8] {
    var bytes = HeadSlot.magic
    bytes.write32(SegmentHeader.currentFormat)
    bytes.write32(0)
    for _ in 0..<3 { bytes.write64(0) }
    bytes += store
    bytes.write64(sequence)
    bytes.write64(UInt64(lastChange))
    bytes.write64(UInt64(segment.firstChange))
    bytes.write64(UInt64(segment.attempt))
    bytes.write64(UInt64(end))
    bytes.write64(UInt64(bitPattern: time))
    bytes += chain
    bytes.append(contentsOf: repeatElement(0, count: HeadSlot.size - 8 - bytes.count))
    bytes.write64(XXH64.hash(bytes.span))
    return bytes
  }
}

extension HeadSlot {
  /// Reads a slot; nil where there is none, where it was torn, and where it is of a later format.
  init?(_ bytes: Span<UInt8>, at offset: Int) {
    guard offset >= 0, bytes.count - offset >= HeadSlot.size else { return nil }
    let span = bytes.extracting(offset..<offset + HeadSlot.size)
    let checked = HeadSlot.size - 8
    guard span.starts(with: HeadSlot.magic.span, at: 0),
      XXH64.hash(span.extracting(0..<checked)) == span.littleEndian64(at: checked),
      span.littleEndian32(at: 8) <= SegmentHeader.currentFormat, span.littleEndian64(at: 16) == 0
    else { return nil }
    let numbers = (0..<6).map { span.littleEndian64(at: 56 + $0 * 8) }
    guard numbers[1...4].allSatisfy({ $0 <= UInt64(Int.max / 2) }) else { return nil }
    store = span.array(40..<56)
    sequence = numbers[0]
    lastChange = Int(numbers[1])
    segment = SegmentName(firstChange: Int(numbers[2]), attempt: Int(numbers[3]))
    end = Int(numbers[4])
    time = Int64(bitPattern: numbers[5])
    chain = span.array(104..<136)
  }
}
