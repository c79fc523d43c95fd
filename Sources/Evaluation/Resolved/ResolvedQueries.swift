package import Diagnostics
package import Language
package import Permissions

/// `show …` with every name looked up.
package struct ResolvedShow: Sendable {
  package enum Subject: Sendable {
    case subaccounts(ResolvedSelection)
    /// One subaccount's card.
    case card(ResolvedReference)
    /// Nil: the whole catalogue.
    case permissions(ResolvedPermissions?, of: ResolvedSelection)
    case matrix(ResolvedPermissions?, of: ResolvedSelection)
    case profiles(of: ResolvedSelection)
    /// Nil: all of the selection are one group.
    case outliers(of: ResolvedSelection, by: ResolvedAttribute?)
    case changes(ResolvedChangeFilter)
    case change(Placed<Int>)
    case differences(since: ResolvedMoment, until: ResolvedMoment?, of: ResolvedSelection?)
    case attributes
    case definitions
    case policies
    case store
  }

  package let subject: Subject
  /// Nil: the statement's own columns.
  package let columns: [ResolvedColumn]?
  package let sort: [ResolvedSortKey]
  package let limit: Int?
  /// Nil: now.
  package let asOf: ResolvedMoment?

  package init(
    subject: Subject, columns: [ResolvedColumn]?, sort: [ResolvedSortKey], limit: Int?,
    asOf: ResolvedMoment? = nil
  ) {
    self.subject = subject
    self.columns = columns
    self.sort = sort
    self.limit = limit
    self.asOf = asOf
  }
}

/// A column of a list, or what it is sorted by.
package struct ResolvedColumn: Sendable {
  package enum Kind: Sendable {
    /// Of a list of subaccounts.
    case attribute(ResolvedAttribute)
    /// Of a list of subaccounts: true or false.
    case permission(PermissionNumber)
    /// Of a list of subaccounts: all that are on, a list in json and how many elsewhere.
    case permissions
    /// A field that the report itself has, by its place in `ReportFields`.
    case field(Int)
  }

  /// What heads it: an attribute's own name, a permission's canonical name, or the field's name.
  package let name: Text
  package let kind: Kind
  package let place: Place

  package init(name: Text, kind: Kind, place: Place) {
    self.name = name
    self.kind = kind
    self.place = place
  }
}

package struct ResolvedSortKey: Sendable {
  package let column: ResolvedColumn
  package let descending: Bool

  package init(column: ResolvedColumn, descending: Bool) {
    self.column = column
    self.descending = descending
  }
}

/// `count …`: with `by`, one row for each group.
package struct ResolvedCount: Sendable {
  package enum Grouping: Sendable {
    case attribute(ResolvedAttribute, name: Text)
    case permission
  }

  package let selection: ResolvedSelection
  package let grouping: Grouping?
  /// Nil: now.
  package let asOf: ResolvedMoment?

  package init(
    selection: ResolvedSelection, grouping: Grouping?, asOf: ResolvedMoment? = nil
  ) {
    self.selection = selection
    self.grouping = grouping
    self.asOf = asOf
  }
}

/// `chart …`.
package enum ResolvedChart: Sendable {
  /// Nil: now, and all of the selection are one group.
  case permissions(by: ResolvedAttribute?, of: ResolvedSelection, asOf: ResolvedMoment?)
  /// Nil: all changes.
  case changes(by: ChartStatement.ChangeGrouping, since: ResolvedMoment?)
}

/// A stored policy, ready to be judged: it holds where nobody is selected.
package struct ResolvedPolicy: Sendable {
  package let name: Text
  package let selection: ResolvedSelection
  /// The stored text that the selection's places point into.
  package let source: SourceText
  /// Its `because`.
  package let reason: Text?

  package init(name: Text, selection: ResolvedSelection, source: SourceText, reason: Text?) {
    self.name = name
    self.selection = selection
    self.source = source
    self.reason = reason
  }
}

/// The fields of the reports that are not lists of subaccounts, in their order.
///
/// The resolver checks `columns` and `sort by` against them, and the queries build them.
package enum ReportFields {
  package static let permissions: [Text] = [
    "permission", "area", "label", "api_field", "flags", "have", "lack",
  ]
  /// The last three are shown only where they are named.
  package static let profiles: [Text] = [
    "profile", "count", "permissions", "share", "covered", "example",
  ]
  package static let outliers: [Text] = ["id", "name", "group", "permission", "has", "share"]
  /// The last four are shown only where they are named.
  package static let changes: [Text] = [
    "change", "time", "actor", "statement", "because", "subaccounts", "gained", "lost", "script",
    "line", "user", "host",
  ]
  package static let differences: [Text] = ["id", "name", "gained", "lost"]
  package static let why: [Text] = [
    "id", "name", "permission", "has", "since", "change", "actor", "statement", "because",
    "inherited_from", "earlier", "origin", "script", "line",
  ]
  package static let change: [Text] = ["id", "name", "gained", "lost", "other"]
  package static let attributes: [Text] = ["attribute", "type", "set", "distinct"]
  package static let definitions: [Text] = ["definition", "kind", "text"]
  package static let policies: [Text] = ["policy", "text", "because"]
  package static let check: [Text] = ["policy", "holds", "violators", "because"]
}
