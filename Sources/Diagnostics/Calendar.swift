/// A time in ISO 8601, UTC, to the millisecond: read from bytes and written to them.
///
/// Files and results are full of times, so nothing here makes a string or asks the C library. Days
/// are counted with the proleptic Gregorian calendar, years 0001 to 9999.
package struct Moment: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00Z, without leap seconds; within `validMilliseconds`.
  package let milliseconds: Int64

  /// 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z: what has four digits of a year.
  package static let validMilliseconds: ClosedRange<Int64> =
    -62_135_596_800_000...253_402_300_799_999

  /// Nil where the year would not have four digits.
  package init?(milliseconds: Int64) {
    guard Moment.validMilliseconds.contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }

  /// The nearest moment that has four digits of a year.
  package init(clamping milliseconds: Int64) {
    let valid = Moment.validMilliseconds
    self.milliseconds = min(max(milliseconds, valid.lowerBound), valid.upperBound)
  }

  package static func < (left: Moment, right: Moment) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Moment {
  /// How exactly a text names its moment.
  package struct Precision: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// It has a time of day.
    package static let timeOfDay = Precision(rawValue: 1)
    /// It has `Z` or an offset.
    package static let zone = Precision(rawValue: 2)
    /// Its fraction of a second had digits below the millisecond that are not zero; they are dropped.
    package static let truncated = Precision(rawValue: 4)
  }

  /// Reads `2026-11-01`, `2026-11-01T09:30`, `2026-11-01 09:30:15.250Z` or `…+02:00`; nil for anything else.
  ///
  /// The whole of the bytes must be the time. A time without a zone is UTC; `t`, `z` and a space for
  /// the `T` are taken, as RFC 3339 allows; an offset is `+02:00`, `+0200` or `+02`.
  package static func parse(_ bytes: Span<UInt8>) -> (moment: Moment, precision: Precision)? {
    var reader = DigitReader()
    guard let days = reader.takeDate(bytes) else { return nil }
    var precision: Precision = []
    var milliseconds = days * 86_400_000
    if reader.position < bytes.count {
      guard reader.take(0x54, bytes) || reader.take(0x74, bytes) || reader.take(0x20, bytes),
        let time = reader.takeTimeOfDay(bytes, &precision)
      else { return nil }
      precision.insert(.timeOfDay)
      milliseconds += time
      if reader.position < bytes.count {
        guard let offset = reader.takeZone(bytes) else { return nil }
        precision.insert(.zone)
        milliseconds -= offset
      }
    }
    guard reader.position == bytes.count, let moment = Moment(milliseconds: milliseconds) else {
      return nil
    }
    return (moment, precision)
  }

  /// The days from 1970-01-01 to a date, or nil where there is no such date.
  package static func days(year: Int, month: Int, day: Int) -> Int64? {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Moment {
  /// Year, month and day, in UTC.
  package var date: (year: Int, month: Int, day: Int) {
    let days = Int(floorDivide(milliseconds, 86_400_000)) + 719_468
    // Never negative: year 1 is the earliest.
    let era = days / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Milliseconds since midnight, in UTC.
  package var millisecondOfDay: Int {
    Int(milliseconds - floorDivide(milliseconds, 86_400_000) * 86_400_000)
  }

  /// Appends `2026-11-01T09:30:15Z`, with `.250` where there are milliseconds.
  package func append(to bytes: inout [UInt8]) {
    let (year, month, day) = date
    let time = millisecondOfDay
    append(year, digits: 4, to: &bytes)
    bytes.append(0x2D)
    append(month, digits: 2, to: &bytes)
    bytes.append(0x2D)
    append(day, digits: 2, to: &bytes)
    bytes.append(0x54)
    append(time / 3_600_000, digits: 2, to: &bytes)
    bytes.append(0x3A)
    append(time / 60_000 % 60, digits: 2, to: &bytes)
    bytes.append(0x3A)
    append(time / 1000 % 60, digits: 2, to: &bytes)
    if time % 1000 != 0 {
      bytes.append(0x2E)
      append(time % 1000, digits: 3, to: &bytes)
    }
    bytes.append(0x5A)
  }

  private func append(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = digits == 4 ? 1000 : digits == 3 ? 100 : 10
    while divisor > 0 {
      bytes.append(0x30 + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}

extension Moment: CustomStringConvertible {
  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Rounds towards the past, where `/` rounds towards zero.
private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
}

/// Where a time is being read.
private struct DigitReader {
  var position = 0

  /// Takes exactly that many digits.
  mutating func takeNumber(digits: Int, _ bytes: Span<UInt8>) -> Int? {
    guard position + digits <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + digits {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    position += digits
    return value
  }

  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// `YYYY-MM-DD`, as days since 1970-01-01.
  mutating func takeDate(_ bytes: Span<UInt8>) -> Int64? {
    guard let year = takeNumber(digits: 4, bytes), take(0x2D, bytes),
      let month = takeNumber(digits: 2, bytes), take(0x2D, bytes),
      let day = takeNumber(digits: 2, bytes)
    else { return nil }
    return Moment.days(year: year, month: month, day: day)
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`, as milliseconds.
  mutating func takeTimeOfDay(_ bytes: Span<UInt8>, _ precision: inout Moment.Precision) -> Int64? {
    guard let hour = takeNumber(digits: 2, bytes), hour < 24, take(0x3A, bytes),
      let minute = takeNumber(digits: 2, bytes), minute < 60
    else { return nil }
    var milliseconds = Int64(hour * 60 + minute) * 60_000
    guard take(0x3A, bytes) else { return milliseconds }
    guard let second = takeNumber(digits: 2, bytes), second < 60 else { return nil }
    milliseconds += Int64(second) * 1000
    guard take(0x2E, bytes) else { return milliseconds }
    var scale: Int64 = 100
    let start = position
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit <= 9 {
      if scale == 0 && digit != 0 { precision.insert(.truncated) }
      milliseconds += Int64(digit) * scale
      scale /= 10
      position += 1
    }
    return (1...9).contains(position - start) ? milliseconds : nil
  }

  /// `Z`, `+02:00`, `+0200` or `+02`, as milliseconds to take away.
  mutating func takeZone(_ bytes: Span<UInt8>) -> Int64? {
    if take(0x5A, bytes) || take(0x7A, bytes) { return 0 }
    let isEast = take(0x2B, bytes)
    guard isEast || take(0x2D, bytes) else { return nil }
    guard let hours = takeNumber(digits: 2, bytes), hours < 24 else { return nil }
    var minutes = 0
    if take(0x3A, bytes) || position < bytes.count {
      guard let number = takeNumber(digits: 2, bytes), number < 60 else { return nil }
      minutes = number
    }
    let offset = Int64(hours * 60 + minutes) * 60_000
    return isEast ? offset : -offset
  }
}
