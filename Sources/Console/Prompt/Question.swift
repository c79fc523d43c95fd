import Diagnostics
import Evaluation

/// What a person is asked, and what their answers mean.
struct Question {
  let sink: ResultSink
  let input: any StatementReader

  /// Whether a write that reaches far is meant: everything but a clear yes is a no.
  func confirms(_ confirmation: WriteQuestion, on screen: Screen) -> Bool {
    if let preview = confirmation.preview {
      var shown = OutputBuffer(to: nil)
      try? ResultWriter(format: .table, screen: screen).write(.table(preview), to: &shown)
      sink.say { $0.append(contentsOf: shown.bytes) }
    }
    sink.say { bytes in
      screen.append(.doubtful, to: &bytes) { bytes in
        for line in confirmation.lines {
          bytes.append(Folding.fold(TerminalEscape.escape(line), to: screen.width) + "\n")
        }
      }
    }
    return Question.isYes(input.ask("go on? [y/N] "))
  }

  enum Parting {
    case commit
    case rollback
    case stay
  }

  /// What becomes of an open transaction when somebody leaves; Ctrl-D once more rolls it back.
  func parting(changes: Int) -> Parting {
    sink.say {
      $0.append("a transaction is open, with \(Quantity.of(changes, "change")) not yet kept\n")
    }
    guard let answer = input.ask("commit, roll back, or stay? [c/r/S] ") else { return .rollback }
    switch Question.word(answer) {
    case "c", "commit": return .commit
    case "r", "rollback", "roll back": return .rollback
    default: return .stay
    }
  }

  static func isYes(_ answer: [UInt8]?) -> Bool {
    guard let answer else { return false }
    return ["y", "yes"].contains(word(answer))
  }

  private static func word(_ answer: [UInt8]) -> String {
    let text = String(decoding: answer, as: UTF8.self).lowercased()
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
