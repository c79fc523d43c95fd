/// A moment as `2026-11-01T09:30:00Z`, by the proleptic Gregorian calendar.
struct UTCTime: CustomStringConvertible {
  let milliseconds: Int64

  var description: String {
    let seconds = UTCTime.floorDivide(milliseconds, 1000)
    let day = UTCTime.floorDivide(seconds, 86_400)
    let second = Int(seconds - day * 86_400)
    let (year, month, monthDay) = UTCTime.date(day)
    return "\(year)-\(pad(month))-\(pad(monthDay))"
      + "T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))Z"
  }

  private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// The date of a day counted from 1970-01-01 (Hinnant's `civil_from_days`).
  private static func date(_ day: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let calendarMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0)
    return (Int(year), Int(calendarMonth), Int(dayOfYear - (153 * month + 2) / 5 + 1))
  }
}
