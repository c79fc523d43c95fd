package import Diagnostics
package import Language

extension EvaluationContext {
  /// Answers `help`; the resolver has looked the topic up.
  package func help(topic: Placed<Text>?) -> Outcome {
    guard let topic = topic.flatMap({ HelpTopic.named($0.value) }) else {
      return .prose(HelpTopic.overview)
    }
    let names = HelpNames(self)
    return .prose(topic.page { names?.example($0) ?? $0 })
  }
}
