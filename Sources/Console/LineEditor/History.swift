package import Diagnostics

/// Statements to be recalled: those of this session are the newest, whatever other shells add.
package struct History {
  private static let most = 10_000
  private(set) var older: [Text] = []
  private(set) var own: [Text] = []
  /// How far up the recall is; nil where the line is one's own.
  private var place: Int?
  /// What was typed before the recall began.
  private var draft = EditBuffer()

  package init() {}

  /// Oldest first.
  package var all: [Text] { older + own }

  /// Takes over what is in the file and not of this session.
  package mutating func add(older texts: [Text]) {
    for text in texts where older.last != text { older.append(text) }
    if older.count > History.most { older.removeFirst(older.count - History.most) }
  }

  /// Whether a statement is to be remembered; consecutive duplicates and secrets are not.
  ///
  /// A space before it keeps a statement out.
  package mutating func add(_ text: Text) -> Bool {
    place = nil
    guard !text.isEmpty, text.utf8.first != UInt8(ascii: " "), all.last != text else {
      return false
    }
    own.append(text)
    return true
  }

  package mutating func beginLine() { place = nil }

  /// The statement before the one that is shown.
  package mutating func previous(than current: EditBuffer) -> Text? {
    let all = all
    var index = place ?? all.count
    if place == nil { draft = current }
    while index > 0 {
      index -= 1
      if all[index] == Text(current.text) { continue }
      place = index
      return all[index]
    }
    return nil
  }

  /// The statement after the one that is shown, or what was being typed.
  package mutating func next() -> EditBuffer? {
    guard let place else { return nil }
    let all = all
    if place + 1 < all.count {
      self.place = place + 1
      return EditBuffer(all[place + 1].string)
    }
    self.place = nil
    return draft
  }

  /// The newest statement that begins with a text and goes on behind it.
  package func completion(of text: String) -> Text? {
    guard !text.isEmpty else { return nil }
    return newest { $0.utf8.count > text.utf8.count && $0.utf8.starts(with: text.utf8) }
  }

  /// The newest statement with a text in it, in any case, older than `skipped` others.
  package func match(for text: String, skipping skipped: Int) -> Text? {
    let wanted = Array(text.lowercased().utf8)
    var found: Set<Text> = []
    for entry in all.reversed() {
      guard Array(entry.string.lowercased().utf8).holds(wanted) else { continue }
      if found.insert(entry).inserted, found.count > skipped { return entry }
    }
    return nil
  }

  private func newest(where test: (String) -> Bool) -> Text? {
    own.last { test($0.string) } ?? older.last { test($0.string) }
  }
}

extension [UInt8] {
  fileprivate func holds(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first else { return true }
    var rest = self[...]
    while let place = rest.firstIndex(of: first) {
      if self[place...].starts(with: wanted) { return true }
      rest = self[(place + 1)...]
    }
    return false
  }
}
