import Language

/// Statements that are understood, and whose names are looked up, but that do not run yet.
extension Resolver {
  /// Whether all times, where written, are times.
  mutating func times(_ list: [PlacedTime?]) -> Bool {
    var isWhole = true
    for time in list {
      if let time, self.time(time.value, at: time.place) == nil { isWhole = false }
    }
    return isWhole
  }
}
