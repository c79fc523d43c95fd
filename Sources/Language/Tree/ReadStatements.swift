package import Diagnostics

/// What comes after a list's subject: all parts optional, `as of` last.
package struct ListOptions: Hashable, Sendable {
  package struct SortKey: Hashable, Sendable {
    package let column: ColumnName
    package let descending: Bool

    package init(column: ColumnName, descending: Bool) {
      self.column = column
      self.descending = descending
    }
  }

  /// Nil: the statement's own columns.
  package let columns: [ColumnName]?
  package let sort: [SortKey]
  package let limit: Placed<Int>?
  package let asOf: PlacedTime?

  package static let none = ListOptions()

  package init(
    columns: [ColumnName]? = nil, sort: [SortKey] = [], limit: Placed<Int>? = nil,
    asOf: PlacedTime? = nil
  ) {
    self.columns = columns
    self.sort = sort
    self.limit = limit
    self.asOf = asOf
  }
}

/// A column as written: an attribute, or a permission, which becomes a true/false column.
package struct ColumnName: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `plan`, `outbound`, `` `limit` ``
    case bare(Text)
    /// `agent_types.outbound`
    case canonical(area: Text, field: Text)
    /// `"Knowledge Base"`
    case label(Text)
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}

package struct ShowStatement: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case subaccounts(Selection?)
    /// `show "Acme Dental"`: its card.
    case card(Reference)
    case permissions(PermissionList?, of: Selection?)
    case matrix(PermissionList?, of: Selection?)
    case profiles(of: Selection?)
    case outliers(of: Selection?, by: AttributeName?)
    case changes(ChangeFilter)
    case change(Placed<Int>)
    case differences(since: PlacedTime, until: PlacedTime?, of: Selection?)
    case attributes
    case definitions
    case policies
    case store
  }

  package let subject: Subject
  package let options: ListOptions

  package init(subject: Subject, options: ListOptions) {
    self.subject = subject
    self.options = options
  }
}

/// Which changes `show changes` lists; its `limit` is in the list options.
package struct ChangeFilter: Hashable, Sendable {
  package let subaccounts: Selection?
  package let permissions: PermissionList?
  package let actor: Placed<Text>?
  package let since: PlacedTime?
  package let until: PlacedTime?

  package init(
    subaccounts: Selection?, permissions: PermissionList?, actor: Placed<Text>?,
    since: PlacedTime?, until: PlacedTime?
  ) {
    self.subaccounts = subaccounts
    self.permissions = permissions
    self.actor = actor
    self.since = since
    self.until = until
  }
}

/// `count [subaccounts] [WHO] [by ATTR | by permission]`.
package struct CountStatement: Hashable, Sendable {
  package enum Grouping: Hashable, Sendable {
    case attribute(AttributeName)
    case permission
  }

  package let selection: Selection?
  package let grouping: Grouping?
  package let asOf: PlacedTime?

  package init(selection: Selection?, grouping: Grouping?, asOf: PlacedTime?) {
    self.selection = selection
    self.grouping = grouping
    self.asOf = asOf
  }
}

package enum CompareStatement: Hashable, Sendable {
  package struct Operand: Hashable, Sendable {
    package let reference: Reference
    package let asOf: PlacedTime?

    package init(reference: Reference, asOf: PlacedTime?) {
      self.reference = reference
      self.asOf = asOf
    }
  }

  case subaccounts(Operand, Operand)
  /// `compare store with "response.json"`
  case store(file: Placed<Text>)
}

/// `why REF (has | lacks) PERM`.
package struct WhyStatement: Hashable, Sendable {
  package let reference: Reference
  /// `.having` for `has`, `.lacking` for `lacks`.
  package let verb: PermissionTest.Verb
  package let permission: PermissionName
  package let asOf: PlacedTime?

  package init(
    reference: Reference, verb: PermissionTest.Verb, permission: PermissionName, asOf: PlacedTime?
  ) {
    self.reference = reference
    self.verb = verb
    self.permission = permission
    self.asOf = asOf
  }
}

package enum ChartStatement: Hashable, Sendable {
  package enum ChangeGrouping: String, Hashable, Sendable, CaseIterable {
    case day
    case week
    case actor
  }

  case permissions(by: AttributeName?, of: Selection?, asOf: PlacedTime?)
  case changes(by: ChangeGrouping?, since: PlacedTime?)
}

package enum ExportStatement: Hashable, Sendable {
  case subaccounts(SubaccountsExport)
  /// `export requests since TIME [until TIME] to "file"`
  case requests(since: PlacedTime, until: PlacedTime?, file: Placed<Text>)
  /// `export report to "agency.html"`
  case report(file: Placed<Text>, asOf: PlacedTime?)
}

/// `export [WHO] to "file" [as csv | json | jsonl] [spreadsheet safe] [as of TIME]`.
package struct SubaccountsExport: Hashable, Sendable {
  package let selection: Selection?
  package let file: Placed<Text>
  package let format: FileFormat?
  package let isSpreadsheetSafe: Bool
  package let asOf: PlacedTime?

  package init(
    selection: Selection?, file: Placed<Text>, format: FileFormat?, isSpreadsheetSafe: Bool,
    asOf: PlacedTime?
  ) {
    self.selection = selection
    self.file = file
    self.format = format
    self.isSpreadsheetSafe = isSpreadsheetSafe
    self.asOf = asOf
  }
}

/// What a file of subaccounts is written in.
package enum FileFormat: String, Hashable, Sendable, CaseIterable {
  case csv
  case json
  case jsonl
}
