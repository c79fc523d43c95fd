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
}
