package import Diagnostics

/// A permission's place in its catalogue: stable for the life of a store, from 0.
package struct PermissionNumber: Hashable, Comparable, Sendable {
  package let value: Int

  package init(_ value: Int) {
    self.value = value
  }

  package static func < (left: PermissionNumber, right: PermissionNumber) -> Bool {
    left.value < right.value
  }
}

/// One thing that a subaccount may or may not do.
package struct Permission: Hashable, Sendable {
  /// The tab of the dashboard that it is on, such as `agent_types`; lower-case ASCII.
  package let area: Text
  /// Its name within the area, such as `outbound`; lower-case ASCII.
  package let field: Text
  /// What the dashboard calls it.
  package let label: Text
  /// The Subaccounts API's name for it, or nil where the API can't express it.
  package let apiField: Text?
  /// Kept by the dashboard alone, so that no request file will ever carry it.
  package let isUIOnly: Bool
  /// On for every subaccount, always.
  package let isAlwaysEnabled: Bool

  package init(
    area: Text, field: Text, label: Text, apiField: Text? = nil, isUIOnly: Bool = false,
    isAlwaysEnabled: Bool = false
  ) {
    self.area = area
    self.field = field
    self.label = label
    self.apiField = apiField
    self.isUIOnly = isUIOnly
    self.isAlwaysEnabled = isAlwaysEnabled
  }

  /// `area.field`: the name that machine output uses.
  package var canonicalName: Text { Text("\(area).\(field)") }

  /// `always`, `ui only`: as `create permission` spells them.
  package var flags: [Text] {
    (isAlwaysEnabled ? ["always"] : []) + (isUIOnly ? ["ui only"] : [])
  }
}
