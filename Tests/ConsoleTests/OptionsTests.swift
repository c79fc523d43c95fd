import Console
import Diagnostics
import Storage
import Testing

/// What command lines come to.
@Suite("options")
struct OptionsTests {
  static func read(_ words: [String], store: Text? = nil) throws(UsageProblem) -> Invocation {
    try Invocation(arguments: words.map { Array($0.utf8) }, store: store)
  }

  static func options(_ words: String..., change: (inout Options) -> Void) -> ([String], Options) {
    var options = Options()
    change(&options)
    return (words, options)
  }

  static let understood: [([String], Options)] = [
    options { _ in },
    options("-s", "a.permdb", "b.pql") {
      $0.store = "a.permdb"
      $0.input = .files(["b.pql"])
    },
    options("--store=a.permdb", "--", "-b.pql") {
      $0.store = "a.permdb"
      $0.input = .files(["-b.pql"])
    },
    options("-sa.permdb", "-") { $0.store = "a.permdb" },
    options("b.pql", "1", "-x") {
      $0.input = .files(["b.pql"])
      $0.arguments = ["1", "-x"]
    },
    options("b.pql", "-s", "a.permdb") {
      $0.input = .files(["b.pql"])
      $0.arguments = ["-s", "a.permdb"]
      $0.doubtfulArguments = ["-s"]
    },
    options("--", "b.pql", "--store=x") {
      $0.input = .files(["b.pql"])
      $0.arguments = ["--store=x"]
    },
    options("-c", "count", "-c", "show store", "x") {
      $0.input = .command("count\nshow store")
      $0.arguments = ["x"]
    },
    options("-D", "plan=pro=1", "--set", "$empty=") {
      $0.variables = [
        Options.Variable(name: "plan", value: "pro=1"), Options.Variable(name: "empty", value: ""),
      ]
    },
    options("-n", "--read-only", "--sandbox", "--keep-going", "--yes", "--quiet") {
      $0.isDryRun = true
      $0.isReadOnly = true
      $0.isSandboxed = true
      $0.keepsGoing = true
      $0.skipsConfirmation = true
      $0.isQuiet = true
    },
    options("--echo", "--timing", "--actor", "sam", "--reason", "ticket 1", "--color", "never") {
      $0.echoes = true
      $0.showsTiming = true
      $0.actor = "sam"
      $0.reason = "ticket 1"
      $0.color = .never
    },
    options("-ocsv", "--output", "json") { $0.format = .json },
    options("--out=json") { $0.format = .json },
    options("--check", "a.pql", "b.pql") {
      $0.mode = .check
      $0.input = .files(["a.pql", "b.pql"])
    },
    options("--verify", "-s", "a.permdb") {
      $0.mode = .verify(expecting: nil)
      $0.store = "a.permdb"
    },
    options(
      "--verify", "--expect", "7:\(String(repeating: "0f", count: 32))", "-s", "a.permdb"
    ) {
      $0.mode = .verify(
        expecting: ChainValue(change: 7, bytes: Array(repeating: 15, count: 32)))
      $0.store = "a.permdb"
    },
    options("--backup", "b.permdb", "-s", "a.permdb") {
      $0.mode = .backup(to: "b.permdb")
      $0.store = "a.permdb"
    },
    options("--recover", "--allow-network", "-s", "a.permdb") {
      $0.mode = .recover
      $0.allowsNetwork = true
      $0.store = "a.permdb"
    },
    options("--reformat", "-c", "count") {
      $0.mode = .reformat(inPlace: false)
      $0.input = .command("count")
    },
    options("--reformat", "--in-place", "a.pql") {
      $0.mode = .reformat(inPlace: true)
      $0.input = .files(["a.pql"])
    },
  ]

  @Test("a command line comes to its options", arguments: understood)
  func understands(words: [String], expected: Options) throws {
    #expect(try Self.read(words) == .options(expected))
  }

