package import Diagnostics

/// An attribute's place among the table's attributes: in order of first use, from 0.
package struct AttributeNumber: Hashable, Sendable {
  package let value: Int

  package init(_ value: Int) {
    self.value = value
  }
}

/// What an attribute's values are; fixed by the first one.
package enum AttributeType: UInt8, Hashable, Sendable, CaseIterable {
  case text = 0
  case number = 1
  /// A number or `unlimited`, which is greater than every number and stored as infinity.
  case quota = 2
  case boolean = 3
  case time = 4
}

package struct AttributeDefinition: Hashable, Sendable {
  package let name: Text
  package let type: AttributeType

  package init(name: Text, type: AttributeType) {
    self.name = name
    self.type = type
  }

  /// The attributes that every agency has, in the order that files list them.
  package static let standard = [
    AttributeDefinition(name: "email", type: .text),
    AttributeDefinition(name: "concurrency", type: .number),
    AttributeDefinition(name: "max_agents", type: .quota),
    AttributeDefinition(name: "max_minutes", type: .quota),
    AttributeDefinition(name: "max_workflow_runs", type: .quota),
    AttributeDefinition(name: "minutes_used", type: .number),
  ]
}

/// One attribute of one subaccount; unset is nil of this.
package enum AttributeValue: Hashable, Sendable {
  case text(Text)
  /// Finite, or infinity for `unlimited`.
  case number(Double)
  case boolean(Bool)
  /// Milliseconds since 1970-01-01T00:00Z.
  case time(Int64)
}
