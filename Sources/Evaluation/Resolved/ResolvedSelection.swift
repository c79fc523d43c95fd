package import Diagnostics
package import Language
package import Permissions
package import Storage

/// WHO with every name looked up but those of subaccounts, which are looked up when it runs.
package struct ResolvedSelection: Sendable {
  package enum Base: Sendable {
    case all
    case references([ResolvedReference])
  }

  package let base: Base
  /// Joined by *and*.
  package let filters: [ResolvedFilter]
  package let place: Place

  package init(base: Base, filters: [ResolvedFilter], place: Place) {
    self.base = base
    self.filters = filters
    self.place = place
  }

  /// Everybody: what a query without WHO is about.
  package static func all(at place: Place) -> ResolvedSelection {
    ResolvedSelection(base: .all, filters: [], place: place)
  }
}

/// A moment of the agency: `as of`, `since` and `until`.
package enum ResolvedMoment: Hashable, Sendable {
  /// Milliseconds since 1970-01-01T00:00Z.
  case time(Int64)
  /// Just after that change; 0 is the empty agency.
  case change(Int)
}

/// One subaccount, or a set of them that has a name.
package struct ResolvedReference: Sendable {
  package enum Kind: Sendable {
    case name(Text)
    case id(Text)
    /// `let $who = subaccounts …`: frozen when it ran. Nil while a script is only checked.
    /// Rows that have been deleted since may be among them.
    case frozen(RowSet?)
    /// `define $dentists as subaccounts …`: live; its places point into `source`.
    indirect case defined(ResolvedSelection, source: SourceText)
    case those
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}

package indirect enum ResolvedFilter: Sendable {
  case condition(ResolvedCondition)
  case exceptReferences([ResolvedReference])
  case exceptSelection(ResolvedSelection)
}

package indirect enum ResolvedCondition: Sendable {
  case or([ResolvedCondition])
  case and([ResolvedCondition])
  case not(ResolvedCondition)
  case permissions(ResolvedPermissionTest)
  /// `negated` gives `!=`, `!~`, `not in`, `is not set`: exactly the complement among live rows.
  case attribute(ResolvedAttribute, ValueTest, negated: Bool, place: Place)
}

package struct ResolvedPermissionTest: Sendable {
  package let verb: PermissionTest.Verb
  package let any: Bool
  package let permissions: PermissionSet

  package init(verb: PermissionTest.Verb, any: Bool, permissions: PermissionSet) {
    self.verb = verb
    self.any = any
    self.permissions = permissions
  }
}

/// What can be compared, sorted by, grouped by and shown as a column.
package enum ResolvedAttribute: Hashable, Sendable {
  case stored(AttributeNumber)
  case id
  case name
  case created
  case permissionCount
  /// The time of the last permission change.
  case changed
  case changedBy
  case protected
  /// An earlier statement of a script that is only being checked makes it; never evaluated.
  case announced(Text)
}

/// PERMS with every name looked up.
package struct ResolvedPermissions: Sendable {
  package let set: PermissionSet
  /// Of these, the ones that are named outright and not by a wildcard or a saved set.
  package let namedOutright: PermissionSet
  /// As written.
  package let list: PermissionList

  package init(set: PermissionSet, namedOutright: PermissionSet, list: PermissionList) {
    self.set = set
    self.namedOutright = namedOutright
    self.list = list
  }

  package var place: Place { list.place }
}
