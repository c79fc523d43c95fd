package import Diagnostics

/// CONDITION: true or false of every subaccount.
///
/// `and` and `or` hold any number of operands, so that a hundred thousand terms make a wide tree and
/// not a deep one.
package indirect enum Condition: Hashable, Sendable {
  /// Two or more.
  case or([Condition])
  /// Two or more.
  case and([Condition])
  case not(Condition, place: Place)
  case permissions(PermissionTest)
  case attribute(AttributeTest)
}

/// An attribute's name as written, in backquotes or not.
package typealias AttributeName = Placed<Text>

package struct AttributeTest: Hashable, Sendable {
  package enum Operation: Hashable, Sendable {
    case compare(Comparison, Value)
    /// `~` and `!~`.
    case matches(Value, negated: Bool)
    case isIn([Value], negated: Bool)
    case between(Value, Value)
    case isSet(negated: Bool)
    case within(Placed<Double>, TimeUnit)
  }

  package let attribute: AttributeName
  package let operation: Operation
  package let place: Place

  package init(attribute: AttributeName, operation: Operation, place: Place) {
    self.attribute = attribute
    self.operation = operation
    self.place = place
  }
}

package enum Comparison: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

package enum TimeUnit: String, Hashable, Sendable, CaseIterable {
  case minutes
  case hours
  case days
  case weeks

  package var milliseconds: Int64 {
    switch self {
    case .minutes: 60_000
    case .hours: 3_600_000
    case .days: 86_400_000
    case .weeks: 604_800_000
    }
  }
}

/// VALUE: what an attribute is compared with or set to.
package struct Value: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case text(Text)
    /// Whole numbers to 2^53 either way are exact; the lexer refuses what is not finite or beyond.
    case number(Double)
    case time(TimeExpression)
    case boolean(Bool)
    case unlimited
    /// Without its `$`.
    case variable(Text)
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}

/// TIME: a moment, written outright or relative to the run or to a change.
package enum TimeExpression: Hashable, Sendable {
  /// Milliseconds since 1970-01-01T00:00Z. `isDateOnly` keeps `2026-11-01` as it was written.
  case moment(milliseconds: Int64, isDateOnly: Bool)
  case now
  case today
  case yesterday
  case ago(Double, TimeUnit)
  /// Just after that change; 0 is the empty agency.
  case change(Int)
}

/// A time, where a statement takes only a time.
package typealias PlacedTime = Placed<TimeExpression>
