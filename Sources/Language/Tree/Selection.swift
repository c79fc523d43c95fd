package import Diagnostics

/// WHO: the subaccounts that a statement concerns.
package struct Selection: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    case all
    case references([Reference])
    /// Only filters are written: they narrow everybody.
    case filtersAlone
  }

  package let base: Base
  /// Joined by *and*.
  package let filters: [Filter]
  package let place: Place

  package init(base: Base, filters: [Filter], place: Place) {
    self.base = base
    self.filters = filters
    self.place = place
  }
}

/// REF: one subaccount, or a saved or remembered selection.
package struct Reference: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case name(Text)
    /// Without its `#`.
    case id(Text)
    /// Without its `$`.
    case variable(Text)
    /// The subaccounts of the last listing in this run.
    case those
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}

/// One narrowing of a selection.
package enum Filter: Hashable, Sendable {
  case permissions(PermissionTest)
  case condition(Condition)
  case exceptReferences([Reference])
  case exceptSelection(Selection)
}

/// `having any outbound, inbound`, `lacking integrations.*`.
package struct PermissionTest: Hashable, Sendable {
  package enum Verb: Hashable, Sendable {
    case having
    case lacking
  }

  package let verb: Verb
  /// At least one instead of every one.
  package let any: Bool
  package let permissions: PermissionList
  package let place: Place

  package init(verb: Verb, any: Bool, permissions: PermissionList, place: Place) {
    self.verb = verb
    self.any = any
    self.permissions = permissions
    self.place = place
  }
}

/// PERMS: what is named, less what follows `without`.
package struct PermissionList: Hashable, Sendable {
  package let included: [PermissionName]
  package let excluded: [PermissionName]
  package let place: Place

  package init(included: [PermissionName], excluded: [PermissionName] = [], place: Place) {
    self.included = included
    self.excluded = excluded
    self.place = place
  }
}

/// PERM: a permission, or several, as written.
package struct PermissionName: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `outbound`
    case bare(Text)
    /// `agent_types.outbound`
    case canonical(area: Text, field: Text)
    /// `integrations.*`
    case area(Text)
    /// `*`
    case everything
    /// `"Knowledge Base"`
    case label(Text)
    /// `$starter`, without its `$`.
    case variable(Text)
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}
