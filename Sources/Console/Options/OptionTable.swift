import Interchange

/// One option: the one place that the reader, `--help` and suggestions take it from.
struct OptionEntry: Sendable {
  let name: OptionName
  let long: String
  let short: Character?
  /// What follows it, such as `PATH`; nil for a switch.
  let argument: String?
  /// What it does: made when it is asked for, which no run of a script does.
  let summary: @Sendable () -> String

  init(
    _ name: OptionName, _ long: String, short: Character? = nil, argument: String? = nil,
    _ summary: @autoclosure @escaping @Sendable () -> String
  ) {
    self.name = name
    self.long = long
    self.short = short
    self.argument = argument
    self.summary = summary
  }
}

/// Which option it is; its raw value is what `getopt_long` gives back.
package enum OptionName: Int32, CaseIterable, Sendable {
  case store = 1000
  case command
  case dryRun
  case output
  case set
  case readOnly
  case sandbox
  case actor
  case reason
  case check
  case reformat
  case inPlace
  case verify
  case expect
  case backup
  case recover
  case snapshot
  case sql
  case load
  case allowNetwork
  case keepGoing
  case yes
  case quiet
  case echo
  case timing
  case color
  case noEdit
  case explain
  case completions
  case version
  case help

  var entry: OptionEntry {
    switch self {
    case .store:
      OptionEntry(
        self, "store", short: "s", argument: "PATH",
        "the store, made by the first write if absent (or PERMQL_STORE)")
    case .command:
      OptionEntry(self, "command", short: "c", argument: "TEXT", "run it (several: one script)")
    case .dryRun:
      OptionEntry(self, "dry-run", short: "n", "run all, print the net differences, keep nothing")
    case .output:
      OptionEntry(
        self, "output", short: "o", argument: "FORMAT",
        OutputFormat.allCases.map(\.rawValue).joined(separator: "|"))
    case .set:
      OptionEntry(self, "set", short: "D", argument: "NAME=VALUE", "a variable, $NAME in scripts")
    case .readOnly: OptionEntry(self, "read-only", "refuse every write")
    case .sandbox:
      OptionEntry(self, "sandbox", "no statement may touch another file (import, export, run)")
    case .actor: OptionEntry(self, "actor", argument: "NAME", "who acts (default: the login name)")
    case .reason: OptionEntry(self, "reason", argument: "TEXT", "a 'because' for every write")
    case .check: OptionEntry(self, "check", "look for mistakes in the SCRIPTs, run nothing")
    case .reformat: OptionEntry(self, "reformat", "print the SCRIPTs in standard layout")
    case .inPlace: OptionEntry(self, "in-place", "with --reformat: rewrite the files")
    case .verify:
      OptionEntry(self, "verify", "check the whole store, and print the head of its history")
    case .expect:
      OptionEntry(
        self, "expect", argument: "N:HASH", "with --verify: the history must be this up to N")
    case .backup:
      OptionEntry(self, "backup", argument: "PATH", "copy the store, also while others write")
    case .recover:
      OptionEntry(self, "recover", "set aside what is damaged in the store, to write on")
    case .snapshot:
      OptionEntry(
        self, "snapshot", "write down the state as it is, so that the store opens at once")
    case .sql:
      OptionEntry(
        self, "sql", argument: "DIALECT",
        "print the SQL that does the same: "
          + SQLDialect.allCases.map(\.rawValue).joined(separator: "|"))
    case .load: OptionEntry(self, "load", "with --sql: the schema and the store's data instead")
    case .allowNetwork:
      OptionEntry(self, "allow-network", "write to a store on a network file system all the same")
    case .keepGoing:
      OptionEntry(self, "keep-going", "each statement its own transaction, go on after an error")
    case .yes: OptionEntry(self, "yes", "ask for no confirmation")
    case .quiet: OptionEntry(self, "quiet", "print no notes; warnings and errors all the same")
    case .echo:
      OptionEntry(self, "echo", "print each statement on standard error before its result")
    case .timing: OptionEntry(self, "timing", "print on standard error how long it took")
    case .color: OptionEntry(self, "color", argument: "WHEN", "auto|always|never (and NO_COLOR)")
    case .noEdit:
      OptionEntry(self, "no-edit", "read plain lines at the prompt, without editing")
    case .explain:
      OptionEntry(self, "explain", argument: "CODE", "tell at length what a message's code means")
    case .completions:
      OptionEntry(
        self, "completions", argument: "SHELL",
        "print completions for " + CompletionShell.allCases.map(\.rawValue).joined(separator: "|"))
    case .version: OptionEntry(self, "version", "print the version")
    case .help: OptionEntry(self, "help", short: "h", "print this")
    }
  }

  /// `--store`: as messages name it.
  package var spelling: String { "--" + entry.long }
  package var short: Character? { entry.short }
  /// What follows it, such as `PATH`; nil for a switch.
  package var argument: String? { entry.argument }
}
