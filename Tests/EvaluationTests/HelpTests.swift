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

  @Test("every example on a page runs on the store that it was asked of", arguments: HelpTopic.all)
  func runs(_ topic: HelpTopic) throws {
    let bench = Bench()
    bench.run(
      """
      create subaccount "Zebra \\"Z\\" Clinic" with inbound set tier = "gold", max_minutes = 50
      create subaccount "Yak Ltd" set tier = "gold"; create subaccount "Xenia" set tier = "tin"
      create subaccount "Same"; grant outbound to all
      """)
    let page = try #require(
      bench.run("help \(topic.name)").outcomes.compactMap { outcome in
        if case .prose(let text) = outcome { text } else { nil }
      }.first)
    let examples = page.split(separator: "\n").reversed().prefix { $0.hasPrefix("  ") }
    #expect(examples.count == topic.examples.count)
    // These are about files that only the reader has.
    for example in examples where !["  import", "  run "].contains(where: example.hasPrefix) {
      let session = Session(store: bench.store, files: bench.files, options: bench.options)
      let sink = RecordingSink()
      let isTransaction = example.contains("begin")
      if !isTransaction { _ = session.runInteractively(SourceText("begin"), sink: sink) }
      let status = session.runInteractively(SourceText(String(example)), sink: sink)
      let result = sink.result(status)
      #expect(status == .done, "\(example): \(result.messages)")
      session.end(sink: sink)
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
