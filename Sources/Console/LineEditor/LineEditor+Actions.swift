import Diagnostics
import Language

// What the editor's own keys do.
extension LineEditor {
  func perform(_ action: EditAction) -> EditLine.Effect {
    let line = edit.line
    switch action {
    case .enter: return enter(line)
    case .newLine: return newLine(line)
    case .complete, .completeBackwards: return complete(line)
    case .up:
      if let place = line.placeAbove { return move(line, to: place) }
      return show(recall.previous(than: line).map { EditBuffer($0.string) })
    case .down:
      if let place = line.placeBelow { return move(line, to: place) }
      return show(recall.next())
    case .left: return move(line, to: line.placeBefore)
    case .right: return line.isAtEnd ? take(line, word: false) : move(line, to: line.placeAfter)
    case .takeAll: return take(line, word: false)
    case .takeWord: return line.isAtEnd ? take(line, word: true) : move(line, to: wordEnd(line))
    case .lineStart: return move(line, to: line.lineStart)
    case .lineEnd: return line.isAtEnd ? take(line, word: false) : move(line, to: line.lineEnd)
    case .deleteBackwards:
      guard let start = line.placeBefore else { return .refused }
      edit.replace(start..<line.cursor, by: "")
      return .goesOn
    case .deleteForwards: return deleteForwards(line)
    case .deleteOrLeave:
      guard line.isEmpty else { return deleteForwards(line) }
      aid = LineAid()
      leaveLine(showing: line, endsLine: false)
      outcome = .end
      return .finished
    case .search:
      search = HistorySearch()
      return .goesOn
    case .undo:
      guard let earlier = steps.undo() else { return .refused }
      return show(earlier)
    case .clearScreen:
      clearScreen()
      return .goesOn
    case .paste: return paste()
    case .cancel:
      menu = nil
      return .goesOn
    }
  }

  /// Runs the input, or goes on with it in a new line.
  private func enter(_ line: EditBuffer) -> EditLine.Effect {
    let bytes = Array(line.text.utf8)
    if InputExtent.isBlank(bytes) {
      leaveLine(showing: EditBuffer())
      return .finished
    }
    guard InputExtent.isWhole(bytes + [0x0A]) else { return newLine(line) }
    leaveLine(showing: line)
    outcome = bytes.count > Parser.longestStatement * 16 ? .tooLong : .statement(bytes + [0x0A])
    return .finished
  }

  /// A new line, indented as far as braces and brackets are open, or one step within a statement.
  private func newLine(_ line: EditBuffer) -> EditLine.Effect {
    let before = line.scalars[..<line.cursor]
    var depth = 0
    for scalar in before {
      if scalar == "{" || scalar == "(" { depth += 1 }
      if scalar == "}" || scalar == ")" { depth = max(0, depth - 1) }
    }
    let isInside = before.last { $0 != " " && $0 != "\n" }.map { $0 != "{" && $0 != "}" } ?? false
    let steps = depth > 0 ? depth : isInside ? 1 : 0
    edit.replace(
      line.cursor..<line.cursor, by: "\n" + String(repeating: "  ", count: min(steps, 20)))
    return .goesOn
  }

  private func move(_ line: EditBuffer, to place: Int?) -> EditLine.Effect {
    guard let place else { return .refused }
    edit.moveCursor(by: place - line.cursor)
    return .goesOn
  }

  /// Where the word at the cursor ends.
  private func wordEnd(_ line: EditBuffer) -> Int {
    var place = line.cursor
    while place < line.scalars.count, line.scalars[place] == " " { place += 1 }
    while place < line.scalars.count, line.scalars[place] != " " { place += 1 }
    return place
  }

  func show(_ buffer: EditBuffer?) -> EditLine.Effect {
    guard let buffer else { return .refused }
    edit.replace(0..<edit.line.scalars.count, by: buffer.text)
    edit.moveCursor(by: buffer.cursor - edit.line.cursor)
    return .goesOn
  }

  /// Takes what is suggested, all of it or up to its next space.
  private func take(_ line: EditBuffer, word: Bool) -> EditLine.Effect {
    aid.follow(line, assistant, recall: recall, offered: offered)
    guard var text = aid.ghost, !text.isEmpty else { return .refused }
    if word {
      let blanks = text.prefix { $0 == " " }
      text = String(blanks + text.dropFirst(blanks.count).prefix { $0 != " " })
    } else if let whole = aid.replacement {
      return show(EditBuffer(whole))
    }
    edit.replace(line.cursor..<line.cursor, by: text)
    return .goesOn
  }

  private func deleteForwards(_ line: EditBuffer) -> EditLine.Effect {
    guard let end = line.placeAfter else { return .refused }
    edit.replace(line.cursor..<end, by: "")
    return .goesOn
  }

  /// Inserts what is pasted, once and as it is: no line end in it runs anything.
  private func paste() -> EditLine.Effect {
    switch keys.paste(isInterrupted: { Interruption.isRequested }) {
    case .interrupted: return .refused
    case .tooLong:
      notice = "what was pasted is longer than 1 MiB and was left out"
      return .refused
    case .text(let text):
      let line = edit.line
      edit.replace(line.cursor..<line.cursor, by: text)
      notice = PasteSummary.words(for: text)
      return .goesOn
    }
  }
}
