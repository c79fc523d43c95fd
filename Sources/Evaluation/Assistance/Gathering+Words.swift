import Diagnostics
import Language
import Permissions
import Storage

// Names that are typed without quotes.
extension Gathering {
  mutating func addWords(for slot: Slot, files: (Text) -> [Text]) {
    switch slot {
    case .permission: addPermissions()
    case .reference: addReferences()
    case .attribute: addAttributes()
    case .column:
      addAttributes()
      addPermissions()
    case .comparison: addComparisons()
    case .value(let attribute): addValues(of: attribute)
    case .pattern: addVariables { if case .value = $0 { true } else { false } }
    case .definition: addDefinitions { $0.kind != .policy }
    case .policy: addPolicies()
    case .file where typed.isEmpty:
      for path in files("") { add(Candidate(quoted(path), detail: "file")) }
    case .file: break
    case .topic:
      for topic in HelpTopic.all where fits(topic.name.string) {
        add(Candidate(topic.name.string, detail: topic.summary))
      }
    case .area:
      for area in table.catalog.areas where fits("\(area.name).") {
        add(Candidate("\(area.name).", detail: "area", endsWord: false))
      }
    }
  }

  // MARK: Permissions

  private mutating func addPermissions() {
    let catalog = scope.catalog
    var isListed: Set<PermissionNumber> = []
    for number in catalog.numbers(where: { _ in true }) {
      let permission = catalog[number]
      let isShort = catalog.lookup(bareName: permission.field).means(number)
      let canonical = permission.canonicalName.string
      let name = isShort && !typed.utf8.contains(0x2E) ? permission.field.string : canonical
      guard
        fits(name) || fits(permission.field.string) || typed.utf8.contains(0x2E) && fits(canonical)
      else { continue }
      isListed.insert(number)
      add(Candidate(name, detail: detail(of: number)))
    }
    // The words of a label are remembered better than some names.
    if isListed.isEmpty && typed.count > 1 && limit > 1 {
      for number in catalog.numbers(where: { holds($0.label) || holds($0.field) }) {
        add(Candidate(catalog[number].canonicalName.string, detail: detail(of: number)))
      }
    }
    for area in catalog.areas where fits("\(area.name).*") {
      let count = catalog.lookup(area: area.name)?.count ?? 0
      add(Candidate("\(area.name).*", detail: "all \(count) of \(area.label)"))
    }
    if typed.isEmpty { add(Candidate("*", detail: "every permission")) }
    addDefinitions { $0.kind == .permissions }
    addVariables { if case .permissions = $0 { true } else { false } }
  }

  private func holds(_ text: Text) -> Bool {
    text.string.lowercased().holds(typed.string.lowercased())
  }

  /// The label where it says more than the name, and how many have it.
  func detail(of number: PermissionNumber) -> String {
    let permission = scope.catalog[number]
    let plain = permission.field.string.replacing(scalar: "_", by: " ")
    var parts = [permission.area.string]
    if permission.label.string.lowercased() != plain { parts.append(permission.label.string) }
    if permission.isAlwaysEnabled { parts.append("always on") }
    if counts, number.value < table.catalog.count {
      let have = Quantity.grouped(table.holders(of: number).count)
      parts.append("\(have) of \(Quantity.grouped(table.live.count)) have it")
    }
    return parts.joined(separator: ", ")
  }

  // MARK: Subaccounts

  /// Those that can be named without quotes, and where nothing is typed, the first names.
  private mutating func addReferences() {
    if typed.utf8.first == UInt8(ascii: "#") {
      let begun = Text(validating: typed.utf8.dropFirst()) ?? ""
      let found = table.rows(withIDFrom: begun, limit: limit, counts: counts)
      for row in found.matches {
        add(Candidate(Spelling.id(table.id(of: row)), detail: table.name(of: row).string))
      }
      addUnlisted((found.total ?? 0) - found.matches.count)
      return
    }
    addDefinitions { $0.kind == .subaccounts }
    addVariables { if case .subaccounts = $0 { true } else { false } }
    if typed.isEmpty && counts { addNames() }
  }

  private mutating func addDefinitions(where test: (Definition) -> Bool) {
    for definition in table.definitions where test(definition) {
      let name = "$" + Spelling.variable(definition.name).drop { $0 == "$" }
      if fits(name) { add(Candidate(name, detail: definition.text.string)) }
    }
  }

  private mutating func addVariables(where test: (Scope.Variable) -> Bool) {
    for (name, variable) in scope.variables.sorted(by: { $0.key < $1.key }) where test(variable) {
      let spelled = "$" + Spelling.variable(name).drop { $0 == "$" }
      if fits(spelled) { add(Candidate(spelled, detail: "holds \(variable.holds)")) }
    }
  }

  private mutating func addPolicies() {
    for policy in table.definitions where policy.kind == .policy {
      let name = Spelling.name(policy.name)
      if fits(name) { add(Candidate(name, detail: policy.text.string)) }
    }
  }

  // MARK: Attributes

  private mutating func addAttributes() {
    for attribute in table.attributes where fits(attribute.name.string) {
      add(Candidate(Spelling.name(attribute.name), detail: attribute.type.words))
    }
    for (name, _, type) in ResolvedAttribute.builtIn where fits(name.string) {
      add(Candidate(name.string, detail: "\(type.words), of every subaccount"))
    }
  }

  private mutating func addComparisons() {
    guard typed.isEmpty else { return }
    for (sign, meaning) in [
      ("=", "equals"), ("!=", "does not equal"), ("~", "fits a pattern"),
      ("!~", "fits no pattern"), ("<", "is less than"), ("<=", "is at most"),
      (">", "is more than"), (">=", "is at least"),
    ] {
      add(Candidate(sign, detail: meaning))
    }
  }

  private mutating func addValues(of attribute: Text?) {
    if let attribute, typed.isEmpty, counts { addTexts(of: attribute) }
    addVariables { if case .value = $0 { true } else { false } }
  }
}

extension Catalog.Lookup {
  /// Whether a name that was looked up is one for this permission.
  fileprivate func means(_ number: PermissionNumber) -> Bool {
    switch self {
    case .one(let found), .preferred(let found, _): found == number
    case .ambiguous, .unknown: false
    }
  }
}

extension AttributeType {
  /// For people.
  var words: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .quota: "number or unlimited"
    case .boolean: "true or false"
    case .time: "time"
    }
  }
}
