import Diagnostics
import Evaluation
import Permissions
import Storage

/// What the Subaccounts API can be told of a subaccount, and what it can't.
///
/// Permissions are deltas: an update names only those that flip, and none in both lists. A creation
/// spells all of them, for the platform lets a new subaccount inherit. What is always enabled is
/// never sent.
struct PlatformFields {
  /// Numbers that the API takes, and whether null stands for no limit.
  private static let quotas: [(name: Text, takesNull: Bool)] = [
    ("concurrency", false), ("max_agents", true), ("max_minutes", true),
    ("max_workflow_runs", true),
  ]
  private static let email: Text = "email"

  private let changes: PlatformChanges
  private let sent: [PermissionNumber]
  private let dashboard: [PermissionNumber]

  init(_ changes: PlatformChanges) {
    self.changes = changes
    let catalog = changes.after.catalog
    sent = catalog.numbers {
      $0.apiField != nil && !$0.isAlwaysEnabled && !$0.isUIOnly
    }
    dashboard = catalog.numbers {
      ($0.apiField == nil || $0.isUIOnly) && !$0.isAlwaysEnabled
    }
  }

  func isRenamed(_ row: Row) -> Bool {
    changes.before.name(of: row) != changes.after.name(of: row)
  }

  /// Whether the API has something to be told of a subaccount that keeps its name.
  func isUpdated(_ row: Row) -> Bool {
    sent.contains { changes.had($0, row) != changes.after.has($0, row) }
      || PlatformFields.quotas.contains { quota($0, row, isNew: false) != nil }
  }

  /// Whether something changed that the API can't be told.
  func isNoted(_ row: Row) -> Bool {
    let isNew = !changes.before.isLive(row)
    if isNew { return !dashboard.isEmpty || !unsendable(row, isNew: true).isEmpty }
    return dashboard.contains { changes.had($0, row) != changes.after.has($0, row) }
      || !unsendable(row, isNew: false).isEmpty
  }
}

// MARK: - Bodies

extension PlatformFields {
  func appendUpdate(_ row: Row, to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    if isRenamed(row) { object.append("subaccount_name", changes.after.name(of: row), to: &bytes) }
    appendQuotas(row, isNew: false, in: &object, to: &bytes)
    let flipped = sent.filter { changes.had($0, row) != changes.after.has($0, row) }
    appendPermissions(flipped, row, in: &object, to: &bytes)
    bytes.append(0x7D)
  }

  func appendStepAside(_ row: Row, to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    var name = Text("renaming \(changes.after.id(of: row))")
    while !changes.before.rows(named: name).isEmpty || !changes.after.rows(named: name).isEmpty {
      name = Text("\(name)'")
    }
    object.append("subaccount_name", name, to: &bytes)
    bytes.append(0x7D)
  }

  func appendCreation(_ row: Row, to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    object.append("subaccount_name", changes.after.name(of: row), to: &bytes)
    if case .text(let email)? = changes.after.value(ofAttribute: Self.email, in: row) {
      object.append("user_email", email, to: &bytes)
    }
    appendQuotas(row, isNew: true, in: &object, to: &bytes)
    appendPermissions(sent, row, in: &object, to: &bytes)
    bytes.append(0x7D)
  }

  /// A note without its last brace: what is to be done in the dashboard.
  func appendNote(_ row: Row, to bytes: inout [UInt8]) {
    let isNew = !changes.before.isLive(row)
    var object = JSONObject(&bytes)
    object.append("note", "to be changed in the dashboard", to: &bytes)
    object.append("id", changes.after.platformID(of: row), to: &bytes)
    object.append("name", changes.after.name(of: row), to: &bytes)
    let flipped = dashboard.filter {
      isNew || changes.had($0, row) != changes.after.has($0, row)
    }
    object.append("turn_on", names(flipped.filter { changes.after.has($0, row) }), to: &bytes)
    object.append("turn_off", names(flipped.filter { !changes.after.has($0, row) }), to: &bytes)
    let values = unsendable(row, isNew: isNew)
    if values.isEmpty { return }
    object.appendKey("set", to: &bytes)
    var inner = JSONObject(&bytes)
    for (name, value) in values {
      inner.appendKey(name, to: &bytes)
      switch value {
      case .text(let text)?: JSONWriter.append(text, to: &bytes)
      case .number(let number)? where number.isFinite: JSONWriter.append(number, to: &bytes)
      default: JSONWriter.appendNull(to: &bytes)
      }
    }
    bytes.append(0x7D)
  }

