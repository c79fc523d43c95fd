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
  func store(time: Int64 = 0) throws -> Store {
    let store = Store.inMemory()
    try store.begin(
      CommitContext(actor: "setup", user: "setup", host: "test", script: nil, time: time))
    let effects = effects(into: store.table)
    if !subaccounts.isEmpty { _ = store.append(effects, statement: "setup", line: 1) }
    try store.commit()
    return store
  }

  private func effects(into table: Table) -> Effects {
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
    var names = table.attributes.map(\.name.string)
    for name in Set(subaccounts.flatMap { $0.attributes.keys }).sorted()
    where !names.contains(name) {
      names.append(name)
    }
    for (number, name) in names.enumerated() {
      let rows = rows { $0.attributes[name] != nil }
      guard !rows.isEmpty else { continue }
      let values = subaccounts.compactMap { $0.attributes[name]?.stored }
      let known = number < table.attributes.count ? table.attributes[number].type : nil
      let type = known ?? values[0].type
      var column = ValueColumn(type: type)
      for value in values { column.append(value) }
      if known == nil {
        effects.addedAttributes.append(AttributeDefinition(name: Text(name), type: type))
      }
      effects.cells.append(
        AttributeCells(
          attribute: AttributeNumber(number), rows: rows,
          old: ValueColumn(type: type, count: rows.count), new: column))
    }
    return effects
  }

  private func rows(where test: (Subaccount) -> Bool) -> RowSet {
    RowSet(subaccounts.indices.filter { test(subaccounts[$0]) }.map { Row(UInt32($0)) })
  }
}

extension ModelValue {
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

extension AttributeValue {
  fileprivate var type: AttributeType {
    switch self {
    case .text: .text
    case .number: .number
    case .boolean: .boolean
    case .time: .time
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
