import Diagnostics
import Permissions
import Storage

@testable import Evaluation

extension ModelAgency {
  /// The standard catalogue in the model's words.
  static let standardPermissions = Catalog.standard.permissions.map {
    ModelPermission(
      area: $0.area.string, field: $0.field.string, label: $0.label.string,
      isAlways: $0.isAlwaysEnabled)
  }

  /// A store in memory that holds the same, made of one change by `setup`.
  ///
  /// It knows the `declared` attributes, by name and one of their values, whether or not they are set.
  func store(
    time: Int64 = 0, declared: [(name: String, values: [ModelValue])] = []
  ) throws -> Store {
    let store = Store.inMemory()
    try fill(store, time: time, declared: declared)
    return store
  }

  /// Makes an empty store hold the same, by one change.
  func fill(
    _ store: Store, time: Int64 = 0, declared: [(name: String, values: [ModelValue])] = []
  ) throws {
    try store.begin(
      CommitContext(actor: "setup", user: "setup", host: "test", script: nil, time: time))
    let effects = effects(into: store.table, declared: declared)
    _ = store.append(effects, statement: "setup", line: 1)
    try store.commit()
  }

  /// Takes over the ids that a store made up for new subaccounts.
  mutating func learnIDs(from state: [Subaccount]) {
    guard state.count == subaccounts.count else { return }
    for index in subaccounts.indices where subaccounts[index].id.isEmpty {
      let made = subaccounts[index]
      subaccounts[index] = Subaccount(
        id: state[index].id, name: made.name, created: made.created,
        permissions: made.permissions, attributes: made.attributes, isProtected: made.isProtected)
    }
  }

  private func effects(
    into table: Table, declared: [(name: String, values: [ModelValue])]
  ) -> Effects {
    var effects = Effects()
    for subaccount in subaccounts {
      effects.created.ids.append(Text(subaccount.id))
      effects.created.names.append(Text(subaccount.name))
      effects.created.times.append(subaccount.created)
    }
    for (number, permission) in permissions.enumerated() {
      let rows = rows { $0.permissions.contains(permission.canonical) }
      if !rows.isEmpty {
        effects.flips.append(PermissionFlips(permission: PermissionNumber(number), rows: rows))
      }
    }
    effects.protection = rows { $0.isProtected }
    var types = Dictionary(uniqueKeysWithValues: declared.map { ($0.name, $0.values[0].type) })
    for subaccount in subaccounts {
      for (name, value) in subaccount.attributes { types[name] = value.type }
    }
    for definition in table.attributes { types[definition.name.string] = nil }
    effects.addedAttributes = types.sorted { $0.key < $1.key }
      .map { AttributeDefinition(name: Text($0.key), type: $0.value) }
    let definitions = table.attributes + effects.addedAttributes
    for (number, definition) in definitions.enumerated() {
      let name = definition.name.string
      let rows = rows { $0.attributes[name] != nil }
      guard !rows.isEmpty else { continue }
      var column = ValueColumn(type: definition.type)
      for subaccount in subaccounts {
        if let value = subaccount.attributes[name] { column.append(value.stored) }
      }
      effects.cells.append(
        AttributeCells(
          attribute: AttributeNumber(number), rows: rows,
          old: ValueColumn(type: definition.type, count: rows.count), new: column))
    }
    return effects
  }

  private func rows(where test: (Subaccount) -> Bool) -> RowSet {
    RowSet(subaccounts.indices.filter { test(subaccounts[$0]) }.map { Row(UInt32($0)) })
  }
}

extension ModelValue {
  var type: AttributeType {
    switch self {
    case .text: .text
    case .number: .number
    case .boolean: .boolean
    case .time: .time
    }
  }

  var stored: AttributeValue {
    switch self {
    case .text(let text): .text(Text(text))
    case .number(let number): .number(number)
    case .boolean(let isTrue): .boolean(isTrue)
    case .time(let time): .time(time)
    }
  }

  init(_ value: AttributeValue) {
    switch value {
    case .text(let text): self = .text(text.string)
    case .number(let number): self = .number(number)
    case .boolean(let isTrue): self = .boolean(isTrue)
    case .time(let time): self = .time(time)
    }
  }
}

extension ModelAgency {
  /// What a table holds, in the model's words.
  init(_ table: Table) {
    self.init(
      permissions: table.catalog.permissions.map {
        ModelPermission(
          area: $0.area.string, field: $0.field.string, label: $0.label.string,
          isAlways: $0.isAlwaysEnabled)
      })
    for row in table.live {
      var attributes: [String: ModelValue] = [:]
      for (number, definition) in table.attributes.enumerated() {
        attributes[definition.name.string] =
          table.value(of: AttributeNumber(number), in: row).map { ModelValue($0) }
      }
      subaccounts.append(
        Subaccount(
          id: table.id(of: row).string, name: table.name(of: row).string,
          created: table.created(of: row),
          permissions: Set(table.permissionNames(of: row).map(\.string)), attributes: attributes,
          isProtected: table.protected.contains(row)))
    }
  }
}
