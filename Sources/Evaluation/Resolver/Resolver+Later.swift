import Diagnostics
import Language

/// Statements that are understood, and whose names are looked up, but that do not run yet.
extension Resolver {
  mutating func chart(_ chart: ChartStatement) -> ResolvedStatement.Kind? {
    switch chart {
    case .permissions(let attribute, let who, let asOf):
      guard times([asOf]) else { return nil }
      return later("chart permissions", who, by: attribute, place: Place(0, 0))
    case .changes(_, let since): return times([since]) ? .later("chart changes") : nil
    }
  }

  mutating func later(
    _ words: String, _ who: Selection?, by attribute: AttributeName?, place: Place
  ) -> ResolvedStatement.Kind? {
    let hasAttribute = attribute.map { self.attribute($0) != nil } ?? true
    guard selection(who, place: place) != nil, hasAttribute else { return nil }
    return .later(words)
  }

  /// Whether all times, where written, are times.
  mutating func times(_ list: [PlacedTime?]) -> Bool {
    var isWhole = true
    for time in list {
      if let time, self.time(time.value, at: time.place) == nil { isWhole = false }
    }
    return isWhole
  }
}
