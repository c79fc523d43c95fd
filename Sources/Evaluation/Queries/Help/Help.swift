package import Diagnostics
package import Language

extension EvaluationContext {
  /// Answers `help`.
  ///
  /// - Throws: where there is no such topic.
  package func help(topic: Placed<Text>?) throws(Diagnostic) -> Outcome {
    guard let topic else { return .prose(HelpTopic.overview) }
    guard let found = HelpTopic.named(topic.value) else {
      throw diagnostic(
        HelpProblem.unknownTopic(
          topic.value, near: Suggestion.nearest(to: topic.value, among: HelpTopic.all.map(\.name))),
        at: topic.place.range)
    }
    return .prose(found.page)
  }
}

package enum HelpProblem: Problem, Equatable {
  case unknownTopic(Text, near: Text?)

  package var code: String { "E0427" }

  package var message: String {
    switch self {
    case .unknownTopic(let name, _): "there is no help about '\(name)'"
    }
  }

  package var label: String? {
    switch self {
    case .unknownTopic(_, let near): near.map { "did you mean '\($0)'?" }
    }
  }

  package var help: String? { "'help' alone lists the topics" }

  package var status: ExitStatus { .failed }
}
