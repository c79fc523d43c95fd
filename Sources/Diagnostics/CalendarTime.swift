/// A moment as a calendar in UTC shows it, to the millisecond, in the years 1 to 9999.
///
/// Plain arithmetic on the Gregorian calendar: no locale, no time zone data, no allocation.
package struct CalendarTime: Hashable, Sendable {
  package static let millisecondsPerDay: Int64 = 86_400_000
  /// The milliseconds since 1970 that have four-digit years.
  package static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let millisecond: Int

  /// The calendar's view of a moment, given in milliseconds since 1970-01-01T00:00Z.
  package init(milliseconds: Int64) {
    var days = Int(milliseconds / Self.millisecondsPerDay)
    var rest = Int(milliseconds % Self.millisecondsPerDay)
    if rest < 0 {
      rest += Int(Self.millisecondsPerDay)
      days -= 1
    }
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000
  }

  /// Days from 1970-01-01 to a date, or nil where the calendar has no such date.
  package static func days(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= daysInMonth(month, of: year)
    else { return nil }
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarTime {
  /// `2026-11-01`.
  package var date: String {
    "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// `2026-11-01T09:30Z`, with seconds and milliseconds only where there are any.
  package var shortest: String {
    var text = "\(date)T\(padded(hour, to: 2)):\(padded(minute, to: 2))"
    if second != 0 || millisecond != 0 { text += ":\(padded(second, to: 2))" }
    if millisecond != 0 { text += ".\(padded(millisecond, to: 3))" }
    return text + "Z"
  }

  private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension CalendarTime {
  /// Reads `2026-11-01`, `2026-11-01T09:30Z`, `2026-11-01T09:30:15.250+02:00`, or nil.
  ///
  /// Without a zone it is UTC. `T` and `Z` may be small, a space may stand for `T`. Of a fraction, milliseconds are kept.
  package static func milliseconds(parsing bytes: some Collection<UInt8>) -> Int64? {
    var reader = DigitReader(Array(bytes))
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2),
      let days = days(year: year, month: month, day: day)
    else { return nil }
    var result = Int64(days) * millisecondsPerDay
    if !reader.isAtEnd {
      guard reader.take("T") || reader.take("t") || reader.take(" "),
        let clock = reader.clock(), let offset = reader.zone()
      else { return nil }
      result += clock - offset
    }
    return reader.isAtEnd && range.contains(result) ? result : nil
  }
}

/// Takes fixed runs of digits and single signs from the front of some bytes.
private struct DigitReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, UInt32(bytes[offset]) == sign.value else { return false }
    offset += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard offset + count <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[offset..<offset + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    offset += count
    return number
  }

  /// `09:30`, `09:30:15`, `09:30:15.25`: milliseconds since midnight.
  mutating func clock() -> Int64? {
    guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else {
      return nil
    }
    var result = Int64(hour * 60 + minute) * 60_000
    guard take(":") else { return result }
    guard let second = digits(2), second < 60 else { return nil }
    result += Int64(second) * 1000
    guard take(".") else { return result }
    var scale: Int64 = 100
    var count = 0
    while let digit = digits(1) {
      result += Int64(digit) * scale
      scale /= 10
      count += 1
    }
    return (1...9).contains(count) ? result : nil
  }

  /// `Z`, `+02:00` or nothing: milliseconds ahead of UTC.
  mutating func zone() -> Int64? {
    if isAtEnd || take("Z") || take("z") { return 0 }
    let isAhead = take("+")
    guard isAhead || take("-"), let hour = digits(2), hour < 24 else { return nil }
    _ = take(":")
    guard let minute = digits(2), minute < 60 else { return nil }
    let offset = Int64(hour * 60 + minute) * 60_000
    return isAhead ? offset : -offset
  }
}
