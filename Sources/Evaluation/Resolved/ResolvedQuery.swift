package import Diagnostics
package import Language
package import Permissions
package import Storage

/// A question with every name looked up but those of subaccounts, which are looked up when it runs.
///
/// A nil selection means every subaccount.
package enum ResolvedQuery: Sendable {
  case subaccounts(ResolvedSelection?, ResolvedListing)
  /// `show "Acme Dental"`
  case card(ResolvedReference)
  case permissions(PermissionSet?, of: ResolvedSelection?, ResolvedFields)
  /// Nil permissions: the whole catalogue.
  case matrix(PermissionSet?, of: ResolvedSelection?, ResolvedListing)
  case attributes(ResolvedFields)
  case definitions(ResolvedFields)
  case policies(ResolvedFields)
  case store
  case count(ResolvedSelection?, by: ResolvedGrouping?)
  /// The policies to check, in the order in which they were defined.
  case check([ResolvedPolicy])
  /// Nil: the overview.
  case help(HelpTopic?)
}

/// How a listing of subaccounts is laid out.
package struct ResolvedListing: Sendable {
  package struct SortKey: Sendable {
    package let column: ResolvedColumn
    package let descending: Bool

    package init(column: ResolvedColumn, descending: Bool) {
      self.column = column
      self.descending = descending
    }
  }

  /// Nil: the statement's own columns.
  package let columns: [ResolvedColumn]?
  package let sort: [SortKey]
  package let limit: Int?

  package static let standard = ResolvedListing(columns: nil, sort: [], limit: nil)

  package init(columns: [ResolvedColumn]?, sort: [SortKey], limit: Int?) {
    self.columns = columns
    self.sort = sort
    self.limit = limit
  }
}

/// A column of a listing of subaccounts, or what it is sorted by.
package enum ResolvedColumn: Hashable, Sendable {
  case attribute(ResolvedAttribute)
  case permission(PermissionNumber)
  /// All of them: a list in json, how many elsewhere.
  case permissions
}

/// How the rows of a query whose fields are fixed are laid out.
///
/// Fields are numbers into `QueryFields`, the one table of what each query answers.
package struct ResolvedFields: Sendable {
  package struct SortKey: Hashable, Sendable {
    package let field: Int
    package let descending: Bool

    package init(field: Int, descending: Bool) {
      self.field = field
      self.descending = descending
    }
  }

  /// Nil: all of them.
  package let fields: [Int]?
  package let sort: [SortKey]
  package let limit: Int?

  package static let standard = ResolvedFields(fields: nil, sort: [], limit: nil)

  package init(fields: [Int]?, sort: [SortKey], limit: Int?) {
    self.fields = fields
    self.sort = sort
    self.limit = limit
  }
}

/// What `count … by` counts apart.
package enum ResolvedGrouping: Sendable {
  case attribute(ResolvedAttribute)
  case permission
}

/// A stored policy: no subaccount may be of its selection.
package struct ResolvedPolicy: Sendable {
  package let name: Text
  package let selection: ResolvedSelection
  package let reason: Text?

  package init(name: Text, selection: ResolvedSelection, reason: Text?) {
    self.name = name
    self.selection = selection
    self.reason = reason
  }
}
