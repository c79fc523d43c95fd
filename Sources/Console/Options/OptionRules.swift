package import Diagnostics
import Storage

extension Invocation {
  /// Reads a command line: the arguments after the program's name, as bytes.
  ///
  /// - Parameters:
  ///   - arguments: without the program's name.
  ///   - store: what `PERMQL_STORE` says, for a command line that names none.
  /// - Throws: the first thing that is wrong with it.
  package init(arguments: [[UInt8]], store: Text? = nil) throws(UsageProblem) {
    let split = try SplitArguments(arguments)
    if split.occurrences.contains(where: { $0.name == .help }) {
      self = .help
      return
    }
    if split.occurrences.contains(where: { $0.name == .version }) {
      self = .version
      return
    }
    for occurrence in split.occurrences {
      guard let value = occurrence.value.flatMap({ Text(validating: $0) }) else { continue }
      switch occurrence.name {
      case .explain:
        self = .explain(try Explanation.named(value))
        return
      case .completions:
        guard let shell = CompletionShell(rawValue: value.string) else {
          throw .unknownChoice(
            value, .completions, CompletionShell.allCases.map { Text($0.rawValue) })
        }
        self = .completions(shell)
        return
      default: continue
      }
    }
    self = .options(try Options(split, store: store))
  }
}

extension Options {
  fileprivate init(_ split: SplitArguments, store: Text?) throws(UsageProblem) {
    self.init()
    self.store = store.flatMap { $0.isEmpty ? nil : $0 }
    var commands: [Text] = []
    var used: [OptionName] = []
    for occurrence in split.occurrences {
      used.append(occurrence.name)
      var value: Text?
      if let bytes = occurrence.value { value = try text(bytes) }
      if occurrence.name == .command, let value {
        commands.append(value)
      } else {
        try apply(occurrence.name, value: value ?? "")
      }
    }
    try chooseMode(used)
    var operands: [Text] = []
    for operand in split.operands { operands.append(try text(operand)) }
    try chooseInput(commands: commands, operands: operands, afterDashes: split.endedByDashes)
    try refuseContradictions(used)
  }

  private mutating func apply(_ name: OptionName, value: Text) throws(UsageProblem) {
    switch name {
    case .store: store = try notEmpty(value, for: name)
    case .output: format = try choice(value, for: name)
    case .color: color = try choice(value, for: name)
    case .actor: actor = try notEmpty(value, for: name)
    case .reason: reason = try notEmpty(value, for: name)
    case .set:
      guard let variable = Variable(value) else { throw .malformedVariable(value) }
      variables.append(variable)
    case .dryRun: isDryRun = true
    case .readOnly: isReadOnly = true
    case .sandbox: isSandboxed = true
    case .keepGoing: keepsGoing = true
    case .allowNetwork: allowsNetwork = true
    case .backup: mode = .backup(to: try notEmpty(value, for: name))
    case .sql: mode = .sql(try choice(value, for: name))
    case .expect:
      guard let chain = ChainValue(value) else { throw .malformedChain(value) }
      mode = .verify(expecting: chain)
    case .noEdit: editsLines = false
    case .yes: skipsConfirmation = true
    case .quiet: isQuiet = true
    case .echo: echoes = true
    case .timing: showsTiming = true
    case .command, .check, .reformat, .inPlace, .verify, .recover, .snapshot, .load, .explain,
      .completions, .version, .help:
      break
    }
  }

  private mutating func chooseMode(_ used: [OptionName]) throws(UsageProblem) {
    let modes: [OptionName] = [.check, .reformat, .verify, .backup, .recover, .snapshot, .sql]
    let chosen = modes.filter(used.contains)
    if chosen.count > 1 { throw .contradiction(chosen[0], chosen[1]) }
    if used.contains(.expect) && !used.contains(.verify) { throw .expectAlone }
    if used.contains(.load) {
      guard case .sql(let dialect) = mode else { throw .loadAlone }
      mode = .load(dialect)
    }
    if used.contains(.verify), mode == .run { mode = .verify(expecting: nil) }
    if used.contains(.recover) { mode = .recover }
    if used.contains(.snapshot) { mode = .snapshot }
    if used.contains(.inPlace) && !used.contains(.reformat) { throw .inPlaceAlone }
    if used.contains(.check) { mode = .check }
    if used.contains(.reformat) { mode = .reformat(inPlace: used.contains(.inPlace)) }
  }

