import Diagnostics

/// Numbers of a few bits each, one behind another, the lowest bit of a byte first.
///
/// Each is found in eight bytes, of which the first has its lowest bit; so seven bytes follow the last.
struct PackedBits: Sendable {
  let bytes: Stored<UInt8>
  let width: Int

  /// - Throws: where a number of that width may not lie within eight bytes.
  init(_ bytes: Stored<UInt8>, width: Int) throws(Damage) {
    guard width > 0, PackedBits.width(atLeast: width) == width else { throw Damage("packed bits") }
    self.bytes = bytes
    self.width = width
  }

  /// The least width that is not below one and whose numbers lie within eight bytes wherever they
  /// begin; nil where only whole bytes do.
  static func width(atLeast width: Int) -> Int? {
    switch width {
    case ...57: width
    case 58: 58
    case 59, 60: 60
    default: nil
    }
  }

  /// How many bytes so many numbers take.
  func size(of count: Int) -> Int { PackedBits.size(of: count, width: width) }

  private static func size(of count: Int, width: Int) -> Int {
    count == 0 ? 0 : (count * width + 7) / 8 + 7
  }

  private var mask: UInt64 { 1 << UInt64(width) - 1 }

  subscript(index: Int) -> UInt64 {
    let bit = index * width
    return bytes.withSpan(of: (bit >> 3)..<(bit >> 3) + 8) {
      $0.littleEndian64(at: 0) >> UInt64(bit & 7) & mask
    }
  }

  /// Calls a body with each number of a range, in order.
  @inline(__always)
  func forEach(in range: Range<Int>, _ body: (UInt64) -> Void) {
    guard let last = range.last else { return }
    let start = (range.lowerBound * width) >> 3
    let mask = mask
    bytes.withSpan(of: start..<(last * width) >> 3 + 8) { bytes in
      var bit = range.lowerBound * width - start << 3
      for _ in range {
        body(bytes.littleEndian64(at: bit >> 3) >> UInt64(bit & 7) & mask)
        bit += width
      }
    }
  }

  /// The bytes of some numbers, none of which needs more bits than the width.
  static func bytes(of values: [UInt64], width: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size(of: values.count, width: width))
    var bit = 0
    for value in values {
      var rest = value << UInt64(bit & 7)
      var place = bit >> 3
      while rest != 0 {
        bytes[place] |= UInt8(truncatingIfNeeded: rest)
        rest >>= 8
        place += 1
      }
      bit += width
    }
    return bytes
  }
}
