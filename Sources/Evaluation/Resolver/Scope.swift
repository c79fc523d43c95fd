import Diagnostics
import Permissions
import Storage

/// The names that a statement may use, where it stands.
///
/// While a script is checked, its statements advance the scope as they announce names; while it
/// runs, the scope follows the store.
struct Scope {
  /// An attribute that exists, or that an earlier statement of a checked script makes.
  struct KnownAttribute {
    /// Nil where it is only announced.
    let number: AttributeNumber?
    let type: AttributeType
  }

  /// What `let`, the command line and a run's arguments bind.
  enum Variable {
    case subaccounts(RowSet)
    case permissions(PermissionSet)
    case value(ResolvedValue)

    /// For messages.
    var holds: String {
      switch self {
      case .subaccounts: "subaccounts"
      case .permissions: "permissions"
      case .value(let value): value.kindName
      }
    }
  }

  private(set) var catalog: Catalog
  private(set) var attributes: [Text: KnownAttribute] = [:]
  /// Saved sets by name.
  private(set) var definitions: [Text: Definition] = [:]
  /// In the order they were made.
  private(set) var policies: [Definition] = []
  /// Where each is among them.
  private var policyPlaces: [Text: Int] = [:]
  /// Without their `$`.
  var variables: [Text: Variable] = [:]
  /// A file to be imported may bring attributes that nothing has announced.
  var hasOpenAttributes = false
  /// A statement that could not be read may have made variables, saved sets and policies.
  var hasOpenDefinitions = false
  /// A script that is only checked may be given any arguments when it runs.
  var hasOpenArguments = false
  /// A script that could not be read yet may announce anything, permissions too.
  var isOpen = false
  /// Attributes that a wrong statement was to make: not to be missed a second time.
  var brokenAttributes: Set<Text> = []
  /// Variables and saved sets that a wrong statement was to make.
  var brokenNames: Set<Text> = []

  init(_ table: borrowing Table) {
    catalog = table.catalog
    follow(table)
  }

  /// Takes over what the table knows now; variables stay.
  mutating func follow(_ table: borrowing Table) {
    catalog = table.catalog
    attributes.removeAll(keepingCapacity: true)
    for (index, definition) in table.attributes.enumerated() {
      attributes[definition.name] = KnownAttribute(
        number: AttributeNumber(index), type: definition.type)
    }
    definitions.removeAll(keepingCapacity: true)
    policies.removeAll(keepingCapacity: true)
    policyPlaces.removeAll(keepingCapacity: true)
    for definition in table.definitions { announce(definition) }
  }

  mutating func announce(_ permission: Permission) {
    catalog.add(permission)
  }

  mutating func announce(_ attribute: AttributeDefinition) {
    guard attributes[attribute.name] == nil else { return }
    attributes[attribute.name] = KnownAttribute(number: nil, type: attribute.type)
  }

  mutating func announce(_ definition: Definition) {
    guard definition.kind == .policy else {
      definitions[definition.name] = definition
      return
    }
    if let place = policyPlaces[definition.name] {
      policies[place] = definition
    } else {
      policyPlaces[definition.name] = policies.count
      policies.append(definition)
    }
  }

  mutating func retract(_ definition: Definition) {
    if definition.kind == .policy {
      policies.removeAll { $0.name == definition.name }
      policyPlaces.removeAll(keepingCapacity: true)
      for (place, policy) in policies.enumerated() { policyPlaces[policy.name] = place }
    } else {
      definitions[definition.name] = nil
    }
  }
}

extension ResolvedValue {
  /// For messages.
  var kindName: String {
    switch self {
    case .text, .loose: "text"
    case .number: "a number"
    case .boolean: "true or false"
    case .time: "a time"
    case .unlimited: "unlimited"
    }
  }
}
