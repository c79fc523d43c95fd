package import Diagnostics
import Interchange

/// What can be wrong with what begins with a dot, and with other words to the prompt itself.
package enum DotProblem: Problem, Equatable {
  case unknown(Text, nearest: Text?)
  case notUnicode
  case severalLines
  case missingArgument(DotCommand)
  case unwantedArgument(DotCommand)
  case badArgument(Text, DotCommand, nearest: Text?)
  case sandboxed(DotCommand)
  case inTransaction(DotCommand)
  /// There is no statement yet to edit or repeat.
  case nothingYet(DotCommand)
  /// Only what changes nothing is repeated.
  case watchesQuestions
  /// A file, what was to be done with it, and the reason in words.
  case unusableFile(Text, String)
  /// A program, and how it ended.
  case failedProgram(Text, Int32)
  /// A word that is no statement, and what was most likely meant.
  case misspeltFarewell(Text, Text)
}

extension DotProblem {
  package var status: ExitStatus { .unusable }

  package var code: String {
    switch self {
    case .unknown: "E0721"
    case .notUnicode, .severalLines: "E0722"
    case .missingArgument, .unwantedArgument, .badArgument: "E0723"
    case .sandboxed: "E0724"
    case .inTransaction: "E0725"
    case .nothingYet: "E0726"
    case .watchesQuestions: "E0727"
    case .unusableFile: "E0728"
    case .failedProgram: "E0729"
    case .misspeltFarewell: "E0730"
    }
  }

  package var message: String {
    switch self {
    case .unknown(let word, _): "unknown command '.\(word)'"
    case .notUnicode: "this is not valid UTF-8"
    case .severalLines: "what begins with a dot is one line"
    case .missingArgument(let command):
      "'\(command.spelling)' needs \(command.entry.argument ?? "")"
    case .unwantedArgument(let command): "'\(command.spelling)' stands alone"
    case .badArgument(let value, let command, _): "'\(command.spelling)' can't take '\(value)'"
    case .sandboxed(let command): "'\(command.spelling)' is refused under --sandbox"
    case .inTransaction(let command): "'\(command.spelling)' can't be used inside a transaction"
    case .nothingYet(let command): "there is no statement yet that '\(command.spelling)' could take"
    case .watchesQuestions: "only what changes nothing is repeated"
    case .unusableFile(let path, let reason): "can't use '\(path)': \(reason)"
    case .failedProgram(let program, let status): "'\(program)' ended with status \(status)"
    case .misspeltFarewell(let word, _): "unknown word '\(word)'"
    }
  }

  package var help: String? {
    switch self {
    case .unknown(_, nil): "'.help' lists the commands"
    case .badArgument(_, let command, nil) where command.entry.words.count > 1:
      "one of \(command.entry.words.joined(separator: ", "))"
    case .missingArgument(let command), .unwantedArgument(let command),
      .badArgument(_, let command, nil):
      "write \(command.usage)"
    case .sandboxed: "run permql without --sandbox, if you trust what you run"
    case .inTransaction: "end it with 'commit' or 'rollback' first"
    case .nothingYet: "run one first"
    case .watchesQuestions: "ask something first, such as: count by plan"
    case .failedProgram: "set $VISUAL or $EDITOR to the editor that you like"
    case .unknown, .notUnicode, .severalLines, .badArgument, .unusableFile, .misspeltFarewell: nil
    }
  }

  package var label: String? {
    switch self {
    case .unknown(_, let near?): "did you mean '.\(near)'?"
    case .badArgument(_, _, let near?), .misspeltFarewell(_, let near): "did you mean '\(near)'?"
    default: nil
    }
  }

  package var replacement: Text? {
    switch self {
    case .unknown(_, let near?): Text(".\(near)")
    case .badArgument(_, _, let near?), .misspeltFarewell(_, let near): near
    default: nil
    }
  }
}
