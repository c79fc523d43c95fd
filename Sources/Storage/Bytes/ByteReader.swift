import Diagnostics

/// What is wrong with bytes whose checksum is right, or that have none.
struct Damage: Error, Equatable {
  /// Which part, such as `row set`.
  let part: String

  init(_ part: String) {
    self.part = part
  }
}

/// Reads what is written by the functions beside it, and believes nothing.
///
/// No count is used before it is known to fit what is left.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var position: Int
  let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  init(_ bytes: [UInt8]) {
    self.init(bytes, 0..<bytes.count)
  }

  var remaining: Int { end - position }
  var isAtEnd: Bool { position >= end }

  mutating func byte(_ part: String) throws(Damage) -> UInt8 {
    guard position < end else { throw Damage(part) }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func varint(_ part: String) throws(Damage) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end {
      let byte = bytes[position]
      position += 1
      if shift == 63 && byte > 1 { throw Damage(part) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift > 63 { throw Damage(part) }
    }
    throw Damage(part)
  }

  mutating func zigzag(_ part: String) throws(Damage) -> Int64 {
    let value = try varint(part)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A number that must not exceed a limit.
  mutating func number(atMost limit: Int, _ part: String) throws(Damage) -> Int {
    let value = try varint(part)
    guard value <= UInt64(max(0, limit)) else { throw Damage(part) }
    return Int(value)
  }

  /// The number of things that follow, each of which takes at least `size` bytes.
  mutating func count(ofAtLeast size: Int = 1, _ part: String) throws(Damage) -> Int {
    try number(atMost: remaining / size, part)
  }

  /// The range of the next `count` bytes.
  mutating func take(_ count: Int, _ part: String) throws(Damage) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw Damage(part) }
    defer { position += count }
    return position..<position + count
  }

  /// Passes over some bytes where they are the next ones.
  mutating func takes(_ expected: [UInt8]) -> Bool {
    guard expected.count <= remaining,
      bytes[position..<position + expected.count].elementsEqual(expected)
    else { return false }
    position += expected.count
    return true
  }

  mutating func read64(_ part: String) throws(Damage) -> UInt64 {
    let range = try take(8, part)
    return bytes.span.littleEndian64(at: range.lowerBound)
  }

  mutating func text(_ part: String) throws(Damage) -> Text {
    let range = try take(try count(part), part)
    guard let text = Text(validating: bytes[range]) else { throw Damage(part) }
    return text
  }

  mutating func optionalText(_ part: String) throws(Damage) -> Text? {
    switch try byte(part) {
    case 0: return nil
    case 1: return try text(part)
    default: throw Damage(part)
    }
  }
}
