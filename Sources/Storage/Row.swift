/// A subaccount's place in the table: in order of creation, from 0, never renumbered or reused.
package struct Row: Hashable, Comparable, Sendable {
  package let number: UInt32

  package init(_ number: UInt32) {
    self.number = number
  }

  /// The same as an index into a column.
  package var index: Int { Int(number) }

  package static func < (left: Row, right: Row) -> Bool {
    left.number < right.number
  }
}
