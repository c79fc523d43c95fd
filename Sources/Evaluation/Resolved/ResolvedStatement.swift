package import Diagnostics
package import Language
package import Permissions

/// A statement with every name looked up but those of subaccounts.
///
/// Blocks stay trees: a statement inside one is resolved when its turn comes, against what the
/// statements before it have made.
package struct ResolvedStatement: Sendable {
  package enum Kind: Sendable {
    case show(ResolvedShow)
    case count(ResolvedCount)
    case compare(ResolvedComparison)
    case why(ResolvedWhy)
    case chart(ResolvedChart)
    /// The policies to judge: one, or all of the store.
    case check([ResolvedPolicy])
    case help(topic: Placed<Text>?)
    case write(ResolvedWrite)
    case preview(ResolvedWrite)
    case previewBlock([Statement])
    case begin
    case commit
    case rollback
    case letBinding(name: Placed<Text>, ResolvedLet)
    case assert(ResolvedAssertion, message: Placed<Text>?)
    case conditional(ResolvedAssertion, then: [Statement], otherwise: [Statement]?)
    case run(file: Placed<Text>, arguments: [ResolvedValue])
    case print([ResolvedValue])
    case export(ResolvedExport)
    case exportReport(file: Placed<Text>, asOf: ResolvedMoment?)
    case exportRequests(ResolvedRequests)
    /// `compare store with "FILE"`
    case compareStore(file: Placed<Text>)
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}

/// VALUE with variables and times worked out.
package enum ResolvedValue: Hashable, Sendable {
  case text(Text)
  /// Finite.
  case number(Double)
  case boolean(Bool)
  /// Milliseconds since 1970-01-01T00:00Z.
  case time(Int64)
  case unlimited
  /// From the command line: text, taken as a number or a time where one is wanted.
  case loose(Text)
}

package enum ResolvedLet: Sendable {
  case subaccounts(ResolvedSelection)
  case permissions(PermissionSet)
  case value(ResolvedValue)
  case count(ResolvedSelection)
}

package enum ResolvedAssertion: Sendable {
  package enum Quantity: Sendable {
    case exactly(Int)
    case atLeast(Int)
    case atMost(Int)
  }

  case quantity(Quantity, of: ResolvedSelection, as: Assertion)
  /// Holds where nobody of the selection fails the test.
  case all(ResolvedSelection, ResolvedPermissionTest, as: Assertion)
}

/// An `export [WHO] to "file"`.
package struct ResolvedExport: Sendable {
  package let selection: ResolvedSelection
  package let file: Placed<Text>
  package let format: FileFormat?
  package let isSpreadsheetSafe: Bool
  /// Nil: now.
  package let asOf: ResolvedMoment?

  package init(
    selection: ResolvedSelection, file: Placed<Text>, format: FileFormat?,
    isSpreadsheetSafe: Bool, asOf: ResolvedMoment?
  ) {
    self.selection = selection
    self.file = file
    self.format = format
    self.isSpreadsheetSafe = isSpreadsheetSafe
    self.asOf = asOf
  }
}

/// `export requests since TIME [until TIME] to "file"`.
package struct ResolvedRequests: Sendable {
  /// The moment at which the platform was as the store.
  package let since: ResolvedMoment
  /// Nil: now.
  package let until: ResolvedMoment?
  package let file: Placed<Text>

  package init(since: ResolvedMoment, until: ResolvedMoment?, file: Placed<Text>) {
    self.since = since
    self.until = until
    self.file = file
  }
}
