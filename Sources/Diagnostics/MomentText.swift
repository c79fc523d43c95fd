/// How scripts and people are shown a moment.
extension Moment {
  /// `2026-11-01`.
  package var dateText: String {
    let (year, month, day) = date
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// `2026-11-01T09:30Z`, with seconds and milliseconds only where there are any.
  package var shortest: String {
    let time = millisecondOfDay
    let (second, millisecond) = (time / 1000 % 60, time % 1000)
    var text = "\(dateText)T\(padded(time / 3_600_000, to: 2)):\(padded(time / 60_000 % 60, to: 2))"
    if second != 0 || millisecond != 0 { text += ":\(padded(second, to: 2))" }
    if millisecond != 0 { text += ".\(padded(millisecond, to: 3))" }
    return text + "Z"
  }

  private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
