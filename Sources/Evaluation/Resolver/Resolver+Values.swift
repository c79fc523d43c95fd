import Diagnostics
import Language
import Storage

extension Resolver {
  mutating func values(_ list: [Value]) -> [ResolvedValue]? {
    all(list) { $0.value($1) }
  }

  /// VALUE with its variable or its relative time worked out.
  mutating func value(_ value: Value) -> ResolvedValue? {
    switch value.kind {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .boolean(let truth): .boolean(truth)
    case .unlimited: .unlimited
    case .time(let time): self.time(time, at: value.place).map { .time($0) }
    case .variable(let name): self.value(variable: name, at: value.place)
    }
  }

  private mutating func value(variable name: Text, at place: Place) -> ResolvedValue? {
    switch variable(name) {
    case .value(let value): return value
    case let other?:
      report(
        ResolverProblem.wrongKind(variable: name, holds: other.holds, wanted: "a value"),
        at: place)
      return nil
    case nil: break
    }
    if let definition = scope.definitions[name] {
      let holds = definition.kind == .permissions ? "permissions" : "subaccounts"
      report(
        ResolverProblem.wrongKind(variable: name, holds: holds, wanted: "a value"), at: place)
      return nil
    }
    return unknownVariable(name, at: place)
  }

  /// TIME in milliseconds since 1970-01-01T00:00Z.
  mutating func time(_ time: TimeExpression, at place: Place) -> Int64? {
    let day: Int64 = 86_400_000
    let midnight = now - ((now % day) + day) % day
    switch time {
    case .moment(let milliseconds, _): return milliseconds
    case .now: return now
    case .today: return midnight
    case .yesterday: return midnight - day
    case .ago(let amount, let unit): return self.time(before: amount, unit, at: place)
    case .change(0): return Int64.min
    case .change(let number):
      if let moment = timeOfChange(number) { return moment }
      if isChecking { return now }
      report(ResolverProblem.unknownChange(number), at: place)
      return nil
    }
  }

  /// TIME as a moment of the agency: a change's number says which of a transaction's changes is meant,
  /// which its time does not.
  mutating func moment(_ time: PlacedTime) -> ResolvedMoment? {
    guard case .change(let number) = time.value else {
      return self.time(time.value, at: time.place).map { .time($0) }
    }
    guard number == 0 || isChecking || timeOfChange(number) != nil else {
      report(ResolverProblem.unknownChange(number), at: time.place)
      return nil
    }
    return .change(number)
  }

  /// The moments that are written; nil where one of them is none.
  mutating func moments(_ times: [PlacedTime?]) -> [ResolvedMoment?]? {
    let moments = times.map { time in time.map { moment($0) } }
    return moments.contains { $0 == .some(nil) } ? nil : moments.map { $0 ?? nil }
  }

  /// The moment that was `amount` units ago.
  mutating func time(before amount: Double, _ unit: TimeUnit, at place: Place) -> Int64? {
    let moment = Double(now) - amount * Double(unit.milliseconds)
    guard let exact = Int64(exactly: moment.rounded()) else {
      report(ResolverProblem.timeOutOfRange, at: place)
      return nil
    }
    return exact
  }

  /// A value as an attribute of that type holds it: like goes with like.
  ///
  /// A number may be compared with `unlimited`, which `allowsUnlimited` says, but not become it.
  mutating func typed(
    _ value: Value, as type: AttributeType, attribute: Text, allowsUnlimited: Bool
  ) -> AttributeValue? {
    guard let resolved = self.value(value) else { return nil }
    switch (type, resolved) {
    case (.text, .text(let text)), (.text, .loose(let text)): return .text(text)
    case (.number, .number(let number)), (.quota, .number(let number)): return .number(number)
    case (.quota, .unlimited): return .number(.infinity)
    case (.number, .unlimited) where allowsUnlimited: return .number(.infinity)
    case (.boolean, .boolean(let truth)): return .boolean(truth)
    case (.time, .time(let moment)): return .time(moment)
    case (_, .loose(let text)):
      return typed(loose: text, as: type, attribute: attribute, value: value)
    default:
      report(
        ResolverProblem.mismatch(
          attribute: attribute, is: type.kindName, value: resolved.kindName),
        at: value.place)
      return nil
    }
  }

  /// Text from the command line, read as what is wanted here.
  private mutating func typed(
    loose text: Text, as type: AttributeType, attribute: Text, value: Value
  ) -> AttributeValue? {
    switch (type, LooseValue(text)) {
    case (.number, .number(let number)?), (.quota, .number(let number)?): return .number(number)
    case (.quota, .unlimited?): return .number(.infinity)
    case (.boolean, .boolean(let truth)?): return .boolean(truth)
    case (.time, .time(let time)?): return self.time(time, at: value.place).map { .time($0) }
    default: break
    }
    if case .variable(let name) = value.kind, type == .number || type == .quota {
      report(ResolverProblem.notNumber(text, variable: name), at: value.place)
    } else {
      report(
        ResolverProblem.mismatch(attribute: attribute, is: type.kindName, value: "'\(text)'"),
        at: value.place)
    }
    return nil
  }
}

extension AttributeType {
  /// For messages.
  var kindName: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .quota: "a number or unlimited"
    case .boolean: "true or false"
    case .time: "a time"
    }
  }
}
