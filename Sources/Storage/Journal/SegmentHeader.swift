import Diagnostics

/// The name of a journal segment: `log-` and its first change; a segment that takes the place of an
/// abandoned one without changes adds a number.
struct SegmentName: Hashable, Comparable {
  var firstChange: Int
  var attempt: Int

  init(firstChange: Int, attempt: Int = 0) {
    self.firstChange = firstChange
    self.attempt = attempt
  }

  /// Nil for files of other names.
  init?(_ name: Text) {
    guard name.string.hasPrefix("log-") else { return nil }
    let parts = name.string.dropFirst(4).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = Int(parts[0]),
      let attempt = parts.count == 2 ? Int(parts[1]) : 0
    else { return nil }
    self.init(firstChange: first, attempt: attempt)
    guard text == name else { return nil }
  }

  var text: Text { attempt == 0 ? "log-\(firstChange)" : "log-\(firstChange).\(attempt)" }

  static func < (left: SegmentName, right: SegmentName) -> Bool {
    (left.firstChange, left.attempt) < (right.firstChange, right.attempt)
  }
}

/// What a journal segment begins with: 512 bytes that say which store it belongs to and what it
/// follows.
struct SegmentHeader: Equatable {
  static let size = 512
  static let currentFormat: UInt32 = 1

  var format = SegmentHeader.currentFormat
  /// Features that a program must know to read the store.
  var incompatible: UInt64 = 0
  /// Features that a program must know to write to it.
  var readOnlyCompatible: UInt64 = 0
  /// Features that a program may ignore.
  var compatible: UInt64 = 0
  var store: [UInt8]
  var name: SegmentName
  /// The segment before, where its records end, and the chain value and time there.
  var previous: SegmentName?
  var previousEnd: Int
  var previousChain: [UInt8]
  var previousTime: Int64

  private static let magic: [UInt8] = Array("PQLsegmt".utf8)

  var bytes: [UInt8] {
    var bytes = SegmentHeader.magic
    bytes.write32(format)
    bytes.write32(0)
    bytes.write64(incompatible)
    bytes.write64(readOnlyCompatible)
    bytes.write64(compatible)
    bytes += store
    bytes.write64(UInt64(name.firstChange))
    bytes.write64(UInt64(name.attempt))
    bytes.write64(previous == nil ? 0 : 1)
    bytes.write64(UInt64(previous?.firstChange ?? 0))
    bytes.write64(UInt64(previous?.attempt ?? 0))
    bytes.write64(UInt64(previousEnd))
    bytes.write64(UInt64(bitPattern: previousTime))
    bytes += previousChain
    bytes.append(contentsOf: repeatElement(0, count: SegmentHeader.size - 8 - bytes.count))
    bytes.write64(XXH64.hash(bytes.span))
    return bytes
  }

  init(
    store: [UInt8], name: SegmentName, previous: SegmentName? = nil, previousEnd: Int = 0,
    previousChain: [UInt8] = Array(repeating: 0, count: 32), previousTime: Int64 = .min
  ) {
    self.store = store
    self.name = name
    self.previous = previous
    self.previousEnd = previousEnd
    self.previousChain = previousChain
    self.previousTime = previousTime
  }

  /// Why bytes are no header that this program can use.
  enum Fault: Error, Equatable {
    case notASegment
    case newerFormat(UInt32)
    case damaged
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    let checked = SegmentHeader.size - 8
    let span = bytes.span
    guard span.starts(with: SegmentHeader.magic.span, at: 0) else { throw .notASegment }
    guard bytes.count >= SegmentHeader.size else { throw .damaged }
    // A later format may lay out all that follows anew, so its number is looked at first.
    let format = span.littleEndian32(at: 8)
    guard format <= SegmentHeader.currentFormat else { throw .newerFormat(format) }
    guard XXH64.hash(span.extracting(0..<checked)) == span.littleEndian64(at: checked) else {
      throw .damaged
    }
    let numbers = (0..<7).map { span.littleEndian64(at: 56 + $0 * 8) }
    guard [0, 1, 3, 4, 5].allSatisfy({ numbers[$0] <= UInt64(Int.max / 2) }), numbers[2] <= 1
    else { throw .damaged }
    incompatible = span.littleEndian64(at: 16)
    readOnlyCompatible = span.littleEndian64(at: 24)
    compatible = span.littleEndian64(at: 32)
    guard incompatible == 0 else { throw .newerFormat(format + 1) }
    self.format = format
    store = span.array(40..<56)
    name = SegmentName(firstChange: Int(numbers[0]), attempt: Int(numbers[1]))
    previous =
      numbers[2] == 0
      ? nil : SegmentName(firstChange: Int(numbers[3]), attempt: Int(numbers[4]))
    previousEnd = Int(numbers[5])
    previousTime = Int64(bitPattern: numbers[6])
    previousChain = span.array(112..<144)
  }
}
