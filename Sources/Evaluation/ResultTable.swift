package import Diagnostics
package import Permissions
package import Storage

/// The rows of a query, column by column.
///
/// A column either holds its values or reads them from the table when a formatter asks, so that half
/// a million rows are never built before they are written.
package struct ResultTable: Sendable {
  /// What a person is best shown.
  package enum Presentation: Equatable, Sendable {
    case list
    /// One subaccount or one answer: names beside values.
    case card
    /// The footer alone, which says it all.
    case sentence
    /// Subaccounts by permissions, as check marks.
    case matrix
    /// The heading says it all.
    case answer
    /// A bar for each row: the first columns name it, and one tells how long it is.
    case bars(labels: Int, length: Int)
    /// Counts of days or weeks, which the first column names by their first days.
    ///
    /// Those without any are not among the rows.
    case timeline(Span, count: Int)
  }

  /// How much time a row of a timeline stands for.
  package enum Span: Int, Sendable {
    case day = 1
    case week = 7

    /// In days.
    package var days: Int { rawValue }
  }

  package struct Column: Sendable {
    package let name: Text
    package let kind: Kind
    package let audience: Audience
    package let cells: Cells

    package init(name: Text, kind: Kind, audience: Audience = .all, cells: Cells) {
      self.name = name
      self.kind = kind
      self.audience = audience
      self.cells = cells
    }
  }

  package enum Kind: Sendable {
    case text
    case integer
    case number
    /// From 0 to 1: a percentage for people.
    case share
    case boolean
    case time
    case list
    case flags
  }

  /// Which formats a column is for.
  package enum Audience: Sendable {
    case all
    /// json and jsonl only.
    case objects
    /// Every format but json and jsonl.
    case flat
    /// Nobody: it is there to be sorted by.
    case none
  }

  package enum Cells: Sendable {
    case values([ResultValue])
    case ids([Row])
    case names([Row])
    case created([Row])
    case attribute(AttributeNumber, [Row])
    case permission(PermissionNumber, [Row])
    case permissionCount([Row])
    /// Canonical names of the permissions that are on.
    case permissions([Row])
    case protected([Row])
    /// Few different values and, for each row, which one: such as who changed it last.
    case coded([UInt32], values: [ResultValue])
    /// Made from a row's number when it is written.
    case computed(@Sendable (Int) -> ResultValue)
  }

  package let columns: [Column]
  package let rowCount: Int
  /// Exactly one row, written as one object instead of an array.
  package let isSingleObject: Bool
  package let presentation: Presentation
  /// A footer for people, such as `37 of 2,104 subaccounts`; nil for the plain row count.
  package let footer: String?
  /// For people, above the rows: what they are about; nil where the columns say it.
  package let heading: String?
  /// What the columns read from.
  package let table: Table

  package init(
    columns: [Column], rowCount: Int, isSingleObject: Bool = false,
    presentation: Presentation = .list, heading: String? = nil, footer: String? = nil,
    table: Table
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.isSingleObject = isSingleObject
    self.presentation = presentation
    self.heading = heading
    self.footer = footer
    self.table = table
  }
}

/// One cell of a result.
package enum ResultValue: Hashable, Sendable {
  /// Unset, or not known.
  case null
  case text(Text)
  case integer(Int)
  /// Finite.
  case number(Double)
  case unlimited
  case boolean(Bool)
  /// Milliseconds since 1970-01-01T00:00Z.
  case time(Int64)
  case list([Text])
  /// Names and whether each is on, in order.
  case flags([Flag])

  package struct Flag: Hashable, Sendable {
    package let name: Text
    package let isOn: Bool

    package init(name: Text, isOn: Bool) {
      self.name = name
      self.isOn = isOn
    }
  }
}
