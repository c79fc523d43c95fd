import Diagnostics
import Language
import Storage

extension EvaluationContext {
  /// Notes what a person may have misspelt: a compared text that occurs nowhere where nobody is
  /// selected, and a star in a text compared by `=` that is nobody's.
  ///
  /// To find what is near costs a look at every name, so only the first few texts are looked at.
  func noteWhatIsNowhere(
    in conditions: [ResolvedCondition], isResultEmpty: Bool
  ) throws(Diagnostic) {
    if isUnheard { return }
    var compared = ComparedTexts(onlyWithStar: !isResultEmpty)
    for condition in conditions { compared.collect(from: condition) }
    for text in compared.texts { try noteIfNowhere(text) }
  }

  private func noteIfNowhere(_ text: ComparedTexts.Compared) throws(Diagnostic) {
    let found = try rows(
      where: text.attribute, passes: .text(.equals(text.value)), among: table.live)
    guard found.isEmpty, let name = nameInNotes(of: text.attribute) else { return }
    if ComparedTexts.hasStar(text.value) {
      note(.starIsPlain(attribute: name, value: text.value), at: text.place)
      return
    }
    let near = nearestValues(of: text.attribute, to: text.value)
    if !near.isEmpty {
      note(.valueNowhere(attribute: name, value: text.value, near: near), at: text.place)
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

/// The first few texts that conditions compare attributes with.
private struct ComparedTexts {
  struct Compared {
    let attribute: ResolvedAttribute
    let value: Text
    let place: Place
  }

  private static let limit = 4

  let onlyWithStar: Bool
  private(set) var texts: [Compared] = []

  init(onlyWithStar: Bool) {
    self.onlyWithStar = onlyWithStar
  }

  mutating func collect(from condition: ResolvedCondition) {
    guard texts.count < ComparedTexts.limit else { return }
    switch condition {
    case .or(let operands), .and(let operands):
      for operand in operands { collect(from: operand) }
    case .not(let operand): collect(from: operand)
    case .attribute(let attribute, .text(.equals(let value)), _, let place):
      add(value, attribute, place)
    case .attribute(let attribute, .text(.isIn(let values)), _, let place):
      for value in values { add(value, attribute, place) }
    case .attribute, .permissions: return
    }
  }

  private mutating func add(_ value: Text, _ attribute: ResolvedAttribute, _ place: Place) {
    guard texts.count < ComparedTexts.limit else { return }
    if onlyWithStar && !ComparedTexts.hasStar(value) { return }
    texts.append(Compared(attribute: attribute, value: value, place: place))
  }

  static func hasStar(_ value: Text) -> Bool {
    value.utf8.contains(UInt8(ascii: "*"))
  }
}
