import CEditLine

// libedit's functions carry nothing of their own, so each action has one.
extension EditLine {
  static func function(of action: EditAction) -> permql_edit_function {
    switch action {
    case .enter: { editor, _ in unsafe EditLine.perform(.enter, editor) }
    case .newLine: { editor, _ in unsafe EditLine.perform(.newLine, editor) }
    case .complete: { editor, _ in unsafe EditLine.perform(.complete, editor) }
    case .completeBackwards: { editor, _ in unsafe EditLine.perform(.completeBackwards, editor) }
    case .up: { editor, _ in unsafe EditLine.perform(.up, editor) }
    case .down: { editor, _ in unsafe EditLine.perform(.down, editor) }
    case .left: { editor, _ in unsafe EditLine.perform(.left, editor) }
    case .right: { editor, _ in unsafe EditLine.perform(.right, editor) }
    case .takeAll: { editor, _ in unsafe EditLine.perform(.takeAll, editor) }
    case .takeWord: { editor, _ in unsafe EditLine.perform(.takeWord, editor) }
    case .deleteBackwards: { editor, _ in unsafe EditLine.perform(.deleteBackwards, editor) }
    case .deleteForwards: { editor, _ in unsafe EditLine.perform(.deleteForwards, editor) }
    case .deleteOrLeave: { editor, _ in unsafe EditLine.perform(.deleteOrLeave, editor) }
    case .lineStart: { editor, _ in unsafe EditLine.perform(.lineStart, editor) }
    case .lineEnd: { editor, _ in unsafe EditLine.perform(.lineEnd, editor) }
    case .search: { editor, _ in unsafe EditLine.perform(.search, editor) }
    case .undo: { editor, _ in unsafe EditLine.perform(.undo, editor) }
    case .clearScreen: { editor, _ in unsafe EditLine.perform(.clearScreen, editor) }
    case .paste: { editor, _ in unsafe EditLine.perform(.paste, editor) }
    case .cancel: { editor, _ in unsafe EditLine.perform(.cancel, editor) }
    }
  }
}
