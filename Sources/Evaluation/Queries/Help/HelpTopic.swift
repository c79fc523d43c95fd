package import Diagnostics

/// One page of help: what a statement, or a part of statements, looks like, means and is used for.
package struct HelpTopic: Hashable, Sendable {
  package enum Section: String, Hashable, Sendable, CaseIterable {
    case reading = "Reading"
    case writing = "Writing"
    case running = "Scripts and transactions"
    case parts = "Parts of statements"
  }

  package let section: Section
  /// The word after `help`, lower-case.
  package let name: Text
  /// Other words that lead here.
  package let aliases: [Text]
  /// What it is for, in a few words.
  package let summary: String
  /// Its forms, one a line.
  package let syntax: [String]
  /// Paragraphs.
  package let meaning: [String]
  /// Statements that run on the sample agency.
  package let examples: [String]

  init(
    _ section: Section, _ name: Text, aliases: [Text] = [], _ summary: String, syntax: [String],
    meaning: [String], examples: [String]
  ) {
    self.section = section
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.syntax = syntax
    self.meaning = meaning
    self.examples = examples
  }
}

extension HelpTopic {
  /// Every topic, in the order of the overview.
  package static let all: [HelpTopic] = reading + writing + running + parts

  /// Looks up `help grant`, in any case.
  package static func named(_ name: Text) -> HelpTopic? {
    let folded = Text(name.string.lowercased())
    return all.first { $0.name == folded || $0.aliases.contains(folded) }
  }

  /// What `help` alone prints.
  package static var overview: String {
    let width = all.map(\.name.count).max() ?? 0
    var lines = [
      "permql asks and changes what the subaccounts of an agency may do.", "",
    ]
    for section in Section.allCases {
      lines.append(section.rawValue)
      for topic in all where topic.section == section {
        let padding = String(repeating: " ", count: width - topic.name.count)
        lines.append("  \(topic.name)\(padding)  \(topic.summary)")
      }
      lines.append("")
    }
    lines.append("help TOPIC says more: help grant")
    return lines.joined(separator: "\n")
  }

  /// The whole page, with the examples as they are written here.
  package var page: String { page { $0 } }

  /// The whole page, with each example made fit for a store.
  func page(_ fit: (String) -> String) -> String {
    var lines = ["\(name): \(summary)", ""]
    lines += syntax.map { "  \($0)" }
    for paragraph in meaning {
      lines.append("")
      lines += HelpTopic.wrapped(paragraph)
    }
    lines += ["", examples.count == 1 ? "Example" : "Examples"]
    lines += examples.map { "  \(fit($0))" }
    return lines.joined(separator: "\n")
  }

  /// Breaks a paragraph between words into lines that fit a narrow terminal.
  private static func wrapped(_ paragraph: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in paragraph.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > 78 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
