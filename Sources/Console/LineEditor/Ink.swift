/// How a part of the line that is being typed looks.
package enum Ink: Sendable, Hashable {
  case plain
  case prompt
  case keyword
  case permission
  case attribute
  case text
  case number
  case variable
  case comment
  /// Unknown, or where it can't stand.
  case bad
  /// Not typed yet: suggestions and hints.
  case ghost
  case selected

  /// What an escape sequence says of it; nil for none.
  var code: String? {
    switch self {
    case .plain, .attribute: nil
    case .prompt: "1"
    case .keyword: "1;34"
    case .permission: "36"
    case .text: "32"
    case .number: "35"
    case .variable: "33"
    case .comment, .ghost: "2"
    case .bad: "4;31"
    case .selected: "7"
    }
  }
}

/// Text in one ink.
package struct InkedText: Equatable, Sendable {
  package var text: String
  package var ink: Ink

  package init(_ text: String, _ ink: Ink = .plain) {
    self.text = text
    self.ink = ink
  }
}
