import Diagnostics
import Evaluation
import Language
import Storage
import Testing

@Suite("Help")
struct HelpTests {
  @Test("every example of every topic is understood", arguments: HelpTopic.all)
  func examples(_ topic: HelpTopic) throws {
    for example in topic.examples {
      let session = Session(
        store: try ModelAgency.small.store(), files: NoFiles(),
        options: SessionOptions(actor: "tester", user: "tester", host: "test") { 0 })
      var messages: [String] = []
      let status = session.check(SourceText(example)) { messages.append($0.message) }
      #expect(status == .done, "\(example): \(messages)")
    }
  }

  @Test("every topic has its words, and no two lead from the same")
  func words() {
    let words = HelpTopic.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(words).count == words.count)
    for topic in HelpTopic.all {
      #expect(!topic.syntax.isEmpty && !topic.meaning.isEmpty && !topic.examples.isEmpty)
      #expect(HelpTopic.named(Text(topic.name.string.uppercased())) == topic)
      for line in topic.page.split(separator: "\n") where !line.hasPrefix("  ") {
        #expect(line.count <= 78, "\(line)")
      }
    }
  }

  @Test("help alone lists the topics, help with one prints its page")
  func pages() throws {
    let run = CollectedRun("help; help GRANT; help expect", on: try ModelAgency.small.store())
    let pages = run.outcomes.compactMap { if case .prose(let text) = $0 { text } else { nil } }
    try #require(pages.count == 3)
    for topic in HelpTopic.all { #expect(pages[0].contains("  \(topic.name) ")) }
    #expect(pages[1].hasPrefix("grant: turns permissions on\n\n  grant PERMS to WHO\n"))
    #expect(pages[2].hasPrefix("modifiers: what may end any write\n"))
  }
}
