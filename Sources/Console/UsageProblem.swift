package import Diagnostics
import Interchange
package import Storage

/// What can be wrong with how the program is called, with its scripts' files, and with its output.
package enum UsageProblem: Problem, Equatable {
  case unknownOption(String)
  case ambiguousOption(String, [OptionName])
  case missingArgument(OptionName)
  case unwantedArgument(OptionName)
  case emptyArgument(OptionName)
  case unknownChoice(Text, OptionName, [Text])
  case malformedVariable(Text)
  case notUnicode([UInt8])
  case contradiction(OptionName, OptionName)
  case inPlaceAlone
  case expectAlone
  case loadAlone
  case malformedChain(Text)
  case storeNeeded(OptionName)
  case unknownCode(Text, nearest: Text?)
  case unwantedScript(OptionName, Text)
  case nothingToRewrite
  case commandAndScript(Text)
  case optionAfterScript(Text)
  case doubtfulArgument(Text)
  case nothingToCheck
  /// Standard input, and the reason in words.
  case unreadableInput(String)
  /// `errno`, and whether a change was committed before.
  case outputFailed(Int32, changesStand: Bool)
  case interrupted(changesStand: Bool)
  /// Standard input, or a line of it, has no end in reach.
  case scriptTooLong(String, String)
  /// The store found something out about itself, and got over it.
  /// A note: nothing was asked or written but of an empty agency; the store that may be meant.
  case noStore(Text, other: Text?)
  case storeNotice(StoreNotice)
}

extension UsageProblem {
  package var code: String {
    switch self {
    case .unknownOption: "E0701"
    case .ambiguousOption: "E0702"
    case .missingArgument, .emptyArgument: "E0703"
    case .unwantedArgument: "E0704"
    case .unknownChoice: "E0705"
    case .malformedVariable: "E0706"
    case .notUnicode: "E0707"
    case .contradiction, .inPlaceAlone, .expectAlone, .loadAlone, .commandAndScript,
      .unwantedScript:
      "E0708"
    case .malformedChain: "E0718"
    case .storeNeeded: "E0719"
    case .unknownCode: "E0720"
    case .nothingToRewrite, .nothingToCheck: "E0709"
    case .optionAfterScript: "E0710"
    case .doubtfulArgument: "N0711"
    case .unreadableInput: "E0712"
    case .outputFailed: "E0714"
    case .interrupted: "E0715"
    case .scriptTooLong: "E0716"
    case .storeNotice: "W0717"
    case .noStore: "N0718"
    }
  }

  package var message: String {
    switch self {
    case .unknownOption(let option): "unknown option '\(option)'"
    case .ambiguousOption(let option, _): "option '\(option)' could be several"
    case .missingArgument(let name):
      "option '\(name.spelling)' needs \(name.entry.argument ?? "an argument")"
    case .emptyArgument(let name):
      "option '\(name.spelling)' is given an empty \(name.entry.argument ?? "argument")"
    case .unwantedArgument(let name): "option '\(name.spelling)' takes no argument"
    case .unknownChoice(let value, let name, _):
      "unknown \(name.entry.argument ?? "value") '\(value)' for '\(name.spelling)'"
    case .malformedVariable(let value): "'\(value)' is not NAME=VALUE"
    case .notUnicode(let bytes):
      "argument '\(TerminalEscape.escape(bytes: bytes))' is not valid UTF-8"
    case .contradiction(let first, let second):
      "options '\(first.spelling)' and '\(second.spelling)' exclude each other"
    case .inPlaceAlone: "option '--in-place' is given without '--reformat'"
    case .expectAlone: "option '--expect' is given without '--verify'"
    case .loadAlone: "option '--load' is given without '--sql'"
    case .malformedChain(let value): "'\(value)' is not N:HASH"
    case .storeNeeded(let name): "option '\(name.spelling)' needs a store"
    case .unknownCode(let code, _): "no message has the code '\(code)'"
    case .unwantedScript(let name, let script):
      "option '\(name.spelling)' runs no script, but '\(script)' is given"
    case .commandAndScript(let script): "both '--command' and the script '\(script)' are given"
    case .nothingToRewrite: "option '--in-place' needs a script's file to rewrite"
    case .nothingToCheck: "no script is named"
    case .optionAfterScript(let option): "option '\(option)' follows a script's name"
    case .doubtfulArgument(let option): "'\(option)' goes to the script as an argument"
    case .unreadableInput(let reason): "can't read standard input: \(reason)"
    case .outputFailed(let error, _): "can't write the output: \(SystemFile.describe(error))"
    case .interrupted: "interrupted"
    case .scriptTooLong(let what, let limit): "\(what) is longer than \(limit)"
    case .storeNotice(let notice): notice.message
    case .noStore(let path, _): "there is no store at '\(path)' yet: it is taken as empty"
    }
  }

  package var help: String? {
    switch self {
    case .unknownOption(let option):
      nearest(option).map { "did you mean '\($0)'?" } ?? "'permql --help' lists the options"
    case .ambiguousOption(_, let names): names.map { "'\($0.spelling)'" }.joined(separator: ", ")
    case .missingArgument(let name), .emptyArgument(let name): "write \(usage(of: name))"
    case .unwantedArgument(let name): "write '\(name.spelling)' alone"
    case .unknownChoice(let value, _, let choices):
      Suggestion.nearest(to: value, among: choices).map { "did you mean '\($0)'?" }
        ?? "one of " + choices.map(\.string).joined(separator: ", ")
    case .malformedVariable: "write '--set plan=pro'; scripts read it as $plan"
    case .malformedChain: "take it as '--verify' printed it: a number, ':' and 64 digits"
    case .unknownCode(_, let nearest): nearest.map { "did you mean '\($0)'?" } ?? "such as E0201"
    case .storeNeeded: "name one with '--store PATH' or PERMQL_STORE"
    case .storeNotice(let notice): notice.help
    case .commandAndScript: "inside the command, write 'run \"other.pql\"'"
    case .scriptTooLong: "is this a script?"
    case .noStore(_, let other?): "that folder has '\(other)'"
    case .nothingToCheck: "name one or more, or pipe one in"
    case .optionAfterScript: "options go before the first script"
    case .doubtfulArgument: "options of permql go before the script; '--' before it silences this"
    case .outputFailed(_, changesStand: true), .interrupted(changesStand: true):
      "what was committed before stands"
    case .outputFailed(_, changesStand: false), .interrupted(changesStand: false):
      "nothing was changed"
    case .notUnicode, .contradiction, .inPlaceAlone, .expectAlone, .loadAlone, .nothingToRewrite,
      .unwantedScript, .noStore(_, nil), .unreadableInput:
      nil
    }
  }

  package var status: ExitStatus {
    switch self {
    case .outputFailed: .storeUnavailable
    case .interrupted: .interrupted
    case .storeNotice, .noStore: .done
    default: .unusable
    }
  }

  private func usage(of name: OptionName) -> String {
    let form = "'\(name.spelling) \(name.entry.argument ?? "")'"
    guard case .oneOf(let choices) = name.value, choices.count < 20 else { return form }
    return "\(form), one of \(choices.joined(separator: ", "))"
  }

  private func nearest(_ option: String) -> String? {
    guard option.hasPrefix("--") else { return nil }
    return Suggestion.nearest(
      to: Text(option), among: OptionName.allCases.map { Text($0.spelling) })?.string
  }
}
