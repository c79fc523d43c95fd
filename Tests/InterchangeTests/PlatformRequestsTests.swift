import Diagnostics
import Evaluation
import FoundationEssentials
import Interchange
import Language
import Storage
import Testing

/// The calls that `export requests` writes; `Tests/Api/api.py` replays them.
@Suite("requests to the platform")
struct PlatformRequestsTests {
  /// Keeps nothing of what is said but mistakes.
  final class Sink: OutcomeSink {
    private(set) var problems: [String] = []
    func receive(_ outcome: Outcome, isProvisional: Bool) throws(OutputFailure) {}
    func report(_ diagnostic: Diagnostic) {
      if diagnostic.severity == .error { problems.append(diagnostic.message) }
    }
    func committed() throws(OutputFailure) {}
    func rolledBack() throws(OutputFailure) {}
  }

  /// The lines for what a second script does after a first.
  static func requests(after first: String, _ second: String) throws -> [String] {
    let path = "\(NSTemporaryFolder.path)/permql-requests-\(UInt64.random(in: 0 ..< .max)).jsonl"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let options = SessionOptions(actor: "tester", user: "tester", host: "here") {
      1_790_000_000_000
    }
    let store = Store.inMemory()
    let session = Session(store: store, files: Files(), options: options)
    let sink = Sink()
    _ = session.run(SourceText(name: "first.pql", first), sink: sink)
    let since = store.lastChange
    _ = session.run(SourceText(name: "second.pql", second), sink: sink)
    _ = session.run(
      SourceText(name: "x.pql", "export requests since change \(since) to \"\(path)\""), sink: sink)
    #expect(sink.problems == [])
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for row in 0..<store.table.rowCount {
      let row = Row(UInt32(row))
      text = text.replacing(store.table.id(of: row).string, with: "(\(store.table.name(of: row)))")
    }
    return text.split(separator: "\n").map(String.init)
  }

  private enum NSTemporaryFolder {
    static var path: String { FileManager.default.temporaryDirectory.path }
  }

  static let two =
    "create subaccount \"A\" with inbound\ncreate subaccount \"B\" with chat set max_minutes = 5"

  static let cases: [(name: String, script: String, lines: [String])] = [
    ("nothing", "count", []),
    ("there and back", "grant logs to all; revoke logs from all", []),
    (
      "deltas", "grant logs to \"A\"; revoke inbound from \"A\"",
      [
        #"{"method":"PUT","path":"/v2/subaccounts/(A)","body":{"grant_permissions":["logs"],"revoke_permissions":["inbound"]}}"#
      ]
    ),
    (
      "quotas", "set max_minutes = unlimited, max_agents = 0, concurrency = 2.5 for \"B\"",
      [
        #"{"method":"PUT","path":"/v2/subaccounts/(B)","body":{"max_agents":0,"max_minutes":null}}"#,
        #"{"note":"to be changed in the dashboard","id":"(B)","name":"B","set":{"concurrency":2.5}}"#,
      ]
    ),
    (
      "names that change places",
      "rename \"A\" to \"C\"; rename \"B\" to \"A\"; rename \"C\" to \"B\"",
      [
        #"{"method":"PUT","path":"/v2/subaccounts/(B)","body":{"subaccount_name":"renaming (B)"}}"#,
        #"{"method":"PUT","path":"/v2/subaccounts/(A)","body":{"subaccount_name":"A"}}"#,
        #"{"method":"PUT","path":"/v2/subaccounts/(B)","body":{"subaccount_name":"B"}}"#,
      ]
    ),
    (
      "a name that is freed first", "delete subaccounts \"A\"; rename \"B\" to \"A\"",
      [
        #"{"method":"DELETE","path":"/v2/subaccounts/(A)"}"#,
        #"{"method":"PUT","path":"/v2/subaccounts/(A)","body":{"subaccount_name":"A"}}"#,
      ]
    ),
    (
      "what only the dashboard can do", "grant mcp to \"B\"",
      [
        #"{"note":"to be changed in the dashboard","id":"(B)","name":"B","turn_on":["actions.mcp"]}"#
      ]
    ),
    ("made and gone", "create subaccount \"C\"; delete subaccounts \"C\"", []),
    (
      "another id of the platform's", "set platform_id = \"x/y\" for \"A\"; grant logs to \"A\"",
      [
        #"{"method":"PUT","path":"/v2/subaccounts/x%2Fy","body":{"grant_permissions":["logs"]}}"#
      ]
    ),
  ]

  @Test("calls are as few and as small as can be", arguments: cases)
  func calls(_ name: String, _ script: String, _ lines: [String]) throws {
    #expect(try PlatformRequestsTests.requests(after: PlatformRequestsTests.two, script) == lines)
  }

  @Test("a creation spells every permission of the API but what is always enabled")
  func creation() throws {
    let lines = try PlatformRequestsTests.requests(
      after: "count", "create subaccount \"A\" with inbound, logs")
    let revoked =
      #"["knowledge_base","actions","workflows","contacts","phone_numbers","analytics","simulations","outbound","widget","chat"]"#
    #expect(
      lines.first
        == #"{"method":"POST","path":"/v2/subaccounts","body":{"subaccount_name":"A","grant_permissions":["logs","inbound"],"revoke_permissions":\#(revoked)},"id":"(A)"}"#
    )
  }
}
