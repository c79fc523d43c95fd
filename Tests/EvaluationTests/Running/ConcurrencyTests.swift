import Diagnostics
import Evaluation
import Foundation
import Language
import Storage
import Testing

/// Two prompts, each with the same store open for itself.
final class TwoPrompts {
  private let folder: String
  let first: Session
  let second: Session

  init() throws {
    // A folder of its own: creators of stores in one folder wait for each other.
    let base = FileManager.default.temporaryDirectory.path
    folder = "\(base)/evaluation-tests-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let path = Text("\(folder)/agency.permdb")
    first = try TwoPrompts.session(path, "anna")
    let made = TwoPrompts.run("create subaccount \"Acme\", \"Borg\" with nothing", in: first)
    #expect(made.isEmpty)
    second = try TwoPrompts.session(path, "ben")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  static func session(_ path: Text, _ actor: Text) throws -> Session {
    let options = SessionOptions(actor: actor, user: "os-user", host: "bench") { Bench.start }
    return Session(
      store: try Store.open(path, lockTimeout: 30), files: MemoryFiles(), options: options)
  }

  /// The codes of what went wrong, and the answers of `count`, in order.
  static func run(_ input: String, in session: Session) -> [String] {
    let sink = RecordingSink()
    let status = session.runInteractively(SourceText(name: "<stdin>", input), sink: sink)
    let result = sink.result(status)
    let told = result.diagnostics.filter { $0.severity == .error || $0.code == "N0451" }
    return result.tables.flatMap { $0.texts(of: "count") } + told.map(\.code)
  }
}

/// Runs something else when a statement is about to run.
private final class MeddlingSink: OutcomeSink {
  private(set) var codes: [String] = []
  private let meddle: (Int) -> Void
  private var statements = 0

  init(_ meddle: @escaping (Int) -> Void) {
    self.meddle = meddle
  }

  func willRun(_ statement: Statement, in source: SourceText) {
    statements += 1
    meddle(statements)
  }

  func receive(_ outcome: Outcome, isProvisional: Bool) {}
  func report(_ diagnostic: Diagnostic) { codes.append(diagnostic.code) }
  func committed() {}
  func rolledBack() {}
}

@Suite("Transactions of two at once")
struct ConcurrencyTests {
  struct Course: CustomTestStringConvertible {
    let testDescription: String
    /// Who types what, and what it comes to.
    let inputs: [(who: Int, input: String, answer: [String])]
  }

