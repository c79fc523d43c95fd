import Diagnostics

/// UTF-8 as bytes: what is valid, and which scalar stands where.
package enum UTF8Text {
  /// How many bytes a scalar takes that begins with this byte; 1 for a byte that can't begin one.
  package static func length(ofLead byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// The scalar that begins at an offset of valid UTF-8.
  package static func scalar(at offset: Int, in bytes: Span<UInt8>) -> UInt32 {
    let lead = bytes[offset]
    let length = length(ofLead: lead)
    guard length > 1, offset + length <= bytes.count else { return UInt32(lead) }
    var value = UInt32(lead & (0x7F >> UInt8(length)))
    for index in offset + 1..<offset + length { value = value << 6 | UInt32(bytes[index] & 0x3F) }
    return value
  }

  /// Whether a scalar must be escaped wherever a terminal may show it.
  package static func isHarmful(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.isHarmful ?? true
  }

  /// Where the first byte stands that is not part of valid UTF-8; nil where all is valid.
  ///
  /// Overlong forms, surrogates and what lies beyond U+10FFFF are not valid.
  package static func firstInvalidByte(in bytes: Span<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length = length(ofLead: lead)
      guard length > 1, index + length <= bytes.count,
        secondByte(after: lead).contains(bytes[index + 1])
      else { return index }
      for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }

  private static func secondByte(after lead: UInt8) -> ClosedRange<UInt8> {
    switch lead {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }

  /// Appends a scalar's bytes.
  package static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    func continuation(_ shift: UInt32) -> UInt8 {
      0x80 | UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F
    }
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    case 0..<0x800:
      bytes.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
      bytes.append(continuation(0))
    case 0..<0x10000:
      bytes.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
      bytes.append(continuation(6))
      bytes.append(continuation(0))
    default:
      bytes.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
      bytes.append(continuation(12))
      bytes.append(continuation(6))
      bytes.append(continuation(0))
    }
  }
}
