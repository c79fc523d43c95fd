package import Diagnostics
package import Language

extension EvaluationContext {
  /// Answers `help`; the resolver has looked the topic up.
  package func help(topic: Placed<Text>?) -> Outcome {
    .prose(topic.flatMap { HelpTopic.named($0.value) }?.page ?? HelpTopic.overview)
  }
}
