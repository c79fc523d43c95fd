package import Diagnostics
package import Storage

/// A name that nothing has, or a value that does not fit: found before anything runs.
package enum ResolverProblem: Problem, Equatable {
  case unknownPermission(Text, nearest: Text?)
  /// An area's name where a permission's is wanted.
  case areaWithoutStar(Text)
  case ambiguousPermission(Text, candidates: [Text])
  case unknownArea(Text, nearest: Text?)
  case unknownAttribute(Text, nearest: Text?)
  case unknownVariable(Text, nearest: Text?)
  case wrongKind(variable: Text, holds: String, wanted: String)
  case unknownPolicy(Text, nearest: Text?)
  case unknownColumn(Text, nearest: Text?)
  case permissionExists(Text)
  case apiFieldTaken(Text, by: Text)
  case definedByItself(Text)
  /// By way of more than so many others.
  case definedTooDeeply(Text, limit: Int)
  case stillUsed(Text, by: [Text])
  case notSavable(Text)
  case brokenDefinition(Text, message: String)
  case unknownTopic(Text, nearest: Text?)
  case unknownChange(Int)
  case labelTaken(Text, by: Text)
  case emptyLabel
  /// `set outbound = true`: a permission where an attribute is wanted, and the statement instead.
  case permissionAssigned(Text, instead: String)
  /// A note.
  case namesake(chosen: Text, others: [Text])
  /// A note: an assignment makes an attribute.
  case newAttribute(Text, is: String, nearest: Text?)
  /// A note: a permission makes an area.
  case newArea(Text, nearest: Text?)

  case mismatch(attribute: Text, is: String, value: String)
  case unordered(Text)
  case patternNeedsText(attribute: Text, is: String)
  case badPattern(GlobProblem)
  case withinNeedsTime(attribute: Text, is: String)
  case alwaysEnabled(Text)
  case notAssignable(Text, instead: String?)
  case badAttributeName(Text, AttributeNameFlaw)
  case assignedTwice(Text)
  case noPermissions
  case notNumber(Text, variable: Text)
  case timeOutOfRange
  case notCountable(variable: Text)
}

extension ResolverProblem {
  package var status: ExitStatus { .unusable }

  package var code: String {
    switch self {
    case .unknownPermission, .areaWithoutStar: "E0201"
    case .ambiguousPermission: "E0202"
    case .unknownArea: "E0203"
    case .unknownAttribute: "E0204"
    case .unknownVariable: "E0205"
    case .wrongKind: "E0206"
    case .unknownPolicy: "E0207"
    case .unknownColumn: "E0208"
    case .permissionExists: "E0209"
    case .apiFieldTaken: "E0210"
    case .definedByItself: "E0211"
    case .stillUsed: "E0212"
    case .notSavable: "E0213"
    case .brokenDefinition: "E0214"
    case .unknownTopic: "E0215"
    case .unknownChange: "E0216"
    case .labelTaken: "E0217"
    case .permissionAssigned: "E0218"
    case .emptyLabel: "E0219"
    case .definedTooDeeply: "E0220"
    case .namesake: "N0201"
    case .newAttribute: "N0202"
    case .newArea: "N0203"
    case .mismatch: "E0301"
    case .unordered: "E0302"
    case .patternNeedsText: "E0303"
    case .badPattern: "E0304"
    case .withinNeedsTime: "E0305"
    case .alwaysEnabled: "E0306"
    case .notAssignable: "E0307"
    case .badAttributeName: "E0308"
    case .assignedTwice: "E0309"
    case .noPermissions: "E0310"
    case .notNumber: "E0311"
    case .timeOutOfRange: "E0312"
    case .notCountable: "E0313"
    }
  }

  package var message: String {
    switch self {
    case .unknownPermission(let name, _): "unknown permission '\(name)'"
    case .areaWithoutStar(let name): "'\(name)' is an area, not a permission"
    case .ambiguousPermission(let name, _): "'\(name)' is more than one permission"
    case .unknownArea(let name, _): "unknown area '\(name)'"
    case .unknownAttribute(let name, _): "unknown attribute '\(name)'"
    case .unknownVariable(let name, _): "nothing is called '$\(name)'"
    case .wrongKind(let name, let holds, let wanted):
      "'$\(name)' holds \(holds), not \(wanted)"
    case .unknownPolicy(let name, _): "unknown policy '\(name)'"
    case .unknownColumn(let name, _): "unknown column '\(name)'"
    case .permissionExists(let name): "permission '\(name)' already exists"
    case .apiFieldTaken(let field, let owner): "the API field '\(field)' belongs to '\(owner)'"
    case .definedByItself(let name): "'$\(name)' would be defined by itself"
    case .definedTooDeeply(let name, let limit):
      "'\(name)' is defined by way of more than \(limit) others"
    case .stillUsed(let name, let users):
      "'$\(name)' is still used by \(ResolverProblem.list(users))"
    case .notSavable(let name): "'\(name)' is only known to this run and can't be saved"
    case .brokenDefinition(let name, let message):
      "the saved definition of '\(name)' no longer fits: \(message)"
    case .unknownTopic(let name, _): "there is no help on '\(name)'"
    case .unknownChange(let number): "there is no change \(number)"
    case .labelTaken(let label, let owner): "the label '\(label)' belongs to '\(owner)'"
    case .emptyLabel: "a permission's label can't be empty"
    case .permissionAssigned(let name, _): "'\(name)' is a permission, not an attribute"
    case .newAttribute(let name, let type, _): "'\(name)' is a new attribute, \(type)"
    case .newArea(let name, _): "'\(name)' is a new area"
    case .namesake(let chosen, let others):
      "'\(chosen)' is meant, not \(ResolverProblem.list(others))"
    case .mismatch(let attribute, let type, let value):
      "'\(attribute)' is \(type) and can't be \(value)"
    case .unordered(let attribute): "'\(attribute)' is true or false and has no order"
    case .patternNeedsText(let attribute, let type):
      "'~' matches text, and '\(attribute)' is \(type)"
    case .badPattern(let problem): ResolverProblem.words(problem)
    case .withinNeedsTime(let attribute, let type):
      "'within' needs a time, and '\(attribute)' is \(type)"
    case .alwaysEnabled(let name): "'\(name)' is always enabled and can't be revoked"
    case .notAssignable(let name, _): "'\(name)' can't be set"
    case .badAttributeName(let name, _): "'\(name)' can't name an attribute"
    case .assignedTwice(let name): "'\(name)' is set twice"
    case .noPermissions: "no permission is left"
    case .notNumber(let value, _): "'\(value)' is not a number"
    case .timeOutOfRange: "this time is out of range"
    case .notCountable(let name): "'$\(name)' is not a whole number"
    }
  }

