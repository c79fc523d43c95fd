package import Diagnostics

/// Values as bytes, without a string for each.
extension [UInt8] {
  package mutating func append(_ text: Text) {
    append(contentsOf: text.utf8)
  }

  package mutating func append(_ string: String) {
    append(contentsOf: string.utf8)
  }

  package mutating func append(ascii character: Unicode.Scalar) {
    append(UInt8(ascii: character))
  }

  /// `2026-11-01T09:30:00Z`, with milliseconds where there are any: always the same width otherwise.
  package mutating func append(time milliseconds: Int64) {
    let time = CalendarTime(milliseconds: milliseconds)
    append(digits: time.year, count: 4)
    append(ascii: "-")
    append(digits: time.month, count: 2)
    append(ascii: "-")
    append(digits: time.day, count: 2)
    append(ascii: "T")
    append(digits: time.hour, count: 2)
    append(ascii: ":")
    append(digits: time.minute, count: 2)
    append(ascii: ":")
    append(digits: time.second, count: 2)
    if time.millisecond > 0 {
      append(ascii: ".")
      append(digits: time.millisecond, count: 3)
    }
    append(ascii: "Z")
  }

  private mutating func append(digits number: Int, count: Int) {
    var scale = 1
    for _ in 1..<count { scale *= 10 }
    while scale > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / scale % 10))
      scale /= 10
    }
  }
}
