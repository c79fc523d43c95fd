/// Numbers as files hold them, read from bytes and written to them.
package enum NumberText {
  /// The largest magnitude up to which every whole number is exact: 2^53.
  package static let largestExactInteger = 9_007_199_254_740_992.0

  /// What bytes came to that ought to be a number.
  package enum Reading: Equatable, Sendable {
    case number(Double)
    /// Written as a number, but beyond what a finite number holds.
    case outOfRange
    case notANumber
  }

  /// Reads all of the bytes as JSON writes numbers: `-12`, `0.5`, `1e+17`.
  ///
  /// Leniently also leading zeros, a leading `+` and a bare point, for a column that is known to hold
  /// numbers.
  package static func read(_ bytes: Span<UInt8>, isLenient: Bool = false) -> Reading {
    guard let shape = Shape(bytes, isLenient: isLenient) else { return .notANumber }
    if let integer = shape.smallInteger { return .number(integer) }
    let number = double(bytes)
    guard let number else { return .notANumber }
    return number.isFinite ? .number(number == 0 ? 0 : number) : .outOfRange
  }

  /// Reads a number of a column whose type is not known: only what stays the same when it is stored
  /// as a number and written again.
  ///
  /// So digits with a leading zero, whole numbers beyond 2^53, more than 17 digits, `+1` and codes such
  /// as `12E5` stay text. An exponent counts only with its sign, as it is written here.
  ///
  /// With `anyExponent` the file itself says that it is a number, and every exponent counts.
  package static func readCautiously(_ bytes: Span<UInt8>, anyExponent: Bool = false) -> Double? {
    guard let shape = Shape(bytes, isLenient: false) else { return nil }
    if let integer = shape.smallInteger { return integer }
    guard shape.hasPoint || shape.hasExponent, shape.significantDigits <= 17,
      anyExponent || !shape.hasExponent || shape.hasSignedExponent,
      case .number(let number) = read(bytes)
    else { return nil }
    return number
  }

  /// Appends a finite number in the fewest digits that read back as the same number.
  package static func append(_ number: Double, to bytes: inout [UInt8]) {
    if number.magnitude <= largestExactInteger, let integer = Int(exactly: number) {
      append(integer, to: &bytes)
    } else {
      bytes.append(contentsOf: number.description.utf8)
    }
  }

  /// Appends a whole number.
  package static func append(_ integer: Int, to bytes: inout [UInt8]) {
    if integer < 0 { bytes.append(0x2D) }
    var rest = integer.magnitude
    let start = bytes.count
    repeat {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private static func double(_ bytes: Span<UInt8>) -> Double? {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count)
    for index in bytes.indices { digits.append(bytes[index]) }
    return Double(String(decoding: digits, as: UTF8.self))
  }

  /// How a number is written.
  private struct Shape {
    var digits = 0
    /// Without the zeros that they begin with.
    var significantDigits = 0
    var hasPoint = false
    var hasExponent = false
    var hasSignedExponent = false
    /// The value, where it is a whole number that is exact.
    var smallInteger: Double?

    init?(_ bytes: Span<UInt8>, isLenient: Bool) {
      var index = 0
      let isNegative = bytes.count > 0 && bytes[0] == 0x2D
      if isNegative || (isLenient && bytes.count > 0 && bytes[0] == 0x2B) { index = 1 }
      let start = index
      var value = 0
      while index < bytes.count, case let digit = bytes[index] &- 0x30, digit <= 9 {
        if index - start < 18 { value = value * 10 + Int(digit) }
        count(digit)
        index += 1
      }
      if !isLenient {
        guard digits > 0, digits == 1 || bytes[start] != 0x30 else { return nil }
      }
      if index == bytes.count {
        guard digits > 0 else { return nil }
        if digits <= 18, value <= 1 << 53 {
          smallInteger = isNegative && value != 0 ? -Double(value) : Double(value)
        }
        return
      }
      if bytes[index] == 0x2E {
        hasPoint = true
        index += 1
        let fraction = index
        while index < bytes.count, case let digit = bytes[index] &- 0x30, digit <= 9 {
          count(digit)
          index += 1
        }
        guard isLenient || index > fraction else { return nil }
      }
      guard digits > 0 else { return nil }
      if index < bytes.count {
        guard let end = exponentEnd(bytes, from: index), end == bytes.count else { return nil }
      }
    }

    private mutating func count(_ digit: UInt8) {
      digits += 1
      if digit != 0 || significantDigits > 0 { significantDigits += 1 }
    }

    /// Takes `e` or `E`, a sign where there is one, and digits.
    private mutating func exponentEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
      guard bytes[start] | 0x20 == 0x65 else { return nil }
      hasExponent = true
      var index = start + 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D {
        hasSignedExponent = true
        index += 1
      }
      let exponent = index
      while index < bytes.count, bytes[index] &- 0x30 <= 9 { index += 1 }
      return index > exponent ? index : nil
    }
  }
}