  /// Gives the operands their meaning: a script and its arguments, a command's arguments, or scripts.
  private mutating func chooseInput(
    commands: [Text], operands: [Text], afterDashes: Bool
  ) throws(UsageProblem) {
    if !commands.isEmpty {
      var text = commands[0].string
      for command in commands.dropFirst() { text += "\n" + command.string }
      input = .command(Text(text))
      if let script = operands.first, !takesArguments || (!afterDashes && looksLikeScript(script)) {
        throw .commandAndScript(script)
      }
      arguments = operands
      if !afterDashes { doubtfulArguments = arguments.filter(isOwnOption) }
    } else if !takesArguments {
      if let stray = operands.first(where: { !afterDashes && isOwnOption($0) }) {
        throw .optionAfterScript(stray)
      }
      if !operands.isEmpty { input = .files(operands) }
    } else if let script = operands.first {
      input = script == "-" ? .standardInput : .files([script])
      arguments = Array(operands.dropFirst())
      if !afterDashes { doubtfulArguments = arguments.filter(isOwnOption) }
    }
    if mode == .reformat(inPlace: true) {
      guard case .files(let files) = input, !files.contains("-") else {
        throw .nothingToRewrite
      }
    }
  }

  /// What follows a script are its arguments.
  private var takesArguments: Bool {
    switch mode {
    case .run, .sql: true
    case .check, .reformat, .verify, .backup, .recover, .snapshot, .load: false
    }
  }

  private func refuseContradictions(_ used: [OptionName]) throws(UsageProblem) {
    let mode: OptionName
    var running: [OptionName] = [.dryRun, .keepGoing, .echo, .timing]
    switch self.mode {
    case .run: return
    case .check: mode = .check
    case .reformat: mode = .reformat
    case .verify: mode = .verify
    case .backup: mode = .backup
    case .recover: mode = .recover
    case .sql, .load: mode = .sql
    case .snapshot: mode = .snapshot
    }
    if let careful = StoreCare(self.mode) {
      running += [.command, .set, .sandbox]
      if careful.writes { running.append(.readOnly) }
      guard store != nil else { throw .storeNeeded(mode) }
      if case .files(let files) = input, let script = files.first {
        throw .unwantedScript(mode, script)
      }
    }
    if let other = running.first(where: used.contains) { throw .contradiction(mode, other) }
  }

  private func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ value: Text, for name: OptionName
  ) throws(UsageProblem) -> Choice {
    if let choice = Choice(rawValue: value.string) { return choice }
    throw .unknownChoice(value, name, Choice.allCases.map { Text($0.rawValue) })
  }

  private func notEmpty(_ value: Text, for name: OptionName) throws(UsageProblem) -> Text {
    if value.isEmpty { throw .emptyArgument(name) }
    return value
  }

  private func text(_ bytes: [UInt8]) throws(UsageProblem) -> Text {
    guard let text = Text(validating: bytes) else { throw .notUnicode(bytes) }
    return text
  }
}

private func looksLikeScript(_ operand: Text) -> Bool { operand.string.hasSuffix(".pql") }

extension Options.Variable {
  /// Reads `NAME=VALUE`, with or without a `$`; nil where it is not that.
  package init?(_ text: Text) {
    let bytes = text.bytes
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
      let name = Text(validating: bytes[..<equals].drop { $0 == UInt8(ascii: "$") }),
      let value = Text(validating: bytes[(equals + 1)...]), isVariableName(name)
    else { return nil }
    self.init(name: name, value: value)
  }
}

/// Letters, digits and `_`, and no digit first: what the language takes after a `$`.
private func isVariableName(_ name: Text) -> Bool {
  guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
  return name.utf8.allSatisfy { byte in
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      || (0x61...0x7A).contains(byte | 0x20)
  }
}

/// Whether the text is spelled exactly as one of our options, with a value after `=` or without.
private func isOwnOption(_ operand: Text) -> Bool {
  let name = operand.string.prefix { $0 != "=" }
  return OptionName.allCases.contains { option in
    name == option.spelling || option.entry.short.map { operand.string == "-\($0)" } == true
  }
}

/// A mode that looks after a store and runs no script.
struct StoreCare {
  let writes: Bool

  init?(_ mode: Options.Mode) {
    switch mode {
    case .verify, .backup, .load: writes = false
    case .recover, .snapshot: writes = true
    case .run, .check, .reformat, .sql: return nil
    }
  }
}
