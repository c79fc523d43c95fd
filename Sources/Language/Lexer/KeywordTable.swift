/// Finds a keyword by its bytes, in any case, without making a string.
///
/// A word of up to 16 bytes is two machine words, so that one comparison tells whether it is the
/// keyword in its slot.
struct KeywordTable: Sendable {
  /// A word's bytes in lower case, padded with zeros.
  struct Key: Equatable, Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    init() {}

    /// The key of a word of at most 16 bytes, in any case.
    init(_ word: some Sequence<UInt8>) {
      for (index, byte) in word.enumerated() {
        if index < 8 {
          low |= UInt64(byte | 0x20) << UInt64(8 * index)
        } else {
          high |= UInt64(byte | 0x20) << UInt64(8 * index & 63)
        }
      }
    }

    /// Where the search for it starts.
    fileprivate var slot: Int {
      Int(truncatingIfNeeded: ((low ^ (high &* 31)) &* 0x9E37_79B9_7F4A_7C15) >> 55)
    }
  }

  private struct Slot: Sendable {
    let key: Key
    let keyword: Keyword?
  }

  static let shared = KeywordTable()
  /// The longest keyword's length in bytes; longer words need no look-up.
  static let longest = 11

  /// Every keyword's word, in the order of the cases.
  ///
  /// Written out, for asking the runtime what cases are called takes longer than all else at start.
  static let spellings = [
    "actor", "ago", "all", "always", "and", "any", "api", "as", "asc", "assert", "at", "attributes",
    "because", "begin", "between", "by", "change", "changes", "chart", "check", "columns", "commit",
    "compare", "copy", "count", "create", "csv", "day", "days", "define", "definitions", "delete",
    "desc", "differences", "drop", "else", "except", "expect", "export", "false", "for", "from",
    "grant", "has", "have", "having", "help", "hour", "hours", "id", "if", "import", "in",
    "including", "is", "json", "jsonl", "label", "lack", "lacking", "lacks", "last", "least", "let",
    "like", "limit", "matching", "matrix", "minute", "minutes", "most", "name", "no", "not",
    "nothing", "now", "of", "only", "or", "outliers", "permission", "permissions", "policies",
    "policy", "preview", "print", "profiles", "protect", "protected", "rename", "report",
    "requests", "restore", "revoke", "rollback", "run", "safe", "set", "show", "since", "some",
    "sort", "spreadsheet", "store", "subaccount", "subaccounts", "those", "to", "today", "true",
    "ui", "undo", "unlimited", "unprotect", "unset", "until", "week", "weeks", "where", "why",
    "with", "within", "without", "yesterday",
  ]

  private let slots: [Slot]

  private init() {
    // 512 slots for some 120 words: nearly every search ends at its first slot.
    var slots = Array(repeating: Slot(key: Key(), keyword: nil), count: 512)
    for keyword in Keyword.allCases {
      let key = Key(KeywordTable.spellings[Int(keyword.rawValue)].utf8)
      var slot = key.slot
      while slots[slot].keyword != nil { slot = (slot + 1) & 511 }
      slots[slot] = Slot(key: key, keyword: keyword)
    }
    self.slots = slots
  }

  func keyword(_ key: Key) -> Keyword? {
    var slot = key.slot
    while let keyword = slots[slot].keyword {
      if slots[slot].key == key { return keyword }
      slot = (slot + 1) & 511
    }
    return nil
  }
}
