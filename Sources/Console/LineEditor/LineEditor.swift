import Diagnostics
import Evaluation
import Language

/// The prompt's editor: one buffer of several lines, painted as it is typed.
///
/// libedit has the keys and the editing commands; this has everything that is seen. Each time that
/// libedit asks for a character and none is waiting, the line is painted anew from the buffer, so
/// what is shown never depends on what was shown before.
final class LineEditor: StatementReader {
  let edit: EditLine
  private(set) var assistant: any Assistant
  private let hasColors: Bool
  private let historyFile: HistoryFile?
  var keys = KeyReader()
  var recall = History()
  var steps = UndoStack()
  private var painter = Painter()
  private var prompt = ""
  private var rightPrompt = ""
  /// What the read has come to, once it has.
  var outcome: ReadInput?
  /// A statement to be suggested where nothing is typed.
  var offered: Text?
  /// Told below the line until the next key.
  var notice: String?
  var menu: CompletionMenu?
  var search: HistorySearch?
  /// What was worked out for the line as it is.
  var aid = LineAid()
  private var rest = Rest()

  /// - Returns: nil where the terminal can't be edited on.
  init?(assistant: any Assistant, historyFile: HistoryFile?, hasColors: Bool) {
    guard let edit = EditLine() else { return nil }
    self.edit = edit
    self.assistant = assistant
    self.historyFile = historyFile
    self.hasColors = hasColors
    for (key, action) in KeyTable.keys { edit.bind(String(Character(key)), to: action) }
    if !edit.hasViKeys {
      for (key, action) in KeyTable.emacsKeys { edit.bind(key, to: action) }
    }
    for action in EditAction.allCases {
      edit.bind(String(Character(action.privateKey)), to: action)
    }
    guard edit.hasViKeys else { return }
    for action in EditAction.allCases {
      edit.bind(String(Character(action.privateKey)), to: action, inCommandMap: true)
    }
    for (key, action) in KeyTable.commandKeys {
      edit.bind(String(Character(key)), to: action, inCommandMap: true)
    }
  }

  var history: [Text] { recall.all }

  func offer(_ statement: Text) { offered = statement }

  func follow(_ session: Session) { assistant = assistant.following(session) }

  func read(prompt: String, rightPrompt: String) -> ReadInput {
    (self.prompt, self.rightPrompt) = (prompt, rightPrompt)
    if let historyFile { recall.add(older: historyFile.takeNew()) }
    if let problem = historyFile?.takeProblem() { notice = problem }
    write(Array("\u{1B}[?2004h".utf8))
    defer { write(Array("\u{1B}[?2004l".utf8)) }
    while true {
      beginLine()
      let signals = TerminalSignals.take()
      _ = edit.read(for: self)
      TerminalSignals.giveBack(signals)
      switch outcome {
      case .statement(let bytes):
        remember(bytes)
        offered = nil
        return .statement(bytes)
      case .interrupted: return .interrupted
      case .tooLong: return .tooLong
      case .end: return .end
      case nil:
        // An empty line, or libedit gave up: the terminal is gone.
        if keys.isAtEnd { return .end }
      }
    }
  }

  private func beginLine() {
    outcome = nil
    menu = nil
    search = nil
    aid = LineAid()
    steps = UndoStack()
    recall.beginLine()
    rest.beginLine()
    painter.forget()
  }

  private func remember(_ bytes: [UInt8]) {
    let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    guard let text = Text(validating: bytes[..<end]), recall.add(text) else { return }
    historyFile?.append(text)
  }

  private func write(_ bytes: [UInt8]) {
    if !bytes.isEmpty { try? SystemCall.write(bytes[...], to: 1) }
  }
}

// MARK: - Characters for libedit

