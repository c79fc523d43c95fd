/// How long something took, for `--timing`.
enum Timing {
  /// `total: 12.3 ms` and a line end.
  static func line(_ what: String, since start: Int64) -> String {
    "\(what): \(words(SystemCall.monotonicNanoseconds - start))\n"
  }

  /// Three digits that mean something: `0.042 ms`, `12.3 ms`, `1.73 s`.
  static func words(_ nanoseconds: Int64) -> String {
    let microseconds = max(0, nanoseconds) / 1000
    switch microseconds {
    case ..<10_000: return "\(decimal(microseconds, places: 3)) ms"
    case ..<1_000_000: return "\(decimal(microseconds / 100, places: 1)) ms"
    default: return "\(decimal(microseconds / 10_000, places: 2)) s"
    }
  }

  private static func decimal(_ number: Int64, places: Int) -> String {
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}
