import Foundation
import Testing

/// The built program as a shell runs it: pipes, signals, terminals, exit statuses.
@Suite("the program")
struct ProgramTests {
  struct Result {
    let output: String
    let errors: String
    let status: Int32
  }

  /// The folder of the built executable, which is that of the tests too.
  private static let folder: String = {
    let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent()
    let path = ProcessInfo.processInfo.environment["PERMQL_EXECUTABLE"]
    return path.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path } ?? beside.path
  }()

  /// Runs a shell's command in a folder of its own.
  static func shell(_ command: String, files: [String: String] = [:]) throws -> Result {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("permql-console-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    for (name, text) in files {
      try Data(text.utf8).write(to: place.appendingPathComponent(name))
    }
    let (output, errors) = (place.appendingPathComponent("o"), place.appendingPathComponent("e"))
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["timeout", "30", "sh", "-c", command]
    process.currentDirectoryURL = place
    process.environment = [
      "PATH": "\(folder):/usr/local/bin:/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      status: process.terminationStatus)
  }

  static let script = """
    #!/usr/bin/env permql
    create subaccount "A", "B" with outbound
    show subaccounts columns name, outbound
    """

  @Test(
    "a run that finds no store at its path says so, and what the folder has",
    arguments: ["", "--read-only ", "-o json "])
  func missingStore(options: String) throws {
    let make = "permql -s agency.permdb -c 'create subaccount \"A\"'"
    let result = try Self.shell("\(make) >made && permql -s agancy.permdb \(options)-c count")
    #expect(result.status == 0)
    #expect(result.errors.contains("there is no store at 'agancy.permdb' yet"))
    #expect(result.errors.contains("that folder has 'agency.permdb'"))
    let quiet = try Self.shell("permql -s agancy.permdb --quiet -c count")
    #expect(quiet.errors == "")
    let writing = try Self.shell("permql -s new.permdb -c 'create subaccount \"A\"'")
    #expect(!writing.errors.contains("no store"), "\(writing.errors)")
  }

  @Test(
    "a script is a file, standard input, or a command",
    arguments: [
      "permql -o csv a.pql", "permql -o csv <a.pql", "cat a.pql | permql -o csv -",
      "permql -o csv -c \"$(cat a.pql)\"",
      "permql -o csv -c 'create subaccount \"A\", \"B\" with outbound' "
        + "-c 'show subaccounts columns name, outbound'",
    ])
  func sources(command: String) throws {
    let result = try Self.shell(command, files: ["a.pql": Self.script])
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == """
        statement,matched,changed,already,protected,change
        create,2,2,0,0,1

        name,agent_types.outbound
        A,true
        B,true

        """)
  }

  static let statuses: [(command: String, status: Int32, message: String)] = [
    ("permql -c count", 0, ""),
    ("permql </dev/null", 0, ""),
    ("permql --version", 0, ""),
    ("permql --dry-rum", 2, "did you mean '--dry-run'?"),
    ("permql nigthly.pql", 2, "did you mean 'nightly.pql'?"),
    ("permql --check nightly.pql nigthly.pql", 2, "did you mean 'nightly.pql'?"),
    ("permql --check nightly.pql", 0, ""),
    ("permql --check -c 'grant outbond to all'", 2, "did you mean 'outbound'?"),
    ("permql -c 'grant outbound to \"A\"'", 1, "'A'"),
    ("permql -c 'assert some subaccounts'", 3, "error["),
    ("permql -s nightly.pql -c count", 5, "nightly.pql"),
    ("permql --read-only -c 'create subaccount \"A\"'", 2, "read-only"),
    ("permql -c 'print $1' x -s y", 0, "'-s' goes to the script as an argument"),
    ("permql --quiet -c 'print $1' x -s y", 0, ""),
    ("printf 'a\\377' | xargs permql -c", 123, "not valid UTF-8"),
    ("PERMQL_STORE=$(printf 'a\\377') permql -c count", 2, "not valid UTF-8"),
    ("permql .", 2, "directory"),
  ]

  @Test("exit statuses are the contract's, and what is wrong is said", arguments: statuses)
  func exitStatus(command: String, status: Int32, message: String) throws {
    let result = try Self.shell(command, files: ["nightly.pql": "count\n"])
    #expect(result.status == status, "\(result.errors)")
    #expect(message.isEmpty ? result.errors.isEmpty : result.errors.contains(message))
  }

  @Test(
    "output that can't be written is exit 5; what was changed stands, and it says so",
    arguments: [">/dev/full", ">&-"])
  func lostOutput(redirection: String) throws {
    let result = try Self.shell(
      """
      permql -s a.permdb -c 'create subaccount "A"' \(redirection)
      echo $?
      permql -s a.permdb -o csv -c count
      """)
    #expect(result.output == "5\ncount\n1\n")
    #expect(result.errors.hasPrefix("error[E0714]: can't write the output: "))
    #expect(result.errors.contains("what was committed before stands"))
  }

  @Test(
    "who names a store or a statement for a script is told what to write",
    arguments: [
      ("agency.permdb", "permql -s agency.permdb"), ("other", "permql -s other"),
      ("count", "permql -c 'count"), ("help", "permql -c 'help"), ("version", "permql --version"),
    ])
  func mistakenScripts(argument: String, help: String) throws {
    let result = try Self.shell(
      """
      permql -s agency.permdb --quiet -c 'create subaccount "A"' >made; cp -r agency.permdb other
      permql \(argument)
      """)
    #expect(result.status == 2 && result.errors.contains(help), "\(result.errors)")
  }

  @Test("output that is lost before anything was changed says that nothing was")
  func lostEarly() throws {
    let result = try Self.shell("permql -c count >/dev/full")
    #expect(result.status == 5)
    #expect(result.errors.contains("nothing was changed"))
  }

  @Test("a reader that leaves stops neither the script nor its change, and nothing is said")
  func closedPipe() throws {
    let statements = (0..<400).map { "help\ncreate subaccount \"\($0)\"" }
    let result = try Self.shell(
      """
      { permql -s a.permdb --keep-going a.pql; echo $? >status; } | head -n 1 >/dev/null
      cat status
      permql -s a.permdb -o csv -c count
      """, files: ["a.pql": statements.joined(separator: "\n")])
    #expect(result.output == "0\ncount\n400\n")
    #expect(result.errors == "")
  }

  @Test("with standard descriptors closed, no file of the store comes to be one of them")
  func closedDescriptors() throws {
    let result = try Self.shell(
      """
      permql -s a.permdb -c 'create subaccount "A"' <&- >&- 2>&-
      permql -s a.permdb -o csv -c count
      """)
    #expect(result.output == "count\n1\n")
  }

  @Test("a line without end is refused early")
  func endlessLine() throws {
    let result = try Self.shell("tr '\\0' a </dev/zero | permql")
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error[E0716]: a line is longer than 1 MiB"))
  }

  @Test("Ctrl-C while a script is read ends it with 130, and nothing has happened")
  func interrupted() throws {
    let result = try Self.shell(
      """
      mkfifo script
      exec 3<>script
      echo 'create subaccount "A"' >&3
      timeout --preserve-status -s INT 0.5 permql -s a.permdb <script
      echo $?
      permql -s a.permdb --quiet -o csv -c count
      """)
    #expect(result.output == "130\ncount\n0\n")
    #expect(result.errors == "error[E0715]: interrupted\n  help: nothing was changed\n")
  }

  @Test("diagnostics are objects where results are, and colours only where they are wanted")
  func diagnostics() throws {
    let objects = try Self.shell("permql -o json -c 'grant outbond to all'")
    #expect(objects.errors.hasPrefix("{\"severity\":\"error\",\"code\":\"E0201\","))
    #expect(objects.errors.contains("\"file\":\"<command>\",\"line\":1,\"column\":7,\"length\":7,"))
    let plain = try Self.shell("permql -c 'grant outbond to all'")
    #expect(!plain.errors.contains("\u{1B}"))
    let colored = try Self.shell("permql --color always -c 'grant outbond to all'")
    #expect(colored.errors.contains("\u{1B}[31m"))
  }

  @Test("statements are echoed and timed on standard error")
  func echo() throws {
    let result = try Self.shell("permql --echo --timing -c 'count; print 1' -c 'print 2'")
    let lines = result.errors.split(separator: "\n").map { line in
      line.contains(" ms") ? String(line.prefix { $0 != " " }) : String(line)
    }
    #expect(
      lines == [
        "count", "<command>:1:", "print 1", "<command>:1:", "print 2", "<command>:2:", "total:",
      ])
  }

  @Test("a script is printed in standard layout, and rewritten only where it is right")
  func reformat() throws {
    let result = try Self.shell(
      """
      chmod 640 a.pql
      permql --reformat a.pql
      permql --reformat --in-place a.pql b.pql; echo $?
      cat a.pql b.pql
      stat -c %a a.pql
      """, files: ["a.pql": "GRANT  outbound to all;-- why\n", "b.pql": "grant  to\n"])
    let text = "grant outbound to all  -- why\n"
    #expect(result.output == "\(text)2\n\(text)grant  to\n640\n", "\(result.errors)")
  }

  @Test("a script that names permql in its first line runs by itself, with its arguments")
  func executableScript() throws {
    let result = try Self.shell(
      "chmod +x a.pql && ./a.pql 7",
      files: ["a.pql": "#!/usr/bin/env permql\nprint \"seven:\", $1\n"])
    #expect(result.output == "seven: 7\n" && result.status == 0, "\(result.errors)")
  }

  @Test("a terminal without a script gets a prompt")
  func prompt() throws {
    let result = try Self.shell(
      """
      printf 'create subaccount "A"\\ncount\\n  having logs\\nbegin\\ngrant outbond\\n  to all\\nexit\\n' |
        TERM=dumb script -qec 'stty -echo cols 80; permql' /dev/null
      """)
    let text = result.output.replacing("\r\n", with: "\n")
    #expect(text.contains("in memory: nothing is kept"), "\(text) \(result.errors)")
    #expect(text.contains("memory> "))
    #expect(text.contains("created subaccount 'A'"))
    #expect(text.contains("did you mean 'outbound'?"))
    #expect(text.contains("memory*> "))
    #expect(text.contains("rolled back"))
    #expect(!text.contains("\u{1B}"))
  }
}
