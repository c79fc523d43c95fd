import Diagnostics
import Evaluation
import Language

/// What was pasted, in a few words.
package enum PasteSummary {
  /// `3 statements: 2 grant, 1 revoke`; nil for what is part of one line.
  package static func words(for text: String) -> String? {
    let source = SourceText(text)
    let (script, mistakes) = Parser.parse(source)
    guard script.statements.count > 1 || text.unicodeScalars.contains("\n") else { return nil }
    var counts: [(word: String, count: Int)] = []
    for statement in script.statements {
      let range = statement.place.range
      let first = script.source.bytes[range.lower..<range.upper].prefix { $0 > 0x40 }
      let word = String(decoding: first, as: UTF8.self).lowercased()
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    let lines = text.unicodeScalars.count { $0 == "\n" } + 1
    if counts.isEmpty { return "pasted \(Quantity.of(lines, "line")), no whole statement" }
    let parts = counts.map { "\(Quantity.grouped($0.count)) \($0.word)" }
    let total = script.statements.count
    // What is not whole at its end is still being written.
    let unfinished = Parser.completeness(of: source) == .incomplete ? 1 : 0
    let count = mistakes.count - unfinished
    let wrong = count > 0 ? "; \(Quantity.of(count, "mistake")), so none of it runs" : ""
    return "pasted \(Quantity.of(total, "statement")): \(parts.joined(separator: ", "))\(wrong)"
  }
}
