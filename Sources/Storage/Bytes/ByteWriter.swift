import Diagnostics

// How numbers and texts are written in files: little-endian, or as varints of seven bits a byte.
extension ByteOutput {
  mutating func write32(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func write64(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func write(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func write(varint value: Int) { write(varint: UInt64(value)) }

  /// Small numbers of either sign take few bytes.
  mutating func write(zigzag value: Int64) {
    write(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  mutating func write(_ text: Text) {
    write(varint: text.count)
    append(bytes: text.utf8.span)
  }

  mutating func write(optional text: Text?) {
    append(text == nil ? 0 : 1)
    if let text { write(text) }
  }
}

extension [UInt8] {
  /// Fills up with zeros to a multiple of `size`.
  mutating func pad(to size: Int) {
    let missing = (size - count % size) % size
    append(contentsOf: repeatElement(0, count: missing))
  }
}

/// How many bytes a varint takes.
func varintSize(_ value: UInt64) -> Int {
  (70 - (value | 1).leadingZeroBitCount) / 7
}
