package import Diagnostics

/// What a part of a line being typed is.
package struct Highlight: Equatable, Sendable {
  package enum Role: Equatable, Sendable {
    case keyword
    case permission
    case attribute
    case text
    case number
    case variable
    case comment
    /// A name that nothing has, or a word that can't stand there.
    case unknown
  }

  package let range: SourceRange
  package let role: Role

  package init(_ range: SourceRange, _ role: Role) {
    self.range = range
    self.role = role
  }
}

/// Something that may stand at the cursor.
package struct Candidate: Equatable, Sendable {
  /// As it is written in a statement, quotes included.
  package let text: String
  /// As it is shown in a list.
  package let label: String
  /// What it is, in a few words.
  package let detail: String
  /// A space belongs behind it.
  package let endsWord: Bool

  package init(_ text: String, label: String? = nil, detail: String = "", endsWord: Bool = true) {
    self.text = text
    self.label = label ?? text
    self.detail = detail
    self.endsWord = endsWord
  }
}

/// What may stand at the cursor, and what it would take the place of.
package struct Completions: Equatable, Sendable {
  /// Bytes of the line.
  package var replaced: Range<Int>
  /// The best first, and not more than can be looked through.
  package var candidates: [Candidate]
  /// How many there are, those included that are not among the candidates.
  package var total: Int

  package init(replaced: Range<Int>, candidates: [Candidate], total: Int? = nil) {
    self.replaced = replaced
    self.candidates = candidates
    self.total = total ?? candidates.count
  }
}

/// How many subaccounts a write would change, of how many.
package struct Reach: Equatable, Sendable {
  package let changed: Int
  package let all: Int

  package init(changed: Int, all: Int) {
    self.changed = changed
    self.all = all
  }
}