extension LineEditor: EditLineOwner {
  func nextCharacter() -> EditLine.Character {
    while true {
      if let stop = answerSignals() { return stop }
      switch keys.pending {
      case .input: break
      case .signal: continue
      case .timeIsOver:
        steps.note(edit.line)
        paint()
        guard waitForKey() else { continue }
      }
      guard let key = keys.next() else {
        if keys.isAtEnd { return .end }
        continue
      }
      notice = nil
      if search != nil {
        if continueSearch(key) { continue }
      } else if menu != nil, continueMenu(key) {
        continue
      }
      switch key {
      // With emacs keys an escape by itself would swallow the next key, as if Alt were held.
      case .scalar("\u{1B}") where !edit.hasViKeys && keys.isEmpty:
        return .scalar(EditAction.cancel.privateKey)
      case .scalar(let scalar): return .scalar(scalar)
      case .action(let action): return .scalar(action.privateKey)
      }
    }
  }

  /// Waits for a key, and works out meanwhile what takes longer than a key may wait.
  private func waitForKey() -> Bool {
    if aid.lacksReach && !rest.isTooDear {
      switch EditLine.wait(milliseconds: rest.milliseconds) {
      case .input: return true
      case .signal: return false
      case .timeIsOver:
        let watch = KeyWatch()
        aid.findReach(assistant, until: watch)
        rest.follow(cost: watch.longestGap)
        // The key that it was given up for paints the line.
        guard watch.isQuiet else { return false }
        paint()
      }
    }
    return EditLine.wait(milliseconds: nil) == .input
  }

  /// Does what signals ask for.
  ///
  /// - Returns: why reading stops, if it does.
  private func answerSignals() -> EditLine.Character? {
    if let number = TerminalSignals.takeEnd() {
      leaveTerminal()
      EditLine.obey(signal: number)
    }
    if Interruption.isRequested {
      aid = LineAid()
      (menu, search, notice) = (nil, nil, nil)
      leaveLine(showing: edit.line, isAbandoned: true, endsLine: false)
      outcome = .interrupted
      return .abandoned
    }
    if TerminalSignals.takeStop() {
      leaveTerminal()
      EditLine.obey(signal: TerminalSignals.stop)
      edit.prepare(isEditing: true)
      write(Array("\u{1B}[?2004h".utf8))
      painter.forget()
    }
    if TerminalSignals.takeResize() { write(painter.erase(inNewWidth: size.columns)) }
    return nil
  }

  /// Leaves the terminal as others expect it, below the line.
  private func leaveTerminal() {
    leaveLine(showing: edit.line)
    write(Array("\u{1B}[?2004l".utf8))
    edit.prepare(isEditing: false)
  }
}

// MARK: - Painting

extension LineEditor {
  var size: (columns: Int, rows: Int) { SystemCall.terminalSize(1) ?? (80, 24) }

  /// Shows the line as it is.
  func paint() {
    let (columns, rows) = size
    let buffer = search?.shown(over: edit.line) ?? edit.line
    aid.follow(buffer, assistant, recall: recall, offered: offered)
    var content = self.content(of: buffer)
    if hasColors, search == nil, menu == nil { content.tail = aid.tail }
    if let search {
      content.below = [[InkedText(search.caption, .ghost)]]
    } else if let menu {
      content.below = menu.rows(columns: columns, most: max(1, rows - 2))
    } else if let notice {
      content.below = [[InkedText(notice, .ghost)]]
    }
    write(painter.paint(Frame(content, width: columns, height: rows, hasColors: hasColors)))
  }

  /// Leaves the line on the screen, without what was only suggested.
  ///
  /// Of an input that is none, whoever reads ends the line, as after plain lines.
  func leaveLine(showing buffer: EditBuffer, isAbandoned: Bool = false, endsLine: Bool = true) {
    aid.follow(buffer, assistant, recall: recall, offered: nil)
    var content = self.content(of: buffer)
    content.buffer.cursor = buffer.scalars.count
    if isAbandoned, hasColors, !buffer.isEmpty { content.tail = [InkedText("^C", .ghost)] }
    let frame = Frame(content, width: size.columns, height: .max / 2, hasColors: hasColors)
    write(painter.finish(frame, endsLine: endsLine))
  }

  func clearScreen() {
    write(Array("\u{1B}[H\u{1B}[2J".utf8))
    painter.forget()
  }

  private func content(of buffer: EditBuffer) -> Frame.Content {
    var content = Frame.Content()
    content.prompt = prompt
    content.rightPrompt = rightPrompt
    content.buffer = buffer
    content.inks = hasColors ? aid.inks : []
    return content
  }
}
