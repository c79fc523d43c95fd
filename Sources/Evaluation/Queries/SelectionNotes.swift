import Diagnostics
import Language
import Storage

extension EvaluationContext {
  /// Notes what a person may have misspelt: a compared text that occurs nowhere where nobody is
  /// selected, and a star in a text compared by `=` that is nobody's.
  func noteWhatIsNowhere(in conditions: [ResolvedCondition], isResultEmpty: Bool) throws(Diagnostic)
  {
    for condition in conditions { try noteWhatIsNowhere(in: condition, isResultEmpty) }
  }

  private func noteWhatIsNowhere(in condition: ResolvedCondition, _ isResultEmpty: Bool)
    throws(Diagnostic)
  {
    switch condition {
    case .or(let operands), .and(let operands):
      for operand in operands { try noteWhatIsNowhere(in: operand, isResultEmpty) }
    case .not(let operand): try noteWhatIsNowhere(in: operand, isResultEmpty)
    case .permissions: return
    case .attribute(let attribute, .text(.equals(let value)), _, let place):
      try noteIfNowhere(attribute, value, isResultEmpty, at: place)
    case .attribute(let attribute, .text(.isIn(let values)), _, let place):
      for value in values { try noteIfNowhere(attribute, value, isResultEmpty, at: place) }
    case .attribute: return
    }
  }

  private func noteIfNowhere(
    _ attribute: ResolvedAttribute, _ value: Text, _ isResultEmpty: Bool, at place: Place
  ) throws(Diagnostic) {
    let hasStar = value.utf8.contains(UInt8(ascii: "*"))
    guard hasStar || isResultEmpty else { return }
    let found = try rows(where: attribute, passes: .text(.equals(value)), among: table.live)
    guard found.isEmpty, let name = nameInNotes(of: attribute) else { return }
    if hasStar {
      note(.starIsPlain(attribute: name, value: value), at: place)
      return
    }
    let near = nearestValues(of: attribute, to: value)
    if !near.isEmpty {
      note(.valueNowhere(attribute: name, value: value, near: near), at: place)
    }
  }

  private func note(_ problem: SelectionProblem, at place: Place) {
    note(diagnostic(problem, severity: .note, at: place.range))
  }

  private func nearestValues(of attribute: ResolvedAttribute, to value: Text) -> [Text] {
    switch attribute {
    case .name: table.nearestNames(to: value, limit: SelectionProblem.suggestionLimit)
    case .stored(let number):
      Suggestion.nearest(
        to: value, among: table.distinctTexts(of: number, limit: SelectionProblem.comparedValues)
      ).map { [$0] } ?? []
    case .id, .created, .permissionCount, .changed, .changedBy, .protected, .announced: []
    }
  }

  /// Nil for an attribute that nobody can have yet.
  private func nameInNotes(of attribute: ResolvedAttribute) -> Text? {
    switch attribute {
    case .stored(let number): table.attributes[number.value].name
    case .announced: nil
    case .id, .name, .created, .permissionCount, .changed, .changedBy, .protected:
      attribute.builtInName
    }
  }
}
