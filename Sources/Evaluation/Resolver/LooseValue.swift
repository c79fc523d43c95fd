import Diagnostics
import Language

/// Text from the command line, read as the language would read it.
enum LooseValue {
  case number(Double)
  case time(TimeExpression)
  case boolean(Bool)
  case unlimited

  /// Nil where it is neither a number, a time, true, false nor unlimited.
  init?(_ text: Text) {
    guard let value = try? Parser.parseValue(SourceText(text.string)) else { return nil }
    switch value.kind {
    case .number(let number): self = .number(number)
    case .time(let time): self = .time(time)
    case .boolean(let truth): self = .boolean(truth)
    case .unlimited: self = .unlimited
    case .text, .variable: return nil
    }
  }
}
