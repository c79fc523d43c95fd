import Diagnostics
import Language
import Permissions
import Storage

// Names and values that are typed in quotes.
extension Gathering {
  mutating func addTexts(for slot: Slot, files: (Text) -> [Text]) {
    switch slot {
    case .reference: addNames()
    case .value(let attribute?): addTexts(of: attribute)
    case .pattern(let attribute): addTexts(of: attribute)
    case .permission, .column:
      for number in scope.catalog.numbers(where: { fits($0.label.string) }) {
        add(Candidate(quoted(scope.catalog[number].label), detail: detail(of: number)))
      }
    case .policy:
      for policy in table.definitions where policy.kind == .policy && fits(policy.name.string) {
        add(Candidate(quoted(policy.name), detail: policy.text.string))
      }
    case .file:
      for path in files(typed) {
        let isFolder = path.utf8.last == UInt8(ascii: "/")
        let text = quoted(path)
        add(
          Candidate(
            isFolder ? String(text.dropLast()) : text, label: path.string,
            detail: isFolder ? "folder" : "file", endsWord: !isFolder))
      }
    case .attribute, .comparison, .definition, .topic, .area, .value(nil): break
    }
  }

  /// Subaccounts by name, with what tells those apart that share one.
  mutating func addNames() {
    let found = table.rows(namedFrom: typed, limit: limit, counts: counts)
    for row in found.matches {
      let name = table.name(of: row)
      add(Candidate(quoted(name), label: name.string, detail: detail(of: row)))
    }
    addUnlisted((found.total ?? 0) - found.matches.count)
  }

  private func detail(of row: Row) -> String {
    guard counts else { return "" }
    let permissions = Quantity.of(table.permissionCount(of: row), "permission")
    return "\(permissions), #\(table.id(of: row))"
  }

  /// An attribute's values, with how many have each.
  mutating func addTexts(of attribute: Text) {
    if attribute == "name" { return addNames() }
    if attribute == "id" { return }
    guard let number = table.attribute(named: attribute) else { return }
    let found = table.texts(of: number, from: typed, limit: limit, counts: counts)
    for match in found.matches {
      let detail = match.count.map { Quantity.of($0, "subaccount") } ?? ""
      add(Candidate(quoted(match.text), label: match.text.string, detail: detail))
    }
    addUnlisted((found.total ?? 0) - found.matches.count)
  }
}
