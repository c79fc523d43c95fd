import Diagnostics
import Storage

/// What the values of a column are, judged by all of them.
///
/// A type is chosen only where nothing is lost by it: every value, written again, means the same.
/// So digits with a leading zero and whole numbers beyond 2^53 are text, as are times finer than a
/// millisecond.
struct TypeGuess {
  private let acceptsAnyNumber: Bool
  private var canBeNumber = true
  private var canBeBoolean = true
  private var canBeTime = true
  private var hasUnlimited = false

  /// - Parameter acceptsAnyNumber: the file says itself which of its values are numbers.
  init(acceptsAnyNumber: Bool) {
    self.acceptsAnyNumber = acceptsAnyNumber
  }

  /// Whether a further value can still matter.
  var isOpen: Bool { canBeNumber || canBeBoolean || canBeTime }

  mutating func consider(_ value: Span<UInt8>) {
    if canBeNumber && TypeGuess.number(value, acceptsAnyNumber) == nil {
      if value.isWord("unlimited") { hasUnlimited = true } else { canBeNumber = false }
    }
    if canBeBoolean && FlagText.readWord(value) == nil { canBeBoolean = false }
    if canBeTime && TypeGuess.time(value) == nil { canBeTime = false }
  }

  /// What fits every value that was considered.
  var type: AttributeType {
    if canBeNumber { return hasUnlimited ? .quota : .number }
    if canBeBoolean { return .boolean }
    return canBeTime ? .time : .text
  }

  /// A value that was considered, as the type that was chosen.
  func value(of bytes: Span<UInt8>, as type: AttributeType) -> AttributeValue? {
    switch type {
    case .number, .quota:
      bytes.isWord("unlimited")
        ? .number(.infinity) : TypeGuess.number(bytes, acceptsAnyNumber).map { .number($0) }
    case .boolean: FlagText.readWord(bytes).map { .boolean($0) }
    case .time: TypeGuess.time(bytes).map { .time($0) }
    case .text: nil
    }
  }

  /// Whether a text, written as it is, would be read as something else: a writer has to mark it.
  static func looksTyped(_ value: Span<UInt8>) -> Bool {
    number(value, false) != nil || FlagText.readWord(value) != nil || time(value) != nil
      || value.isWord("unlimited")
  }

  private static func number(_ value: Span<UInt8>, _ acceptsAny: Bool) -> Double? {
    NumberText.readCautiously(value, anyExponent: acceptsAny)
  }

  /// A time to the millisecond.
  static func time(_ value: Span<UInt8>) -> Int64? {
    guard let time = Moment.parse(value), !time.precision.contains(.truncated) else { return nil }
    return time.moment.milliseconds
  }
}

extension AttributeType {
  /// What to call it in a note.
  var word: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .quota: "number or unlimited"
    case .boolean: "true/false"
    case .time: "time"
    }
  }
}