  static let courses = [
    Course(
      testDescription: "between 'begin' and 'commit' nobody is kept waiting",
      inputs: [
        (1, "begin", []), (1, "grant chat to \"Acme\"", []),
        (2, "grant mcp to \"Borg\"", []), (2, "count having chat", ["0"]),
        (1, "assert no subaccounts having mcp, chat", []), (1, "commit", ["N0451"]),
        (2, "count having chat", ["1"]), (1, "count having mcp", ["1"]),
      ]),
    Course(
      testDescription: "what was told is what is done, or nothing",
      inputs: [
        (1, "begin", []), (1, "grant chat to all expect 2", []),
        (2, "grant chat to \"Borg\"", []), (1, "commit", ["E0457"]), (1, "commit", ["E0448"]),
        (2, "count having chat", ["1"]), (1, "grant chat to all expect 1", []),
        (2, "count having chat", ["2"]),
      ]),
    Course(
      testDescription: "who comes in between and is selected is a difference",
      inputs: [
        (1, "begin", []), (1, "grant mcp to lacking chat", []),
        (2, "create subaccount \"Cyan\" with nothing", []), (1, "commit", ["E0457"]),
        (1, "begin", []), (1, "grant mcp to lacking chat except \"Cyan\"", []),
        (2, "create subaccount \"Dent\" with chat", []), (1, "commit", ["N0451"]),
        (2, "count having mcp", ["2"]),
      ]),
    Course(
      testDescription: "'begin' pins what is read",
      inputs: [
        (1, "begin", []), (2, "grant chat to \"Borg\"", []), (1, "count having chat", ["0"]),
        (2, "grant chat to \"Acme\"", []), (1, "count having chat", ["0"]), (1, "commit", []),
        (1, "count having chat", ["2"]),
      ]),
    Course(
      testDescription: "what 'let' froze stays frozen, and what was asserted is asserted again",
      inputs: [
        (1, "begin", []), (1, "let $who = subaccounts lacking chat", []),
        (2, "grant chat to \"Borg\"", []), (1, "grant mcp to $who expect 2", []),
        (1, "commit", ["N0451"]), (2, "count having mcp", ["2"]),
        (1, "begin", []), (1, "assert 1 subaccounts having chat", []),
        (1, "grant ivr_handling to all", []), (2, "grant chat to all", []),
        (1, "commit", ["E0457"]), (2, "count having ivr_handling", ["0"]),
      ]),
    Course(
      testDescription: "who was created in a transaction is followed to the new number",
      inputs: [
        (1, "begin", []), (1, "create subaccount \"Cyan\" with inbound set seats = 5", []),
        (1, "let $new = subaccounts \"Cyan\"", []), (1, "grant chat to $new", []),
        (2, "create subaccount \"Dent\" with nothing", []), (1, "grant mcp to $new", []),
        (1, "commit", ["N0451"]), (2, "count \"Cyan\" having chat, mcp, inbound", ["1"]),
        (2, "count \"Dent\" having any chat, mcp", ["0"]), (1, "grant outbound to $new", []),
        (2, "count \"Cyan\" having outbound", ["1"]),
      ]),
    Course(
      testDescription: "whose permissions a new subaccount was told to have is a difference",
      inputs: [
        (1, "begin", []), (1, "create subaccount \"Cyan\"", []),
        (2, "grant chat to \"Borg\"", []), (1, "commit", ["E0457"]),
        (2, "count where name = \"Cyan\"", ["0"]),
      ]),
    Course(
      testDescription: "a value that somebody else has set is not overwritten unseen",
      inputs: [
        (1, "set plan = \"free\" for all", []), (1, "begin", []),
        (1, "set plan = \"pro\" for \"Acme\"", []), (2, "set plan = \"gold\" for \"Borg\"", []),
        (1, "commit", ["N0451"]), (1, "begin", []), (1, "set plan = \"x\" for \"Acme\"", []),
        (2, "set plan = \"y\" for \"Acme\"", []), (1, "commit", ["E0457"]),
        (2, "count where plan = \"y\"", ["1"]),
      ]),
    Course(
      testDescription: "'undo' undoes what it has told to undo",
      inputs: [
        (1, "grant chat to \"Acme\"", []), (1, "begin", []), (1, "undo", []),
        (2, "grant mcp to all", []), (1, "commit", ["E0457"]), (2, "count having mcp", ["2"]),
        (1, "begin", []), (1, "undo change 2", []), (2, "grant inbound to all", []),
        (1, "commit", ["N0451"]), (2, "count having chat", ["0"]),
      ]),
    Course(
      testDescription: "a transaction that can't have the lock stays open",
      inputs: [
        (2, "begin", []), (2, "grant chat to all", []), (1, "grant mcp to \"Acme\"", []),
        (2, "rollback", []), (2, "commit", ["E0448"]), (1, "count having any chat, mcp", ["1"]),
      ]),
    Course(
      testDescription: "a policy judges what is there at the commit",
      inputs: [
        (1, "begin", []), (1, "grant chat to \"Acme\"", []),
        (2, "define policy quiet as no subaccounts having chat", []), (1, "commit", ["E0446"]),
        (1, "count having chat", ["0"]),
      ]),
    Course(
      testDescription: "single statements see and change what is there now",
      inputs: [
        (1, "count having chat", ["0"]), (2, "grant chat to \"Borg\"", []),
        (1, "grant chat to lacking chat expect 1", []), (2, "count having chat", ["2"]),
      ]),
  ]

  @Test("nothing is overwritten unseen", arguments: courses)
  func overwriting(course: Course) throws {
    let prompts = try TwoPrompts()
    for step in course.inputs {
      let session = step.who == 1 ? prompts.first : prompts.second
      #expect(TwoPrompts.run(step.input, in: session) == step.answer, "\(step.who): \(step.input)")
    }
    prompts.first.end(sink: RecordingSink())
    prompts.second.end(sink: RecordingSink())
  }

  @Test("a script that writes holds the lock from its first statement on")
  func script() throws {
    let prompts = try TwoPrompts()
    var others: [[String]] = []
    let sink = MeddlingSink { statement in
      if statement == 2 {
        others.append(TwoPrompts.run("grant chat to \"Borg\"", in: prompts.second))
      }
    }
    let script = "assert no subaccounts having chat\ngrant chat to \"Acme\"\n"
    let status = prompts.first.run(SourceText(name: "nightly.pql", script), sink: sink)
    #expect(status == .done)
    #expect(others == [["E0501"]])
    #expect(TwoPrompts.run("count having chat", in: prompts.second) == ["1"])
  }

  @Test("a script that writes holds the lock from its own 'begin' on")
  func begun() throws {
    let prompts = try TwoPrompts()
    var others: [[String]] = []
    let sink = MeddlingSink { statement in
      if statement == 3 {
        others.append(TwoPrompts.run("grant chat to \"Borg\"", in: prompts.second))
      }
    }
    let script = "begin\nassert no subaccounts having chat\ngrant mcp to all\ncommit\n"
    let status = prompts.first.run(SourceText(name: "nightly.pql", script), sink: sink)
    #expect(status == .done)
    #expect(others == [["E0501"]])
    #expect(TwoPrompts.run("count having mcp", in: prompts.second) == ["2"])
  }
}
