import Diagnostics
import Evaluation

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

  /// Asks a question that one line answers; nil where Ctrl-C or Ctrl-D does.
  func ask(_ question: String) -> [UInt8]?

  /// Another store is asked from now on: names that it knows are other ones.
  func follow(_ session: Session)

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

extension StatementReader {
  func follow(_ session: Session) {}

  /// A byte at a time, so that nothing is taken of what was typed for the next statement.
  func ask(_ question: String) -> [UInt8]? {
    try? SystemCall.write(Array(question.utf8)[...], to: 2)
    var line: [UInt8] = []
    while line.count < 1024 {
      let result = SystemCall.read(from: 0, atMost: 1, into: &line)
      if Interruption.isRequested { break }
      switch result {
      case .interrupted: continue
      case .some where line.last != UInt8(ascii: "\n"): continue
      case .some: return line
      case .end, .failed: break
      }
      break
    }
    Interruption.reset()
    try? SystemCall.write([UInt8(ascii: "\n")], to: 2)
    return nil
  }
}
