package import Diagnostics

/// What, besides keywords, the parser looks for at the end of its input.
package enum Slot: Hashable, Sendable {
  case permission
  /// A name, an id, a variable or a saved selection.
  case reference
  case attribute
  case column
  /// A sign or a word that compares an attribute.
  case comparison
  /// A value, of an attribute where one is being compared or set.
  case value(of: Text?)
  /// A pattern over an attribute's values.
  case pattern(of: Text)
  /// The name of a saved set.
  case definition
  case policy
  case file
  case topic
  /// The area of a permission that is being made.
  case area
}

extension Parser {
  /// Notes what would be right here, where the input ends.
  @inline(__always)
  mutating func look(for slot: Slot) {
    if token.kind == .endOfInput { noteSlot(slot) }
  }

  private mutating func noteSlot(_ slot: Slot) {
    if !slots.contains(slot) { slots.append(slot) }
    if case .value = slot { _ = atValue() }
  }
}
