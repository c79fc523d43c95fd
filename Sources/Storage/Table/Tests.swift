package import Diagnostics
package import Permissions

/// How two values that can be ordered are compared; `!=` is the complement of `equal`.
package enum Order: Hashable, Sendable {
  case less
  case lessOrEqual
  case equal
  case greaterOrEqual
  case greater

  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .equal: left == right
    case .greaterOrEqual: left >= right
    case .greater: left > right
    }
  }
}

package enum TextTest: Sendable {
  case equals(Text)
  case glob(Glob)
  /// By Unicode scalars.
  case compare(Order, Text)
  case isIn([Text])
  /// Both ends included.
  case between(Text, Text)
}

package enum NumberTest: Sendable {
  case compare(Order, Double)
  case isIn(Set<Double>)
  /// Both ends included.
  case between(Double, Double)

  package func holds(for value: Double) -> Bool {
    switch self {
    case .compare(let order, let other): order.holds(value, other)
    case .isIn(let others): others.contains(value)
    case .between(let low, let high): low <= value && value <= high
    }
  }
}

/// Times in milliseconds since 1970-01-01T00:00Z.
package enum TimeTest: Sendable {
  case compare(Order, Int64)
  case isIn(Set<Int64>)
  /// Both ends included.
  case between(Int64, Int64)

  package func holds(for value: Int64) -> Bool {
    switch self {
    case .compare(let order, let other): order.holds(value, other)
    case .isIn(let others): others.contains(value)
    case .between(let low, let high): low <= value && value <= high
    }
  }
}

/// A test of an attribute's value; it never holds for an unset one.
package enum ValueTest: Sendable {
  case text(TextTest)
  case number(NumberTest)
  case boolean(Bool)
  case time(TimeTest)
  case isSet
}

/// What a listing is ordered by.
package struct SortKey: Sendable {
  package enum Field: Sendable {
    case id
    case name
    case created
    case permissionCount
    case permission(PermissionNumber)
    case attribute(AttributeNumber)
    case protected
    /// A number for each row of the table, such as that of its last change.
    case rank([UInt32])
  }

  package let field: Field
  package let isDescending: Bool

  package init(_ field: Field, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}
