/// A moment as a calendar in UTC shows it, to the millisecond, in the years 1 to 9999.
///
/// What people and scripts are shown; the arithmetic is that of `Moment`.
package struct CalendarTime: Hashable, Sendable {
  /// The milliseconds since 1970 that have four-digit years.
  package static let range = Moment.validMilliseconds

  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let millisecond: Int

  /// The calendar's view of a moment, given in milliseconds since 1970-01-01T00:00Z.
  package init(milliseconds: Int64) {
    let moment = Moment(clamping: milliseconds)
    (year, month, day) = moment.date
    let rest = moment.millisecondOfDay
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000
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
    Moment.parse(Array(bytes).span)?.moment.milliseconds
  }
}
