/// Reads one Unicode scalar value of UTF-8, strictly.
///
/// Overlong forms, surrogates and what lies beyond U+10FFFF are refused, never repaired.
package enum ScalarDecoder {
  /// The scalar that begins at `offset` and its length in bytes, or nil where the bytes are not UTF-8.
  package static func scalar(
    in bytes: [UInt8], at offset: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let lead = UInt32(bytes[offset])
    let length: Int
    var value: UInt32
    switch lead {
    case 0..<0x80: (length, value) = (1, lead)
    case 0xC2..<0xE0: (length, value) = (2, lead & 0x1F)
    case 0xE0..<0xF0: (length, value) = (3, lead & 0x0F)
    case 0xF0..<0xF5: (length, value) = (4, lead & 0x07)
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    for index in offset + 1..<offset + length {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    let smallest: UInt32 = length == 3 ? 0x800 : length == 4 ? 0x10000 : 0
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}

extension Unicode.Scalar {
  /// C0, DEL and C1: what moves a cursor or changes colours instead of showing something.
  package var isControl: Bool {
    value < 0x20 || (0x7F...0x9F).contains(value)
  }

  /// Reorders the text around it, so that what is read is not what runs.
  package var isBidiControl: Bool {
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Takes no room and leaves no trace: zero-width spaces, byte order marks, tag characters.
  ///
  /// The joiners of emoji and of several scripts are not among them.
  package var isInvisible: Bool {
    switch value {
    case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x2028, 0x2029,
      0x2060...0x2065, 0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3,
      0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  /// Joins letters or pictures, or keeps them apart, and is not seen itself.
  package var isJoiner: Bool { value == 0x200C || value == 0x200D }

  /// What a terminal would act on, or a person could not see, wherever it stands.
  package var isHarmful: Bool { isControl || isBidiControl || isInvisible || isJoiner }

  /// `U+202E`, with at least four digits.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
