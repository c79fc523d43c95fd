import Foundation
import Language
import Testing

/// The colours of other editors, held equal to the keyword table.
@Suite("Editors' grammars")
struct EditorGrammarTests {
  private static func text(_ name: String) throws -> String {
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: project.appendingPathComponent("grammar").appendingPathComponent(name),
      encoding: .utf8)
  }

  static let words = Keyword.allCases.map(\.spelling).sorted()
  static let firstWords = Keyword.allCases.filter(\.beginsStatement).map(\.spelling).sorted()

  @Test("Vim's has each word once, and the first words of statements apart")
  func vim() throws {
    var groups: [String: [String]] = [:]
    for line in try Self.text("permql.vim").split(separator: "\n")
    where line.hasPrefix("syntax keyword ") {
      let parts = line.split(separator: " ").map(String.init)
      groups[parts[2], default: []] += parts[3...]
    }
    #expect(groups.values.flatMap { $0 }.sorted() == Self.words)
    #expect(groups["permqlStatement"]?.sorted() == Self.firstWords)
  }

  @Test("TextMate's is JSON, has each word once, and the first words of statements apart")
  func textMate() throws {
    let data = Data(try Self.text("permql.tmLanguage.json").utf8)
    let grammar = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let rules = try #require(grammar["repository"] as? [String: [String: Any]])
    var groups: [String: [String]] = [:]
    for (name, rule) in rules {
      guard let pattern = rule["match"] as? String,
        let match = pattern.wholeMatch(of: /\(\?i\)\\b\(\?:([a-z|]+)\)\\b/)
      else { continue }
      groups[name] = match.1.split(separator: "|").map(String.init)
    }
    #expect(groups.values.flatMap { $0 }.sorted() == Self.words)
    #expect(groups["statement"]?.sorted() == Self.firstWords)
    let included = (grammar["patterns"] as? [[String: String]] ?? []).compactMap { $0["include"] }
    let nested: Set<String> = ["escape"]
    #expect(Set(included) == Set(rules.keys.filter { !nested.contains($0) }.map { "#\($0)" }))
  }
}
