/// What a key may be bound to, besides libedit's own functions.
enum EditAction: Int, CaseIterable, Sendable {
  case enter
  case newLine
  case complete
  case completeBackwards
  case up
  case down
  case left
  case right
  case takeAll
  case takeWord
  case deleteBackwards
  case deleteForwards
  case deleteOrLeave
  case lineStart
  case lineEnd
  case search
  case undo
  case clearScreen
  case paste
  case cancel

  /// As an `.editrc` may name it.
  var name: String {
    switch self {
    case .enter: "permql-enter"
    case .newLine: "permql-new-line"
    case .complete: "permql-complete"
    case .completeBackwards: "permql-complete-backwards"
    case .up: "permql-up"
    case .down: "permql-down"
    case .left: "permql-left"
    case .right: "permql-right"
    case .takeAll: "permql-take-all"
    case .takeWord: "permql-take-word"
    case .deleteBackwards: "permql-delete-backwards"
    case .deleteForwards: "permql-delete-forwards"
    case .deleteOrLeave: "permql-delete-or-leave"
    case .lineStart: "permql-line-start"
    case .lineEnd: "permql-line-end"
    case .search: "permql-search"
    case .undo: "permql-undo"
    case .clearScreen: "permql-clear-screen"
    case .paste: "permql-paste"
    case .cancel: "permql-cancel"
    }
  }
}
