package import Diagnostics
import Language

/// Words that are no statements and mean that somebody wants to leave.
package enum Farewell {
  private static let words: [Text] = ["quit", "exit"]

  /// The farewell that a lone word is most like, where no statement's first word is as near: `quti`.
  package static func near(_ bytes: [UInt8]) -> Text? {
    let trimmed = bytes.filter { $0 > 0x20 && $0 != UInt8(ascii: ";") }
    guard let word = Text(validating: trimmed), bytes.count - trimmed.count <= 2,
      !words.contains(Text(word.string.lowercased())),
      !Keyword.allCases.contains(where: { Text($0.spelling) == word })
    else { return nil }
    let statements = Keyword.allCases.filter(\.beginsStatement).map { Text($0.spelling) }
    guard let nearest = Suggestion.nearest(to: word, among: words + statements) else { return nil }
    return words.contains(nearest) ? nearest : nil
  }
}