  package var label: String? {
    switch self {
    case .unknownPermission(_, let nearest?), .unknownArea(_, let nearest?),
      .unknownAttribute(_, let nearest?), .unknownPolicy(_, let nearest?),
      .unknownColumn(_, let nearest?), .unknownTopic(_, let nearest?),
      .newAttribute(_, _, let nearest?), .newArea(_, let nearest?):
      "did you mean '\(nearest)'?"
    case .unknownVariable(_, let nearest?): "did you mean '$\(nearest)'?"
    case .areaWithoutStar(let name): "did you mean '\(name).*'?"
    case .notNumber(_, let variable): "the value of '$\(variable)'"
    default: nil
    }
  }

  package var replacement: Text? {
    switch self {
    case .unknownPermission(_, let nearest?), .unknownArea(_, let nearest?),
      .unknownAttribute(_, let nearest?), .unknownPolicy(_, let nearest?),
      .unknownColumn(_, let nearest?), .unknownTopic(_, let nearest?):
      nearest
    case .unknownVariable(_, let nearest?): Text("$\(nearest)")
    case .areaWithoutStar(let name): Text("\(name).*")
    default: nil
    }
  }

  package var help: String? {
    switch self {
    case .permissionExists(let name): "'show permissions \(name)' shows it; names match in any case"
    case .permissionAssigned(_, let instead): "write: \(instead)"
    case .emptyLabel: "write what the dashboard calls it, such as \"Zapier\""
    case .labelTaken: "choose another label: a label in quotes names one permission"
    case .ambiguousPermission(_, let candidates):
      "write \(ResolverProblem.list(candidates, joinedBy: "or"))"
    case .unknownPermission(_, nil), .unknownArea(_, nil): "'show permissions' lists them all"
    case .unknownPolicy(_, nil): "'show policies' lists them all"
    case .unknownTopic(_, nil): "'help' lists the topics"
    case .unknownAttribute(_, nil): "'show attributes' lists them all"
    case .namesake(_, let others): "write \(ResolverProblem.list(others, joinedBy: "or")) for that"
    case .unknownVariable(_, nil):
      "'let' makes a variable, 'define' a saved set, and the command line passes '$1' and on"
    case .definedByItself: "use another name"
    case .definedTooDeeply: "define one of the sets between by what it stands for"
    case .stillUsed: "drop what uses it first"
    case .notSavable: "write the selection itself"
    case .mismatch(_, "text", "a number"): "write the value in quotes"
    case .mismatch(_, "a time", _): "write a time without quotes, such as 2026-11-01"
    case .mismatch(_, "a number", "text"), .mismatch(_, "a number or unlimited", "text"):
      "write the number without quotes"
    case .alwaysEnabled: "the platform keeps it on for every subaccount; leave it out"
    case .notAssignable(_, let instead?): instead
    case .badPattern(.unclosedClass): "write '\\\\[' in the text for the character itself"
    case .badPattern(.unclosedBrace): "write '\\\\{' in the text for the character itself"
    case .badPattern(.danglingEscape): "write '\\\\\\\\' in the text for a backslash"
    case .badAttributeName(_, let flaw): flaw.words
    case .noPermissions: "what follows 'without' takes away all that comes before it"
    default: nil
    }
  }

  private static func words(_ problem: GlobProblem) -> String {
    switch problem {
    case .tooLong(let limit): "a pattern can't be longer than \(limit) bytes"
    case .unclosedClass: "the pattern has a '[' without its ']'"
    case .unclosedBrace: "the pattern has a '{' without its '}'"
    case .danglingEscape: "the pattern ends with a '\\' that escapes nothing"
    case .backwardRange: "the pattern has a range that runs backwards"
    }
  }

  /// Such as `'a', 'b' and 'c'`.
  private static func list(_ names: [Text], joinedBy word: String = "and") -> String {
    let quoted = names.map { "'\($0)'" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}
