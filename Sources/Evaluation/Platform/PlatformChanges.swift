package import Diagnostics
package import Permissions
package import Storage

/// The agency at two moments: what the platform was told, and what it is to be told.
package struct PlatformChanges: Sendable {
  package let before: Table
  package let after: Table
  /// Among the rows of both moments, all that some change in between has touched; maybe others.
  package let touched: RowSet

  package init(before: Table, after: Table, touched: RowSet) {
    self.before = before
    self.after = after
    self.touched = touched
  }

  /// Those who are gone: in order of creation.
  package var deleted: RowSet { before.live.subtracting(after.live) }

  /// Those who were not there: in order of creation.
  package var created: RowSet { after.live.subtracting(before.live) }

  /// Those who were there and still are, and may have changed.
  package var kept: RowSet {
    touched.intersection(before.live).intersection(after.live)
  }

  /// Whether a row had a permission before; one that is new in the catalogue nobody had.
  package func had(_ permission: PermissionNumber, _ row: Row) -> Bool {
    permission.value < before.catalog.count && before.has(permission, row)
  }

  /// The attribute's value before and after; nil where it was or is not set.
  package func values(
    of name: Text, in row: Row
  ) -> (before: AttributeValue?, after: AttributeValue?) {
    (before.value(ofAttribute: name, in: row), after.value(ofAttribute: name, in: row))
  }
}

extension Table {
  package func value(ofAttribute name: Text, in row: Row) -> AttributeValue? {
    attribute(named: name).flatMap { value(of: $0, in: row) }
  }

  /// The text attribute in which an agency notes the id that the platform gave a subaccount which
  /// was made in the store.
  package static let platformID: Text = "platform_id"

  /// What the platform calls a subaccount: its own id, unless another is noted.
  package func platformID(of row: Row) -> Text {
    if case .text(let noted)? = value(ofAttribute: Table.platformID, in: row), !noted.isEmpty {
      return noted
    }
    return id(of: row)
  }
}

/// How many calls a file of requests has, and how many notes of what no call can do.
package struct CallCounts: Hashable, Sendable {
  package var deletions = 0
  package var updates = 0
  package var creations = 0
  package var notes = 0

  package init() {}

  package var all: Int { deletions + updates + creations }
}

extension EvaluationContext {
  /// What is different between two moments, whatever happened in between.
  func platformChanges(
    since: ResolvedMoment, until: ResolvedMoment?
  ) throws(Diagnostic) -> PlatformChanges {
    let first = try change(at: since)
    let later = try looking(at: until)
    let last = later.lastChange
    guard first < last else {
      return PlatformChanges(before: later.table, after: later.table, touched: RowSet())
    }
    return try reading { () throws(StoreProblem) in
      var touched = RowSet()
      try store.forEachTouch(after: first) { effects, _ in
        touched.formUnion(effects.touchedBefore)
      }
      return PlatformChanges(
        before: try store.table(asOf: first), after: later.table, touched: touched)
    }
  }
}
