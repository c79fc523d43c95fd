package import Diagnostics

/// A tab of the agency dashboard.
package struct Area: Hashable, Sendable {
  /// Such as `agent_types`; lower-case ASCII.
  package let name: Text
  /// What the dashboard calls it.
  package let label: Text

  package init(name: Text, label: Text) {
    self.name = name
    self.label = label
  }
}

/// The permissions that a store knows: data that grows, never code paths.
///
/// Permissions are numbered in the order they were added and never renumbered.
package struct Catalog: Sendable {
  package private(set) var areas: [Area]
  package private(set) var permissions: [Permission]
  package private(set) var all = PermissionSet()
  /// On for every subaccount, always.
  package private(set) var alwaysEnabled = PermissionSet()
  /// What a folded name or label may mean; bare names and labels may be shared.
  private var byBareName = PermissionOrder()
  private var byLabel = PermissionOrder()

  package init(areas: [Area], permissions: [Permission]) {
    self.areas = areas
    self.permissions = []
    for permission in permissions { add(permission) }
  }

  /// Adds a permission, and its area where that is new, at the end.
  @discardableResult
  package mutating func add(_ permission: Permission) -> PermissionNumber {
    let number = PermissionNumber(permissions.count)
    if !areas.contains(where: { $0.name == permission.area }) {
      areas.append(Area(name: permission.area, label: permission.area))
    }
    permissions.append(permission)
    byBareName.add(number, as: permission.field)
    all.insert(number)
    if permission.isAlwaysEnabled { alwaysEnabled.insert(number) }
    byLabel.add(number, as: Catalog.folded(permission.label))
    return number
  }

  /// Takes back the newest permission: for a transaction that is rolled back.
  package mutating func removeLast() {
    guard permissions.popLast() != nil else { return }
    self = Catalog(areas: areas, permissions: permissions)
    let inUse = Set(permissions.map(\.area)).union(Catalog.standard.areas.map(\.name))
    areas.removeAll { !inUse.contains($0.name) }
  }

  package var count: Int { permissions.count }

  package subscript(number: PermissionNumber) -> Permission { permissions[number.value] }

  /// The numbers, in order, of the permissions that satisfy a test.
  package func numbers(where test: (Permission) -> Bool) -> [PermissionNumber] {
    permissions.indices.filter { test(permissions[$0]) }.map(PermissionNumber.init)
  }
}

extension Catalog {
  /// What a written permission name came to.
  package enum Lookup: Equatable, Sendable {
    case one(PermissionNumber)
    /// A bare name that the API also uses: it means `chosen`, and these share the name.
    case preferred(chosen: PermissionNumber, namesakes: [PermissionNumber])
    case ambiguous([PermissionNumber])
    case unknown
  }

  /// Looks up `outbound`, in any case.
  package func lookup(bareName: Text) -> Lookup {
    let folded = Catalog.folded(bareName)
    let candidates = byBareName[folded]
    guard let first = candidates.first else { return .unknown }
    if candidates.count == 1 { return .one(first) }
    guard let chosen = candidates.first(where: { self[$0].apiField == folded }) else {
      return .ambiguous(Array(candidates))
    }
    return .preferred(chosen: chosen, namesakes: candidates.filter { $0 != chosen })
  }

  /// Looks up `agent_types.outbound`, in any case.
  package func lookup(area: Text, field: Text) -> PermissionNumber? {
    let area = Catalog.folded(area)
    return byBareName[Catalog.folded(field)].first { self[$0].area == area }
  }

  /// Looks up `"Knowledge Base"`, in any case.
  package func lookup(label: Text) -> Lookup {
    let candidates = byLabel[Catalog.folded(label)]
    guard let first = candidates.first else { return .unknown }
    return candidates.count == 1 ? .one(first) : .ambiguous(Array(candidates))
  }

  /// All permissions of an area, in any case; nil where there is no such area.
  package func lookup(area: Text) -> PermissionSet? {
    let folded = Catalog.folded(area)
    guard areas.contains(where: { $0.name == folded }) else { return nil }
    return PermissionSet(numbers { $0.area == folded })
  }

  /// Names match in any case.
  private static func folded(_ name: Text) -> Text {
    guard name.utf8.contains(where: { $0 >= 0x80 || (0x41...0x5A).contains($0) }) else {
      return name
    }
    return Text(name.string.lowercased())
  }
}
