package import Diagnostics
import Language
import Permissions
import Storage

extension Session {
  /// What may stand at an offset of a line being typed, as the parser expects it and the store has it.
  ///
  /// - Parameters:
  ///   - bytes: the line.
  ///   - cursor: an offset within it.
  ///   - isForList: all of it is to be seen, with how many there are of each; else only the first
  ///     is wanted, at once.
  ///   - files: the paths that begin with a text.
  /// - Returns: the candidates, and what they would take the place of.
  package func complete(
    _ bytes: [UInt8], cursor: Int, isForList: Bool = true, files: (Text) -> [Text]
  ) -> Completions {
    let expected = Parser.expected(in: bytes, at: cursor)
    let typed = Array(bytes[expected.replaced])
    var gathering = Gathering(
      table: store.table, scope: promptScope, counts: isForList,
      limit: isForList ? Gathering.mostCandidates : 1)
    switch expected.partial {
    case .text(let quote):
      gathering.quote = quote
      gathering.typed = Text(validating: typed.dropFirst()) ?? ""
      for slot in expected.slots { gathering.addTexts(for: slot, files: files) }
    case .word, .nothing:
      gathering.typed = Text(validating: typed) ?? ""
      let namesFirst = expected.slots.contains { slot in
        switch slot {
        case .permission, .attribute, .value, .pattern, .column, .file, .area: true
        default: false
        }
      }
      if !namesFirst { gathering.add(expected.keywords, at: expected.slots) }
      for slot in expected.slots { gathering.addWords(for: slot, files: files) }
      if namesFirst { gathering.add(expected.keywords, at: expected.slots) }
    }
    return Completions(
      replaced: expected.replaced, candidates: gathering.candidates, total: gathering.total)
  }

  /// What is still wanted behind a line that is not whole.
  package func hint(_ bytes: [UInt8]) -> String { SyntaxHint.hint(for: bytes) }
}

/// Candidates as they are found.
struct Gathering {
  /// More can't be looked through.
  static let mostCandidates = 200

  let table: Table
  let scope: Scope
  /// Say how many there are.
  let counts: Bool
  let limit: Int
  /// What they must begin with.
  var typed: Text = ""
  /// The quote that a text began with.
  var quote: UInt8 = UInt8(ascii: "\"")
  private(set) var candidates: [Candidate] = []
  private(set) var total = 0

  init(table: Table, scope: Scope, counts: Bool, limit: Int) {
    self.table = table
    self.scope = scope
    self.counts = counts
    self.limit = limit
  }

  var isFull: Bool { candidates.count >= limit }

  mutating func add(_ candidate: Candidate) {
    total += 1
    if !isFull { candidates.append(candidate) }
  }

  /// More that are there and not listed.
  mutating func addUnlisted(_ count: Int) { total += max(0, count) }

  /// Whether a word begins with what is typed, in any case.
  func fits(_ word: String) -> Bool {
    word.utf8.count >= typed.count
      && zip(word.utf8, typed.utf8).allSatisfy { left, right in
        left == right || left | 0x20 == right | 0x20 && (0x61...0x7A).contains(left | 0x20)
      }
  }

  /// A text in the quotes that were begun.
  func quoted(_ text: Text) -> String {
    let double = Spelling.quoted(text)
    guard quote == UInt8(ascii: "'"), !text.utf8.contains(UInt8(ascii: "'")),
      !text.utf8.contains(UInt8(ascii: "\"")), !text.utf8.contains(UInt8(ascii: "\\"))
    else { return double }
    return "'" + double.dropFirst().dropLast() + "'"
  }

  mutating func add(_ keywords: [Keyword], at slots: [Slot]) {
    let attributeType = slots.lazy.compactMap { slot -> Text?? in
      if case .value(let name) = slot { name } else { nil }
    }.first.flatMap { $0 }.flatMap { type(of: $0) }
    for keyword in keywords where fits(keyword.spelling) && keyword.fits(attributeType) {
      // `subaccounts` is the one that is written.
      if keyword == .subaccount && keywords.contains(.subaccounts) && typed.isEmpty { continue }
      add(Candidate(keyword.spelling, detail: keyword.detail))
    }
  }

  /// The type of an attribute, stored or not; nil where nothing has this name.
  func type(of attribute: Text) -> AttributeType? {
    scope.attributes[attribute]?.type
      ?? ResolvedAttribute.builtIn.first { $0.name == attribute }?.type
  }
}

extension Keyword {
  /// Whether the word may be a value of an attribute of this type; any may where that is not known.
  fileprivate func fits(_ type: AttributeType?) -> Bool {
    guard let type else { return true }
    switch self {
    case .true, .false: return type == .boolean
    case .unlimited: return type == .quota
    case .now, .today, .yesterday, .change: return type == .time
    default: return true
    }
  }
}
