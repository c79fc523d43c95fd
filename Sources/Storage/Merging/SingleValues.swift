import Diagnostics

extension ValueTest {
  /// Tests one value, where a walk over a column would cost more; an unset one never passes.
  package func holds(for value: AttributeValue?) -> Bool {
    switch (self, value) {
    case (_, nil): false
    case (.isSet, _): true
    case (.text(let test), .text(let text)): test.holds(for: text.string.utf8.span)
    case (.number(let test), .number(let number)): test.holds(for: number)
    case (.boolean(let wanted), .boolean(let flag)): wanted == flag
    case (.time(let test), .time(let time)): test.holds(for: time)
    default: false
    }
  }
}
