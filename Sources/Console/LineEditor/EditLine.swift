import CEditLine

/// What libedit asks its owner while it reads a line.
protocol EditLineOwner: AnyObject {
  /// The next character for the editor, or why there is none.
  func nextCharacter() -> EditLine.Character

  /// Does what a key is bound to.
  func perform(_ action: EditAction) -> EditLine.Effect
}

/// libedit, which knows keys, key maps, editing commands and the terminal's settings.
///
/// It draws nothing: what it would print goes nowhere, and its owner paints the line. So its model
/// of the screen never matters, and a line can be coloured, wrapped and scrolled in any way.
@safe
final class EditLine {
  enum Character {
    case scalar(Unicode.Scalar)
    case end
    /// Reading stops; what was typed is the owner's business.
    case abandoned
  }

  /// What becomes of the line after a bound key.
  enum Effect {
    case goesOn
    /// The key could not do what it does.
    case refused
    /// The line is read.
    case finished
  }

  private let editor: OpaquePointer
  /// The actions' names, which libedit goes on reading.
  private let names: [UnsafeMutablePointer<wchar_t>]
  private weak var owner: (any EditLineOwner)?
  let hasViKeys: Bool

  /// - Returns: nil where standard input is no terminal, or an `.editrc` wants no editing.
  init?() {
    guard let editor = unsafe permql_edit_open() else { return nil }
    guard unsafe permql_edit_is_enabled(editor) != 0 else {
      unsafe permql_edit_close(editor)
      return nil
    }
    unsafe self.editor = editor
    unsafe names = EditAction.allCases.map { action in
      let wide = EditLine.wide(action.name)
      let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: wide.count)
      unsafe copy.initialize(from: wide, count: wide.count)
      return unsafe copy
    }
    hasViKeys = unsafe permql_edit_is_vi(editor) != 0
    unsafe permql_edit_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    unsafe permql_edit_set_reader(editor) { editor, character in
      unsafe EditLine.read(editor, into: character)
    }
    for action in EditAction.allCases {
      unsafe permql_edit_add(editor, names[action.rawValue], EditLine.function(of: action))
    }
  }

  deinit {
    unsafe permql_edit_close(editor)
    for index in unsafe names.indices { unsafe names[index].deallocate() }
  }

  /// Binds keys, such as `"\u{1}"`, to an action.
  func bind(_ keys: String, to action: EditAction, inCommandMap: Bool = false) {
    let wide = EditLine.wide(keys)
    unsafe permql_edit_bind(editor, wide, names[action.rawValue], inCommandMap ? 1 : 0)
  }

  /// Reads one line; the owner is asked for characters and told of keys until it is finished.
  ///
  /// - Returns: whether it was finished, not abandoned.
  func read(for owner: any EditLineOwner) -> Bool {
    self.owner = owner
    defer { self.owner = nil }
    permql_edit_hold_signals(1)
    defer { permql_edit_hold_signals(0) }
    var count: Int32 = 0
    return unsafe el_wgets(editor, &count) != nil
  }
}

// MARK: - The line

extension EditLine {
  /// What is typed, and where the cursor is.
  var line: EditBuffer {
    guard let line = unsafe el_wline(editor)?.pointee, let start = unsafe line.buffer,
      let cursor = unsafe line.cursor, let end = unsafe line.lastchar
    else { return EditBuffer() }
    let units = unsafe UnsafeBufferPointer(start: start, count: end - start)
    return unsafe EditBuffer(
      scalars: units.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" },
      cursor: cursor - start)
  }

  /// Replaces a part of the line, and leaves the cursor behind it.
  func replace(_ range: Range<Int>, by text: String) {
    unsafe permql_edit_replace(
      editor, Int32(range.lowerBound), Int32(range.count), EditLine.wide(text))
  }

  func moveCursor(by distance: Int) {
    unsafe el_cursor(editor, Int32(distance))
  }

  /// Gives the terminal back the settings that it had, or takes it again.
  func prepare(isEditing: Bool) {
    unsafe permql_edit_prepare(editor, isEditing ? 1 : 0)
  }

  private static func wide(_ text: String) -> [wchar_t] {
    text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
  }
}

// MARK: - Waiting

extension EditLine {
  enum Wait {
    case input
    case timeIsOver
    case signal
  }

  /// Waits for a key; nil waits for ever.
  static func wait(milliseconds: Int?) -> Wait {
    switch permql_edit_wait(0, Int32(milliseconds ?? -1)) {
    case 0: .timeIsOver
    case 1: .input
    default: .signal
    }
  }

  /// Lets a signal do to the process what it does when nobody answers it.
  static func obey(signal number: Int32) {
    permql_edit_stop(number)
  }
}

// MARK: - Called by libedit

extension EditLine {
  private static func owner(of editor: OpaquePointer?) -> (any EditLineOwner)? {
    guard let client = unsafe permql_edit_client(editor) else { return nil }
    return unsafe Unmanaged<EditLine>.fromOpaque(client).takeUnretainedValue().owner
  }

  private static func read(
    _ editor: OpaquePointer?, into character: UnsafeMutablePointer<wchar_t>?
  ) -> Int32 {
    guard let owner = unsafe owner(of: editor) else { return -1 }
    switch owner.nextCharacter() {
    case .scalar(let scalar):
      unsafe character?.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    case .end: return 0
    case .abandoned: return -1
    }
  }

  /// For libedit's table, which has a C function for each key function.
  static func perform(_ action: EditAction, _ editor: OpaquePointer?) -> UInt8 {
    guard let owner = unsafe owner(of: editor) else { return UInt8(CC_ERROR) }
    switch owner.perform(action) {
    case .goesOn: return UInt8(CC_REFRESH)
    case .refused: return UInt8(CC_ERROR)
    case .finished: return UInt8(CC_EOF)
    }
  }
}
