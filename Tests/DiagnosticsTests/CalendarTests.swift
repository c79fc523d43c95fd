import Diagnostics
import Testing

@Suite struct CalendarTests {
  @Test(
    "times are read as ISO 8601 says",
    arguments: [
      ("1970-01-01", 0),
      ("1970-01-01T00:00Z", 0),
      ("2026-11-01T09:30Z", 1_793_525_400_000),
      ("2026-11-01t09:30:00z", 1_793_525_400_000),
      ("2026-11-01 09:30:00", 1_793_525_400_000),
      ("2026-11-01T11:30+02:00", 1_793_525_400_000),
      ("2026-11-01T04:00-0530", 1_793_525_400_000),
      ("2026-11-01T11:30:00+02", 1_793_525_400_000),
      ("2026-11-01T09:30:00.25Z", 1_793_525_400_250),
      ("2026-11-01T09:30:00.123456789Z", 1_793_525_400_123),
      ("0001-01-01", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
      ("2000-02-29", 951_782_400_000),
      ("1969-12-31T23:59:59.999Z", -1),
    ] as [(String, Int64)])
  func reads(text: String, milliseconds: Int64) {
    #expect(Moment.parse(Array(text.utf8).span)?.moment.milliseconds == milliseconds)
  }

  @Test(
    "what is not a time is not read as one",
    arguments: [
      "", "2026", "2026-11", "2026-1-01", "2026-13-01", "2026-00-10", "2026-02-29", "1900-02-29",
      "2026-04-31", "2026-11-00", "0000-01-01", "2026-11-01T", "2026-11-01T24:00",
      "2026-11-01T9:30",
      "2026-11-01T09:60", "2026-11-01T09:30:60", "2026-11-01T09:30:00.",
      "2026-11-01T09:30:00.1234567890",
      "2026-11-01T09:30+", "2026-11-01T09:30+2", "2026-11-01T09:30+02:", "2026-11-01T09:30+24:00",
      "2026-11-01T09:30Zx", "2026-11-01Z", " 2026-11-01", "2026-11-01 ", "２026-11-01",
      "0001-01-01T00:00+01:00", "9999-12-31T23:00-02:00", "99999-01-01",
    ])
  func refuses(text: String) {
    #expect(Moment.parse(Array(text.utf8).span) == nil)
  }

  @Test("how exactly a text names its moment is told")
  func precision() {
    #expect(Moment.parse(Array("2026-11-01".utf8).span)?.precision == [])
    #expect(Moment.parse(Array("2026-11-01T09:30".utf8).span)?.precision == .timeOfDay)
    #expect(
      Moment.parse(Array("2026-11-01T09:30:00.1234Z".utf8).span)?.precision
        == [.timeOfDay, .zone, .truncated])
  }

  @Test("every printed moment reads back as itself, and days follow each other")
  func roundTrip() {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<20_000 {
      let milliseconds = Int64.random(in: Moment.validMilliseconds, using: &generator)
      let moment = Moment(milliseconds: milliseconds)
      let printed = moment?.description ?? ""
      #expect(Moment.parse(Array(printed.utf8).span)?.moment == moment, "\(printed)")
    }
    var expected: Int64 = -719_162
    for year in 1...9999 {
      for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
        let days = Moment.days(year: year, month: month, day: day) ?? 0
        let moment = Moment(milliseconds: days * 86_400_000)
        #expect(moment?.date.year == year && moment?.date.month == month && moment?.date.day == day)
        if month == 1 {
          #expect(days == expected)
          let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
          expected += isLeap ? 366 : 365
        }
      }
    }
  }

  @Test("no moment lies outside of four digits of a year")
  func bounds() {
    #expect(Moment(milliseconds: Moment.validMilliseconds.upperBound + 1) == nil)
    #expect(Moment(milliseconds: Moment.validMilliseconds.lowerBound - 1) == nil)
    #expect(Moment(milliseconds: .min) == nil)
  }
}

/// A seeded generator, so that a failure can be repeated.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
