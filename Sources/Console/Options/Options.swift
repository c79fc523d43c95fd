package import Diagnostics
package import Interchange
package import Storage

/// What the command line asks for, checked and complete.
package struct Options: Equatable, Sendable {
  /// What is done with the scripts.
  package enum Mode: Equatable, Sendable {
    case run
    /// Parse and resolve only.
    case check
    /// Print in standard layout, or rewrite the file.
    case reformat(inPlace: Bool)
    case verify(expecting: ChainValue?)
    case backup(to: Text)
    case recover
    case snapshot
    /// Print the SQL that does the same as a script.
    case sql(SQLDialect)
    /// Print the store as SQL.
    case load(SQLDialect)
  }

  /// Where statements come from.
  package enum Input: Equatable, Sendable {
    /// The texts of `-c`, joined by line ends.
    case command(Text)
    /// One file to run; several to check or reformat.
    case files([Text])
    /// Standard input: a prompt where it is a terminal, else a script.
    case standardInput
  }

  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  /// A variable that `-D NAME=VALUE` makes.
  package struct Variable: Equatable, Sendable {
    package let name: Text
    package let value: Text

    package init(name: Text, value: Text) {
      self.name = name
      self.value = value
    }
  }

  package var mode = Mode.run
  package var input = Input.standardInput
  /// What `$1`, `$2`, … are.
  package var arguments: [Text] = []
  package var variables: [Variable] = []
  /// Nil: a store in memory.
  package var store: Text?
  package var format = OutputFormat.table
  package var color = ColorChoice.auto
  /// Nil: the login name.
  package var actor: Text?
  /// A `because` for every write.
  package var reason: Text?
  package var isDryRun = false
  package var isReadOnly = false
  package var allowsNetwork = false
  package var isSandboxed = false
  package var keepsGoing = false
  package var skipsConfirmation = false
  package var isQuiet = false
  /// Nobody said that the prompt is to read plain lines.
  package var editsLines = true
  package var echoes = false
  package var showsTiming = false
  /// Arguments of the script that look like options of this program: worth a note.
  package var doubtfulArguments: [Text] = []

  package init() {}
}

/// What a command line comes to.
package enum Invocation: Equatable, Sendable {
  case help
  case version
  case explain(Explanation)
  case completions(CompletionShell)
  case options(Options)
}

/// How results are written.
package enum OutputFormat: String, CaseIterable, Sendable {
  case table
  case vertical
  case csv
  case tsv
  case json
  case jsonl
  case markdown
  case html
  case list

  /// Read by programs: results alone on standard output, everything else on standard error.
  package var isForMachines: Bool {
    switch self {
    case .csv, .tsv, .json, .jsonl, .list: true
    case .table, .vertical, .markdown, .html: false
    }
  }

  /// Diagnostics are objects too.
  package var writesObjects: Bool { self == .json || self == .jsonl }
}
