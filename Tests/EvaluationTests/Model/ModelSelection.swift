/// WHO as the model understands it, and as a statement spells it.
struct ModelSelection {
  enum Base {
    case all
    case names([String])
    case filtersAlone
  }

  enum Filter {
    case condition(ModelCondition)
    /// `having …` beside other filters, without `where`.
    case permissions(ModelPermissionTest)
    case exceptNames([String])
    indirect case exceptSelection(ModelSelection)
  }

  var base: Base
  var filters: [Filter]

  func holds(for subaccount: ModelAgency.Subaccount, in agency: ModelAgency) -> Bool {
    if case .names(let names) = base, !names.contains(where: { same($0, subaccount.name) }) {
      return false
    }
    return filters.allSatisfy { filter in
      switch filter {
      case .condition(let condition): condition.holds(for: subaccount)
      case .permissions(let test): test.holds(for: subaccount)
      case .exceptNames(let names): !names.contains { same($0, subaccount.name) }
      case .exceptSelection(let selection): !selection.holds(for: subaccount, in: agency)
      }
    }
  }

  var source: String {
    let first =
      switch base {
      case .all: ["all"]
      case .names(let names): [names.map(quoted).joined(separator: ", ")]
      case .filtersAlone: [String]()
      }
    return
      (first
      + filters.map { filter in
        switch filter {
        case .condition(let condition): "where \(condition.source)"
        case .permissions(let test): test.source
        case .exceptNames(let names): "except \(names.map(quoted).joined(separator: ", "))"
        case .exceptSelection(let selection): "except (\(selection.source))"
        }
      }).joined(separator: " ")
  }
}

struct ModelPermissionTest {
  let isHaving: Bool
  let isAny: Bool
  let list: ModelPermissionList

  func holds(for subaccount: ModelAgency.Subaccount) -> Bool {
    let owned = { (name: String) in subaccount.permissions.contains(name) == isHaving }
    return isAny ? list.names.contains(where: owned) : list.names.allSatisfy(owned)
  }

  var source: String {
    "\(isHaving ? "having" : "lacking")\(isAny ? " any" : "") \(list.source)"
  }
}

/// PERMS: how it is spelled and what it means.
struct ModelPermissionList {
  let source: String
  let names: Set<String>
  /// Named one by one and not by a wildcard.
  let outright: Set<String>
}
