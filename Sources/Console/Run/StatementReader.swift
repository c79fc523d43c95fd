import Diagnostics

/// Where a prompt's statements come from: a line editor, or plain lines.
protocol StatementReader: AnyObject {
  /// Reads one input that is whole: one or more statements, or a dot command.
  ///
  /// - Parameters:
  ///   - prompt: what stands before the input, escaped, without colours.
  ///   - rightPrompt: what stands at the line's right end where there is room; may be empty.
  /// - Returns: the input, or why there is none; the cursor is then still on its line.
  func read(prompt: String, rightPrompt: String) -> ReadInput

  /// Offers a statement for the next input: the last one, corrected.
  func offer(_ statement: Text)

  /// What was run from here or in earlier sessions, the oldest first.
  var history: [Text] { get }
}

/// What came of reading one input.
enum ReadInput: Equatable {
  /// As typed, its line ends included.
  case statement([UInt8])
  /// Ctrl-C: what was typed is gone.
  case interrupted
  case tooLong
  /// Ctrl-D where nothing is typed.
  case end
}
