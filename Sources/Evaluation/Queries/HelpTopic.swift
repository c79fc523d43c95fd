package import Diagnostics

/// One page of help: what a statement, or a part of statements, looks like, means and is used for.
package struct HelpTopic: Hashable, Sendable {
  /// The word after `help`, lower-case.
  package let name: Text
  /// What it is for, in a few words.
  package let summary: String
  /// Its forms, one a line.
  package let syntax: [String]
  package let meaning: String
  /// Statements that run.
  package let examples: [String]
}

extension HelpTopic {
  /// Every topic, in the order of the overview.
  package static let all: [HelpTopic] = []

  /// Looks up `help grant`, in any case.
  package static func named(_ name: Text) -> HelpTopic? {
    let folded = Text(name.string.lowercased())
    return all.first { $0.name == folded }
  }
}
