import Diagnostics
import Testing

@Suite("times as text")
struct MomentTextTests {
  static let times: [(text: String, milliseconds: Int64, shortest: String)] = [
    ("1970-01-01", 0, "1970-01-01T00:00Z"),
    ("2026-11-01", 1_793_491_200_000, "2026-11-01T00:00Z"),
    ("2026-11-01T09:30Z", 1_793_525_400_000, "2026-11-01T09:30Z"),
    ("2026-11-01T09:30", 1_793_525_400_000, "2026-11-01T09:30Z"),
    ("2026-11-01 09:30:00", 1_793_525_400_000, "2026-11-01T09:30Z"),
    ("2026-11-01T09:30+02:00", 1_793_518_200_000, "2026-11-01T07:30Z"),
    ("2026-11-01t09:30:15.25z", 1_793_525_415_250, "2026-11-01T09:30:15.250Z"),
    ("1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z"),
    ("2000-02-29", 951_782_400_000, "2000-02-29T00:00Z"),
    ("0001-01-01", Moment.validMilliseconds.lowerBound, "0001-01-01T00:00Z"),
    ("9999-12-31T23:59:59.999Z", Moment.validMilliseconds.upperBound, "9999-12-31T23:59:59.999Z"),
  ]

  private static func milliseconds(_ text: String) -> Int64? {
    Moment.parse(Array(text.utf8).span)?.moment.milliseconds
  }

  @Test("are read and written", arguments: times)
  func roundTrip(text: String, milliseconds: Int64, shortest: String) {
    #expect(MomentTextTests.milliseconds(text) == milliseconds)
    #expect(Moment(clamping: milliseconds).shortest == shortest)
    #expect(MomentTextTests.milliseconds(shortest) == milliseconds)
  }

  @Test(
    "that the calendar lacks are refused",
    arguments: [
      "", "2026", "2026-1-1", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
      "2026-01-00", "0000-01-01", "2026-01-01T", "2026-01-01T24:00", "2026-01-01T12:60",
      "2026-01-01T12:30:60", "2026-01-01T12:30:15.", "2026-01-01T12:30:15.1234567890",
      "2026-01-01T12:30+24:00", "2026-01-01T12:30Zx", "0001-01-01T00:00+00:01", "\u{FF19}999-12-31",
    ])
  func refused(text: String) {
    #expect(MomentTextTests.milliseconds(text) == nil)
  }

  @Test("agree with counting days, for every day of eight hundred years")
  func everyDay() {
    var previous = Moment.days(year: 1599, month: 12, day: 31) ?? 0
    for year in 1600..<2400 {
      for month in 1...12 {
        for day in 1...31 {
          guard let days = Moment.days(year: year, month: month, day: day) else { continue }
          let time = Moment(clamping: days * 86_400_000)
          guard days == previous + 1, time.date == (year, month, day) else {
            Issue.record("\(year)-\(month)-\(day)")
            return
          }
          previous = days
        }
      }
    }
  }
}
