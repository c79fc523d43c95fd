/// Unicode simple case folding: texts that fold to the same differ at most in case.
enum CaseFolding {
  /// The scalar that stands for this one and all that differ from it in case alone.
  static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 {
      return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar
    }
    let ranges = CaseFoldingTable.ranges
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) >> 1
      if ranges[middle].last < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < ranges.count else { return scalar }
    let range = ranges[low]
    guard range.first <= scalar, (scalar - range.first) % range.step == 0 else { return scalar }
    return UInt32(truncatingIfNeeded: Int64(scalar) + Int64(range.delta))
  }

  /// The scalars that fold to this one, which is folded itself; it is the first of them.
  static func variants(of folded: UInt32) -> [UInt32] {
    var variants = [folded]
    if folded &- 0x61 < 26 { variants.append(folded - 0x20) }
    for range in CaseFoldingTable.ranges {
      guard let scalar = UInt32(exactly: Int64(folded) - Int64(range.delta)),
        range.first <= scalar, scalar <= range.last, (scalar - range.first) % range.step == 0
      else { continue }
      variants.append(scalar)
    }
    return variants
  }

  /// A letter of ASCII as a small one, any other byte as it is.
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// Replaces the contents of a buffer by the folded form of valid UTF-8.
  static func fold(_ bytes: Span<UInt8>, into buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        buffer.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        offset += 1
      } else {
        UTF8Scalars.append(fold(UTF8Scalars.scalar(in: bytes, at: &offset)), to: &buffer)
      }
    }
  }
}

/// Scalars in bytes that are known to be valid UTF-8.
enum UTF8Scalars {
  /// Reads the scalar at an offset and moves the offset behind it.
  static func scalar(in bytes: Span<UInt8>, at offset: inout Int) -> UInt32 {
    let lead = bytes[offset]
    offset += 1
    if lead < 0x80 { return UInt32(lead) }
    let following = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3
    var scalar = UInt32(lead) & (0x3F >> UInt32(following))
    for _ in 0..<following where offset < bytes.count {
      scalar = scalar << 6 | UInt32(bytes[offset] & 0x3F)
      offset += 1
    }
    return scalar
  }

  static func bytes(_ scalar: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    append(scalar, to: &bytes)
    return bytes
  }

  static func append(_ scalar: UInt32, to buffer: inout [UInt8]) {
    switch scalar {
    case ..<0x80:
      buffer.append(UInt8(scalar))
    case ..<0x800:
      buffer.append(UInt8(0xC0 | scalar >> 6))
      buffer.append(UInt8(0x80 | scalar & 0x3F))
    case ..<0x10000:
      buffer.append(UInt8(0xE0 | scalar >> 12))
      buffer.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      buffer.append(UInt8(0x80 | scalar & 0x3F))
    default:
      buffer.append(UInt8(0xF0 | scalar >> 18 & 7))
      buffer.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      buffer.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      buffer.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
