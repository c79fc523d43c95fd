import Diagnostics
import Evaluation
import Storage
import Testing

/// Answers as it was told to, and keeps what it was asked.
final class AskingSink: OutcomeSink {
  var answer: (WriteQuestion) -> Bool = { _ in true }
  private(set) var questions: [WriteQuestion] = []
  private(set) var codes: [String] = []
  private(set) var summaries: [ChangeSummary] = []

  var asks: Bool { true }

  func confirms(_ question: WriteQuestion) -> Bool {
    questions.append(question)
    return answer(question)
  }

  func receive(_ outcome: Outcome, isProvisional: Bool) {
    if case .change(let summary) = outcome { summaries.append(summary) }
  }

  func report(_ diagnostic: Diagnostic) { codes.append(diagnostic.code) }
  func committed() {}
  func rolledBack() {}
}

@Suite("Questions before writes that reach far")
struct ConfirmationTests {
  /// So many subaccounts on plan a, the newest on plan b.
  static func bench(_ count: Int) -> Bench {
    let bench = Bench()
    let names = (0..<count).map { "\"S\($0)\"" }.joined(separator: ", ")
    bench.run("create subaccount \(names) with inbound set plan = \"a\"")
    bench.run("create subaccount \"Newest\" with inbound set plan = \"b\"")
    return bench
  }

  struct Case: CustomTestStringConvertible {
    let statement: String
    let reasons: [WriteQuestion.Reason]
    var testDescription: String { statement }
  }

  static let cases = [
    Case(statement: "grant chat to where plan = \"a\"", reasons: [.many(101)]),
    Case(statement: "grant chat to \"S1\", \"S2\"", reasons: []),
    Case(statement: "grant chat to where plan = \"a\" expect 101", reasons: []),
    Case(statement: "set plan = \"c\" for all", reasons: [.many(102)]),
    Case(statement: "grant inbound to all", reasons: []),
    Case(statement: "delete subaccounts \"S1\"", reasons: [.deletes(1)]),
    Case(statement: "delete subaccounts \"S1\" expect 1", reasons: []),
    Case(statement: "delete subaccounts \"Newest\"", reasons: [.deletes(1), .movesDefault]),
    Case(statement: "grant chat to \"Newest\"", reasons: [.changesDefault(of: "Newest")]),
    Case(statement: "set plan = \"c\" for \"Newest\"", reasons: []),
    Case(statement: "create subaccount \"New\"", reasons: []),
    Case(statement: "preview grant chat to all", reasons: []),
    Case(statement: "preview { grant chat to all }", reasons: []),
    Case(
      statement: "if some subaccounts { grant chat to where plan = \"a\" }", reasons: [.many(101)]),
  ]

  @Test("what is asked about, and why", arguments: cases)
  func asked(input: Case) {
    let bench = Self.bench(101)
    let sink = AskingSink()
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    #expect(session.runInteractively(SourceText(input.statement), sink: sink) == .done)
    #expect(sink.questions.flatMap(\.reasons) == input.reasons)
    #expect(sink.questions.allSatisfy { $0.lines.count >= $0.reasons.count })
  }

  @Test("a no changes nothing, and an open transaction stays as it was")
  func declined() {
    let bench = Self.bench(101)
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    let sink = AskingSink()
    sink.answer = { _ in false }
    let before = bench.store.lastChange
    _ = session.runInteractively(SourceText("grant chat to all"), sink: sink)
    #expect(sink.codes == ["N0449"] && bench.store.lastChange == before)
    #expect(!bench.store.isInTransaction)
    _ = session.runInteractively(SourceText("begin; rename \"S1\" to \"T1\""), sink: sink)
    _ = session.runInteractively(SourceText("delete subaccounts all"), sink: sink)
    #expect(session.isInTransaction && session.pendingChanges == 1)
    _ = session.runInteractively(SourceText("commit"), sink: sink)
    #expect(bench.store.lastChange == before + 1)
  }

  @Test("a transaction's second write is asked about too, and a declined one ends its input")
  func inputEnds() {
    let bench = Self.bench(101)
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    let sink = AskingSink()
    sink.answer = { _ in false }
    let text = "grant chat to all; rename \"S1\" to \"T1\""
    _ = session.runInteractively(SourceText(text), sink: sink)
    #expect(sink.questions.count == 1 && sink.summaries.isEmpty)
  }

  @Test("scripts are never asked")
  func scripts() {
    let bench = Self.bench(101)
    let result = bench.run("grant chat to all; delete subaccounts \"S1\"")
    #expect(result.status == .done && result.summaries.count == 2)
  }

  @Test("the question shows the first rows and how many more there are")
  func preview() throws {
    let bench = Self.bench(101)
    let session = Session(store: bench.store, files: bench.files, options: bench.options)
    let sink = AskingSink()
    _ = session.runInteractively(SourceText("grant chat to all"), sink: sink)
    let preview = try #require(sink.questions.first?.preview)
    #expect(preview.rowCount == 5)
    #expect(preview.footer == "and 97 more")
  }
}

@Suite("What is only tried out")
struct RehearsalTests {
  @Test(
    "works where nothing may be written",
    arguments: [
      "preview grant chat to all", "preview { grant chat to all; create subaccount \"X\" }",
    ])
  func readOnly(statement: String) {
    let bench = Bench.standard()
    bench.options.isReadOnly = true
    let result = bench.run(statement)
    #expect(result.status == .done && result.tables.first?.rowCount ?? 0 >= 3, "\(result.messages)")
  }

  @Test("a dry run works where nothing may be written, and a real write beside it is refused")
  func dryRun() {
    let bench = Bench.standard()
    bench.options.isReadOnly = true
    #expect(bench.run("grant chat to all").codes == ["E0450"])
    bench.options.isDryRun = true
    let result = bench.run("begin; grant chat to all; commit; grant mcp to \"Borg\"")
    #expect(result.status == .done && result.tables.last?.rowCount == 3, "\(result.messages)")
    #expect(!bench.store.isInTransaction && bench.state == WriteTests.before)
  }

  @Test("what follows a preview block is written and kept")
  func afterwards() {
    let bench = Bench.standard()
    let result = bench.run("preview { grant chat to all }\ngrant mcp to \"Borg\"")
    #expect(result.status == .done && result.summaries.map(\.changed) == [1])
    #expect(bench.state != WriteTests.before)
  }
}
