package import Diagnostics

/// Where a node of the tree stands in its source.
///
/// Two trees are the same wherever they stand, so places always compare equal: that is what lets a
/// test say that printing and parsing again gives the same tree.
package struct Place: Sendable {
  package let range: SourceRange

  package init(_ range: SourceRange) {
    self.range = range
  }

  package init(_ lower: Int, _ upper: Int) {
    range = SourceRange(lower, upper)
  }
}

extension Place: Hashable {
  package static func == (left: Place, right: Place) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}

/// A value and where it is written.
package struct Placed<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  package let place: Place

  package init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}
