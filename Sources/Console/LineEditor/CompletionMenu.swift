import Diagnostics
import Evaluation

/// Candidates below the line, and which of them is in it.
struct CompletionMenu {
  /// No more rows than these, so that the line stays in view.
  private static let mostRows = 10

  let completions: Completions
  /// The line without any candidate, to go back to.
  let original: EditBuffer
  private(set) var selected: Int?

  init(_ completions: Completions, original: EditBuffer) {
    self.completions = completions
    self.original = original
  }

  mutating func step(_ distance: Int) {
    let count = completions.candidates.count
    guard count > 0 else { return }
    guard let selected else {
      self.selected = distance > 0 ? 0 : count - 1
      return
    }
    self.selected = (selected + distance + count) % count
  }

  var candidate: Candidate? { selected.map { completions.candidates[$0] } }

  /// A table: what is inserted, what it is.
  func rows(columns: Int, most: Int) -> [[InkedText]] {
    let all = completions.candidates
    let room = max(1, min(CompletionMenu.mostRows, most - 1))
    let top = max(0, min((selected ?? 0) - room / 2, all.count - room))
    let shown = all[top..<min(all.count, top + room)]
    let widest = shown.map { DisplayWidth.of(TerminalEscape.escape($0.label)) }.max() ?? 0
    let width = min(widest, max(8, columns * 2 / 3))
    var rows: [[InkedText]] = []
    for (index, candidate) in zip(top..., shown) {
      let label = CompletionMenu.fitted(TerminalEscape.escape(candidate.label), to: width)
      let isSelected = index == selected
      rows.append([
        InkedText(isSelected ? "> " : "  "), InkedText(label, isSelected ? .selected : .plain),
        InkedText("  " + TerminalEscape.escape(candidate.detail), .ghost),
      ])
    }
    if all.count > shown.count || completions.total > all.count {
      let range = "\(Quantity.grouped(top + 1)) to \(Quantity.grouped(top + shown.count))"
      rows.append([InkedText("  \(range) of \(Quantity.grouped(completions.total))", .ghost)])
    }
    return rows
  }

  /// The text with blanks behind it, or cut with a mark.
  private static func fitted(_ text: String, to width: Int) -> String {
    let columns = DisplayWidth.of(text)
    if columns <= width { return text + String(repeating: " ", count: width - columns) }
    var result = ""
    var used = 0
    for character in text {
      let next = DisplayWidth.of(character)
      if used + next > width - 1 { break }
      result.append(character)
      used += next
    }
    return result + "…" + String(repeating: " ", count: width - 1 - used)
  }
}

extension LineEditor {
  /// Tab: what is certain is inserted, then a menu shows what may be.
  func complete(_ line: EditBuffer) -> EditLine.Effect {
    let completions = assistant.complete(
      Array(line.text.utf8), cursor: line.beforeCursor.utf8.count)
    guard let first = completions.candidates.first else { return .refused }
    if completions.candidates.count == 1 && completions.total == 1 {
      insert(first, of: completions, into: line)
      return .goesOn
    }
    if let longer = completions.commonText(in: line) {
      insert(longer, at: completions.replaced, into: line)
    }
    menu = CompletionMenu(completions, original: line)
    return .goesOn
  }

  /// Takes a key of the menu.
  ///
  /// - Returns: whether it was one; any other closes the menu and does its own.
  func continueMenu(_ key: Key) -> Bool {
    guard var menu else { return false }
    switch key {
    case .scalar("\t"), .action(.down): menu.step(1)
    case .action(.completeBackwards), .action(.up): menu.step(-1)
    case .scalar("\u{1B}"), .scalar("\u{7}"), .action(.cancel):
      if menu.selected != nil { _ = show(menu.original) }
      self.menu = nil
      return true
    case .scalar("\r"), .scalar("\n"):
      self.menu = nil
      return menu.selected != nil
    default:
      self.menu = nil
      return false
    }
    self.menu = menu
    if let candidate = menu.candidate {
      _ = show(menu.original)
      insert(candidate, of: menu.completions, into: menu.original)
    }
    return true
  }

  private func insert(_ candidate: Candidate, of completions: Completions, into line: EditBuffer) {
    let isFollowedBySpace = line.cursor < line.scalars.count && line.scalars[line.cursor] == " "
    let end = candidate.endsWord && !isFollowedBySpace ? " " : ""
    insert(candidate.text + end, at: completions.replaced, into: line)
  }

  private func insert(_ text: String, at bytes: Range<Int>, into line: EditBuffer) {
    let utf8 = Array(line.text.utf8)
    let start = String(decoding: utf8[..<bytes.lowerBound], as: UTF8.self).unicodeScalars.count
    let end = String(decoding: utf8[..<bytes.upperBound], as: UTF8.self).unicodeScalars.count
    edit.replace(start..<end, by: text)
  }
}
