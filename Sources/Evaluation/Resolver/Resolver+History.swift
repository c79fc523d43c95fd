import Diagnostics
import Language
import Storage

// Statements that look back.
extension Resolver {
  mutating func changes(_ filter: ChangeFilter, place: Place) -> ResolvedChangeFilter? {
    let moments = moments([filter.since, filter.until])
    let selection = filter.subaccounts.map { self.selection($0) }
    let permissions = filter.permissions.map { self.permissions($0) }
    if case .some(nil) = selection { return nil }
    if case .some(nil) = permissions { return nil }
    guard let moments else { return nil }
    return ResolvedChangeFilter(
      subaccounts: selection ?? nil, permissions: permissions ?? nil, actor: filter.actor?.value,
      since: moments[0], until: moments[1])
  }

  mutating func differences(
    _ since: PlacedTime, _ until: PlacedTime?, of who: Selection?
  ) -> ResolvedShow.Subject? {
    let moments = moments([since, until])
    let selection = who.map { self.selection($0) }
    if case .some(nil) = selection { return nil }
    guard let moments, let first = moments[0] else { return nil }
    return .differences(since: first, until: moments[1], of: selection ?? nil)
  }

  mutating func chart(_ chart: ChartStatement, place: Place) -> ResolvedStatement.Kind? {
    switch chart {
    case .permissions(let attribute, let who, let asOf):
      let selection = selection(who, place: place)
      let group = attribute.map { self.attribute($0)?.attribute }
      if case .some(nil) = group { return nil }
      guard let moments = moments([asOf]), let selection else { return nil }
      return .chart(.permissions(by: group ?? nil, of: selection, asOf: moments[0]))
    case .changes(let grouping, let since):
      return moments([since]).map {
        .chart(.changes(by: grouping ?? .day, since: $0[0]))
      }
    }
  }

  mutating func compare(_ compare: CompareStatement) -> ResolvedStatement.Kind? {
    let left: CompareStatement.Operand
    let right: CompareStatement.Operand
    switch compare {
    case .store(let file): return .compareStore(file: file)
    case .subaccounts(let first, let second): (left, right) = (first, second)
    }
    let references = references([left.reference, right.reference])
    guard let moments = moments([left.asOf, right.asOf]), let references else { return nil }
    return .compare(
      ResolvedComparison(
        left: ResolvedComparison.Operand(reference: references[0], asOf: moments[0]),
        right: ResolvedComparison.Operand(reference: references[1], asOf: moments[1])))
  }

  mutating func why(_ why: WhyStatement) -> ResolvedStatement.Kind? {
    let reference = reference(why.reference)
    let list = PermissionList(included: [why.permission], place: why.permission.place)
    let permissions = permissions(list)
    let stored = scope.policies
    guard let moments = moments([why.asOf]),
      let policies = all(stored, { $0.policy($1, at: why.permission.place) }), let permissions,
      let reference
    else { return nil }
    let isSingle =
      switch why.permission.kind {
      case .bare, .canonical, .label: true
      case .area, .everything, .variable: false
      }
    return .why(
      ResolvedWhy(
        reference: reference, verb: why.verb, permissions: permissions, isSingle: isSingle,
        policies: policies, asOf: moments[0]))
  }
}
