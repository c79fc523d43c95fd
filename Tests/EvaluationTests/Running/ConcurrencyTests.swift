import Diagnostics
import Evaluation
import Foundation
import Language
import Storage
import Testing

/// Two prompts, each with the same store open for itself.
private final class TwoPrompts {
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
    return result.tables.flatMap { $0.texts(of: "count") } + result.errors.map(\.code)
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
      testDescription: "from its first write on a transaction holds the lock",
      inputs: [
        (1, "begin", []), (1, "grant chat to \"Acme\"", []),
        (2, "grant chat to \"Borg\"", ["E0501"]), (2, "count having chat", ["0"]),
        (1, "assert 1 subaccounts having chat", []), (1, "commit", []),
        (2, "count having chat", ["1"]),
        (2, "grant chat to \"Borg\"", []), (1, "count having chat", ["2"]),
      ]),
    Course(
      testDescription: "what was not read before may change: it is evaluated under the lock",
      inputs: [
        (1, "begin", []), (2, "grant chat to \"Borg\"", []),
        (1, "grant chat to all expect 1", []), (1, "commit", []),
        (2, "count having chat", ["2"]),
      ]),
    Course(
      testDescription: "'begin' pins what is read",
      inputs: [
        (1, "begin", []), (2, "grant chat to \"Borg\"", []), (1, "count having chat", ["0"]),
        (2, "grant chat to \"Acme\"", []), (1, "count having chat", ["0"]), (1, "commit", []),
        (1, "count having chat", ["2"]),
      ]),
    Course(
      testDescription: "a write after a read that is not so any more is refused, until rolled back",
      inputs: [
        (1, "begin", []), (1, "let $who = subaccounts lacking chat", []),
        (2, "grant chat to \"Borg\"", []), (1, "grant mcp to $who", ["E0456"]),
        (1, "grant mcp to $who", ["E0456"]), (2, "count having mcp", ["0"]), (1, "rollback", []),
        (1, "begin", []), (1, "assert 1 subaccounts having chat", []),
        (1, "grant mcp to lacking chat", []), (1, "commit", []), (2, "count having mcp", ["1"]),
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

  @Test("a script's own 'begin' is refused where what it read has changed")
  func begun() throws {
    let prompts = try TwoPrompts()
    let sink = MeddlingSink { statement in
      if statement == 3 { _ = TwoPrompts.run("grant chat to \"Borg\"", in: prompts.second) }
    }
    let script = "begin\nassert no subaccounts having chat\ngrant mcp to all\ncommit\n"
    let status = prompts.first.run(SourceText(name: "nightly.pql", script), sink: sink)
    #expect(status == .failed)
    #expect(sink.codes == ["E0456"])
    #expect(TwoPrompts.run("count having mcp", in: prompts.second) == ["0"])
  }
}
