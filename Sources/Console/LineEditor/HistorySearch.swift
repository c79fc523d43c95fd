import Diagnostics

/// Ctrl-R: looking for an earlier statement while typing a part of it.
struct HistorySearch {
  private(set) var wanted = ""
  private(set) var found: Text?
  private var skipped = 0

  init() {}

  mutating func append(_ scalar: Unicode.Scalar, in history: History) {
    wanted.unicodeScalars.append(scalar)
    skipped = 0
    look(in: history)
  }

  mutating func removeLast(in history: History) {
    if !wanted.isEmpty { wanted.removeLast() }
    skipped = 0
    look(in: history)
  }

  /// The next older one that fits; the last one stays.
  mutating func goOn(in history: History) {
    if let older = history.match(for: wanted, skipping: skipped + 1) {
      skipped += 1
      found = older
    }
  }

  private mutating func look(in history: History) {
    found = wanted.isEmpty ? nil : history.match(for: wanted, skipping: 0)
  }

  /// What the line shows: the match, with the cursor where it fits.
  func shown(over line: EditBuffer) -> EditBuffer {
    guard let found else { return line }
    var buffer = EditBuffer(found.string)
    let folded = found.string.lowercased()
    if let place = folded.place(of: wanted.lowercased()) {
      let before = folded[..<place.lowerBound].unicodeScalars.count
      buffer.cursor = min(before, buffer.scalars.count)
    }
    return buffer
  }

  var caption: String {
    let shown = TerminalEscape.escape(wanted)
    if wanted.isEmpty { return "search the history: type a part of a statement" }
    return found == nil
      ? "nothing has '\(shown)'" : "search '\(shown)': Enter takes it, Ctrl-R older"
  }
}

extension LineEditor {
  /// Takes a key of the search.
  ///
  /// - Returns: whether it was one; any other ends the search with what was found, and does its own.
  func continueSearch(_ key: Key) -> Bool {
    guard var search else { return false }
    defer { if self.search != nil { self.search = search } }
    switch key {
    case .scalar("\u{12}"), .action(.search), .action(.up): search.goOn(in: recall)
    case .scalar("\u{7F}"), .scalar("\u{8}"): search.removeLast(in: recall)
    case .scalar("\u{7}"), .scalar("\u{1B}"), .action(.cancel): self.search = nil
    case .scalar("\r"), .scalar("\n"), .scalar("\t"), .action(.right), .action(.lineEnd):
      takeFound(search)
    case .scalar(let scalar) where scalar.value >= 0x20: search.append(scalar, in: recall)
    default:
      takeFound(search)
      return false
    }
    return true
  }

  private func takeFound(_ search: HistorySearch) {
    if let found = search.found { _ = show(EditBuffer(found.string)) }
    self.search = nil
  }
}