  static let refused: [([String], UsageProblem, help: String?)] = [
    (["--dry-rum"], .unknownOption("--dry-rum"), "did you mean '--dry-run'?"),
    (["--outptu=csv"], .unknownOption("--outptu"), "did you mean '--output'?"),
    (["--sql", "sqlite"], .unknownOption("--sql"), "did you mean '--set'?"),
    (["--postgresql"], .unknownOption("--postgresql"), "'permql --help' lists the options"),
    (["-nz"], .unknownOption("-z"), "'permql --help' lists the options"),
    (["--re", "x"], .ambiguousOption("--re", [.readOnly, .reason, .reformat, .recover]), nil),
    (["-s"], .missingArgument(.store), "write '--store PATH'"),
    (["--actor"], .missingArgument(.actor), "write '--actor NAME'"),
    (["--actor", ""], .emptyArgument(.actor), "write '--actor NAME'"),
    (["--quiet=1"], .unwantedArgument(.quiet), "write '--quiet' alone"),
    (
      ["-o", "cvs"],
      .unknownChoice("cvs", .output, OutputFormat.allCases.map { Text($0.rawValue) }),
      "did you mean 'csv'?"
    ),
    (["--color", "red"], .unknownChoice("red", .color, ["auto", "always", "never"]), nil),
    (["-D", "plan"], .malformedVariable("plan"), nil),
    (["-D", "1=x"], .malformedVariable("1=x"), nil),
    (["--check", "--reformat", "a.pql"], .contradiction(.check, .reformat), nil),
    (["--check", "--dry-run", "a.pql"], .contradiction(.check, .dryRun), nil),
    (["--verify", "--recover", "-s", "s"], .contradiction(.verify, .recover), nil),
    (["--recover", "--read-only", "-s", "s"], .contradiction(.recover, .readOnly), nil),
    (["--expect", "4:00", "--verify"], .malformedChain("4:00"), nil),
    (["--verify"], .storeNeeded(.verify), nil),
    (["--backup", "", "-s", "s"], .emptyArgument(.backup), nil),
    (["--backup", "b", "-s", "s", "a.pql"], .unwantedScript(.backup, "a.pql"), nil),
    (["--in-place", "a.pql"], .inPlaceAlone, nil),
    (["--reformat", "--in-place"], .nothingToRewrite, nil),
    (["--reformat", "--in-place", "-c", "count"], .nothingToRewrite, nil),
    (["-c", "count", "a.pql"], .commandAndScript("a.pql"), nil),
    (["--check", "a.pql", "--quiet"], .optionAfterScript("--quiet"), nil),
  ]

  @Test("a command line that is wrong says why, and what to write", arguments: refused)
  func refuses(words: [String], expected: UsageProblem, help: String?) {
    let problem = #expect(throws: UsageProblem.self) { try Self.read(words) }
    #expect(problem == expected)
    #expect(expected.status == .unusable)
    if let help { #expect(expected.help == help) }
  }

  @Test("bytes that are not UTF-8 are refused, and shown as bytes")
  func notUnicode() {
    let problem = #expect(throws: UsageProblem.self) {
      try Invocation(arguments: [[0x61, 0xFF]])
    }
    #expect(problem?.message == "argument 'a\\xFF' is not valid UTF-8")
  }

  @Test("the environment names the store unless the command line does")
  func environment() throws {
    var options = Options()
    options.store = "env.permdb"
    #expect(try Self.read([], store: "env.permdb") == .options(options))
    options.store = "a.permdb"
    #expect(try Self.read(["-s", "a.permdb"], store: "env.permdb") == .options(options))
    #expect(try Self.read([], store: "") == .options(Options()))
  }

  @Test("help and version win over the rest")
  func help() throws {
    #expect(try Self.read(["-n", "--help"]) == .help)
    #expect(try Self.read(["--version", "a.pql"]) == .version)
  }

  @Test("help names every option, and fits a screen")
  func helpText() {
    let lines = OptionName.helpText.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 40)
    #expect(lines.allSatisfy { $0.count <= 100 })
    for name in OptionName.allCases { #expect(OptionName.helpText.contains(name.spelling)) }
  }
}