  private func names(_ permissions: [PermissionNumber]) -> [Text] {
    permissions.map { changes.after.catalog[$0].canonicalName }
  }

  private func appendPermissions(
    _ permissions: [PermissionNumber], _ row: Row, in object: inout JSONObject,
    to bytes: inout [UInt8]
  ) {
    let catalog = changes.after.catalog
    let granted = permissions.filter { changes.after.has($0, row) }
    let revoked = permissions.filter { !changes.after.has($0, row) }
    object.append("grant_permissions", granted.compactMap { catalog[$0].apiField }, to: &bytes)
    object.append("revoke_permissions", revoked.compactMap { catalog[$0].apiField }, to: &bytes)
  }

  private func appendQuotas(
    _ row: Row, isNew: Bool, in object: inout JSONObject, to bytes: inout [UInt8]
  ) {
    for field in Self.quotas {
      guard let number = quota(field, row, isNew: isNew) else { continue }
      object.appendKey(field.name, to: &bytes)
      if number.isFinite {
        JSONWriter.append(number, to: &bytes)
      } else {
        JSONWriter.appendNull(to: &bytes)
      }
    }
  }
}

// MARK: - Values

extension PlatformFields {
  /// The number that a field is to be set to; nil where nothing is to be said, or can be.
  private func quota(
    _ field: (name: Text, takesNull: Bool), _ row: Row, isNew: Bool
  ) -> Double? {
    let values = changes.values(of: field.name, in: row)
    guard case .number(let number)? = values.after, isNew || values.before != values.after,
      PlatformFields.isSendable(number, field.takesNull)
    else { return nil }
    return number
  }

  /// The API takes whole numbers, and null for no limit.
  private static func isSendable(_ number: Double, _ takesNull: Bool) -> Bool {
    number.isFinite ? Int(exactly: number) != nil : takesNull
  }

  /// Values that changed and that no call can tell; nil for what is not set any more.
  private func unsendable(_ row: Row, isNew: Bool) -> [(name: Text, value: AttributeValue?)] {
    var found: [(Text, AttributeValue?)] = []
    if !isNew {
      let email = changes.values(of: Self.email, in: row)
      if email.before != email.after { found.append((Self.email, email.after)) }
    }
    for field in Self.quotas {
      let values = changes.values(of: field.name, in: row)
      guard isNew ? values.after != nil : values.before != values.after else { continue }
      if case .number(let number)? = values.after,
        PlatformFields.isSendable(number, field.takesNull)
      {
        continue
      }
      found.append((field.name, values.after))
    }
    return found
  }
}

/// A JSON object that is being written: its first brace is there, its last is its owner's.
private struct JSONObject {
  private var isEmpty = true

  init(_ bytes: inout [UInt8]) {
    bytes.append(0x7B)
  }

  mutating func appendKey(_ key: Text, to bytes: inout [UInt8]) {
    if !isEmpty { bytes.append(0x2C) }
    isEmpty = false
    JSONWriter.append(key, to: &bytes)
    bytes.append(0x3A)
  }

  mutating func append(_ key: Text, _ value: Text, to bytes: inout [UInt8]) {
    appendKey(key, to: &bytes)
    JSONWriter.append(value, to: &bytes)
  }

  /// A list that is empty is left out.
  mutating func append(_ key: Text, _ values: [Text], to bytes: inout [UInt8]) {
    if values.isEmpty { return }
    appendKey(key, to: &bytes)
    for (index, value) in values.enumerated() {
      bytes.append(index == 0 ? 0x5B : 0x2C)
      JSONWriter.append(value, to: &bytes)
    }
    bytes.append(0x5D)
  }
}
