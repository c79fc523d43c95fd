package import Diagnostics
import Language

/// Words that are no statements and mean that somebody wants to leave.
package enum Farewell {
  static let words: [Text] = ["quit", "exit"]

  /// What other prompts understand, and what means the same here.
  private static let foreign: [(words: [String], here: Text)] = [
    ([":q", ":q!", ":wq", "\\q", "bye", "logout", "leave", ":x"], "quit"),
    (["?", "\\?", "\\h", ":help", ":h", "man"], "help"),
    (["\\d", "\\dt", "\\l", "ls", "dir"], "show subaccounts"),
    (["\\timing"], ".timing"), (["\\e"], ".edit"), (["\\i"], ".read"), (["\\o"], ".tee"),
    (["\\x"], ".output vertical"), (["\\s", "history"], ".history"), (["clear", "cls"], ".clear"),
    (["\\c", "\\connect", "use"], ".open"), (["\\watch"], ".watch"), (["\\set"], ".set"),
  ]

  /// What a word of another prompt, at the start of a line, is here; nil for any other.
  package static func translated(_ bytes: [UInt8]) -> (range: SourceRange, here: Text)? {
    let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
    let end = bytes[start...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ";") } ?? bytes.count
    let word = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    guard let found = foreign.first(where: { $0.words.contains(word) }) else { return nil }
    return (SourceRange(start, end), found.here)
  }

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
