package import Diagnostics

/// What a prompt does besides running statements: each begins with a dot and takes one line.
///
/// One table, read by the prompt, by `.help` and by completion.
package enum DotCommand: String, CaseIterable, Sendable {
  case help
  case output
  case timing
  case open
  case read
  case edit
  case watch
  case tee
  case history
  case set
  case width
  case clear
  case quit

  /// What a command takes, as far as it can be completed.
  package enum Operand: Equatable, Sendable {
    /// A command or a word of the language.
    case topic
    case oneOf([String])
    /// A store's folder.
    case store
    case script
    /// A file, or one of some words.
    case file(or: [String])
    /// Nobody can know, or there is none.
    case free
  }

  package struct Entry: Sendable {
    /// What follows it, such as `PATH`; nil where nothing does.
    package let argument: String?
    package let operand: Operand
    package let summary: String
    /// What is to be known besides.
    package let meaning: String
    /// Whether `--sandbox` refuses it: it touches another file or starts another program.
    package let leavesTheSandbox: Bool

    /// All that it can take, where these are some words.
    var words: [String] {
      if case .oneOf(let words) = operand { words } else { [] }
    }

    fileprivate init(
      _ argument: String?, takes operand: Operand = .free, _ summary: String,
      leavesTheSandbox: Bool = false, _ meaning: String
    ) {
      self.argument = argument
      self.operand = operand
      self.summary = summary
      self.meaning = meaning
      self.leavesTheSandbox = leavesTheSandbox
    }
  }

  package var entry: Entry {
    switch self {
    case .help:
      Entry(
        "[TOPIC]", takes: .topic, "lists these, or says what a word means",
        "A topic is one of these commands, or a word of the language: .help grant.")
    case .output:
      Entry(
        "[FORMAT]", takes: .oneOf(OutputFormat.allCases.map(\.rawValue)),
        "writes results in another format",
        "One of \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    case .timing:
      Entry(
        "[on|off]", takes: .oneOf(["on", "off"]), "tells how long each statement took",
        "The times go to standard error.")
    case .open:
      Entry(
        "PATH", takes: .store, "goes on with another store", leavesTheSandbox: true,
        "It is made by the first write if it is absent. What 'let' named is forgotten.")
    case .read:
      Entry(
        "FILE", takes: .script, "runs a script", leavesTheSandbox: true,
        "As 'run' does: all of it or nothing, and nobody is asked to confirm.")
    case .edit:
      Entry(
        nil, "edits the last statement, and runs it", leavesTheSandbox: true,
        "In $VISUAL or $EDITOR. Where it is not changed, nothing is run.")
    case .watch:
      Entry(
        "[SECONDS]", "repeats the last question until Ctrl-C",
        "Every two seconds where nothing else is said. Statements that write are not repeated.")
    case .tee:
      Entry(
        "[FILE|off]", takes: .file(or: ["off"]), "copies what is asked and answered to a file",
        leavesTheSandbox: true,
        "It is added at the file's end, without colours and in full width.")
    case .history:
      Entry(
        "[TEXT]", "lists what was run, or what of it contains a text",
        "The newest comes last. A statement typed after a blank is not kept.")
    case .set:
      Entry(
        "[NAME=VALUE]", "makes a variable: $NAME in statements",
        "As --set does: text, taken as a number or a time where one is wanted.")
    case .width:
      Entry(
        "[COLUMNS|auto]", takes: .oneOf(["auto"]), "makes tables fit so many columns",
        "'auto' follows the terminal, which is how it begins.")
    case .clear: Entry(nil, "clears the screen", "The history stays.")
    case .quit:
      Entry(nil, "leaves", "So do 'quit', 'exit' and Ctrl-D. An open transaction is asked about.")
    }
  }

  /// What people bring along from elsewhere.
  private static let aliases: [String: DotCommand] = ["exit": .quit, "q": .quit, "h": .help]

  /// The command that a word without its dot is, in any case.
  static func named(_ word: String) -> DotCommand? {
    let name = word.lowercased()
    return DotCommand(rawValue: name) ?? aliases[name]
  }

  /// With its dot.
  package var spelling: String { "." + rawValue }

  /// With its dot and what it takes.
  package var usage: String { entry.argument.map { "\(spelling) \($0)" } ?? spelling }
}

extension DotCommand {
  /// What `.help` alone prints.
  package static var overview: String {
    let width = allCases.map(\.usage.count).max() ?? 0
    let lines = allCases.map { command in
      let padding = String(repeating: " ", count: width - command.usage.count)
      return "  \(command.usage)\(padding)  \(command.entry.summary)"
    }
    return lines.joined(separator: "\n")
      + "\n\n'help' lists the statements, 'help grant' explains one"
  }

  /// What `.help .watch` prints.
  package var page: String {
    let meaning = HumanText.wrapped(Array(entry.meaning.utf8), to: 78)
    return "\(usage): \(entry.summary)\n\n\(String(decoding: meaning, as: UTF8.self))"
  }
}

/// A line that begins with a dot, taken apart.
package struct DotLine: Equatable, Sendable {
  package let command: DotCommand
  /// What follows the command, without the blanks around it and quotes that surround it whole.
  package let argument: Text
  /// Where the argument stands in the line.
  package let range: SourceRange

  /// - Throws: where there is no such command, or what follows it is not text.
  package init(_ bytes: [UInt8]) throws(DotProblem) {
    let start = bytes.firstIndex { $0 > 0x20 } ?? 0
    let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? bytes.count
    let wordEnd = bytes[start..<end].firstIndex { $0 <= 0x20 } ?? end
    guard let line = Text(validating: bytes[start..<end]),
      let word = Text(validating: bytes[start..<wordEnd].dropFirst())
    else { throw .notUnicode }
    guard !line.string.contains("\n") else { throw .severalLines }
    guard let command = DotCommand.named(word.string) else { throw DotLine.unknown(word) }
    self.command = command
    let argumentStart = bytes[wordEnd..<end].firstIndex { $0 > 0x20 } ?? end
    range = SourceRange(argumentStart, end)
    argument = Text(validating: DotLine.unquoted(bytes[argumentStart..<end])) ?? ""
  }

  private static func unknown(_ word: Text) -> DotProblem {
    let names = DotCommand.allCases.map { Text($0.rawValue) }
    return .unknown(word, nearest: Suggestion.nearest(to: word, among: names))
  }

  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.count > 1, let first = bytes.first, first == bytes.last,
      first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    else { return bytes }
    return bytes.dropFirst().dropLast()
  }
}
