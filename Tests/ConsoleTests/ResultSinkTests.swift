import Console
import Diagnostics
import Evaluation
import Testing

@Suite("the sink")
struct ResultSinkTests {
  static func sink(_ format: OutputFormat = .table, showsAtOnce: Bool = false) -> ResultSink {
    ResultSink(
      results: ResultWriter(format: format, screen: .unbounded),
      diagnostics: DiagnosticWriter(.human(hasColors: false)), showsAtOnce: showsAtOnce,
      output: OutputBuffer(to: nil), messages: OutputBuffer(to: nil))
  }

  static func text(_ buffer: OutputBuffer) -> String {
    String(decoding: buffer.bytes, as: UTF8.self)
  }

  static let write = Outcome.change(SampleTables.nothing)
  static let changing = Outcome.change(
    ChangeSummary(
      deed: .deleted, matched: 2, changed: 2, already: 0, protected: 0, change: 3))
  static let query = Outcome.message([.text("seen")])

  @Test("what is not provisional is written at once")
  func direct() throws {
    let sink = Self.sink()
    try sink.receive(Self.query, isProvisional: false)
    #expect(Self.text(sink.output) == "seen\n")
  }

  @Test("the note of a write waits for the commit, and a rollback drops it")
  func provisionalNotes() throws {
    let note = Diagnostic(UsageProblem.doubtfulArgument("-x"), severity: .note)
    let sink = Self.sink()
    sink.reportProvisionally(note)
    #expect(Self.text(sink.messages) == "")
    try sink.rolledBack()
    #expect(Self.text(sink.messages) == "")
    sink.reportProvisionally(note)
    try sink.committed()
    #expect(Self.text(sink.messages).hasPrefix("note[N0711]"))
    let prompt = Self.sink(showsAtOnce: true)
    prompt.reportProvisionally(note)
    #expect(Self.text(prompt.messages).hasPrefix("note[N0711]"))
  }

  @Test("provisional outcomes wait for the commit, in their order")
  func committed() throws {
    let sink = Self.sink()
    try sink.receive(Self.changing, isProvisional: true)
    try sink.receive(Self.query, isProvisional: true)
    try sink.receive(Self.write, isProvisional: false)
    #expect(Self.text(sink.output) == "")
    #expect(!sink.changesStand)
    try sink.committed()
    #expect(
      Self.text(sink.output) == "deleted 2 subaccounts\nseen\ndeleted 0 subaccounts\n")
    #expect(sink.changesStand)
  }

  @Test("writes that say the same one after another are all told", arguments: OutputFormat.allCases)
  func repeated(format: OutputFormat) throws {
    func summary(_ changed: Int, _ change: Int?, _ deed: Deed = .deleted) -> Outcome {
      .change(
        ChangeSummary(
          deed: deed, matched: 2, changed: changed, already: 2 - changed, protected: 0,
          change: change))
    }
    let outcomes = [
      summary(2, 1), summary(2, 2), summary(1, 3), Self.query, summary(1, 4), summary(1, 5),
      summary(0, nil), summary(0, nil), summary(0, nil, .protected), summary(0, nil, .unprotected),
    ]
    let (waiting, direct) = (Self.sink(format), Self.sink(format))
    for outcome in outcomes {
      try waiting.receive(outcome, isProvisional: true)
      try direct.receive(outcome, isProvisional: false)
    }
    try waiting.committed()
    #expect(Self.text(waiting.output) == Self.text(direct.output))
    #expect(Self.text(waiting.messages) == Self.text(direct.messages))
  }

  @Test("after a rollback writes are dropped, and what was seen is shown")
  func rolledBack() throws {
    let sink = Self.sink()
    try sink.receive(Self.changing, isProvisional: true)
    try sink.receive(Self.query, isProvisional: true)
    try sink.rolledBack()
    #expect(Self.text(sink.output) == "seen\n")
    #expect(!sink.changesStand)
    try sink.committed()
    #expect(Self.text(sink.output) == "seen\n")
  }

  @Test("at a prompt a transaction's outcomes are shown at once")
  func prompt() throws {
    let sink = Self.sink(showsAtOnce: true)
    try sink.receive(Self.changing, isProvisional: true)
    #expect(Self.text(sink.output) == "deleted 2 subaccounts\n")
  }

  @Test("what is printed goes to people's output, and beside programs' results")
  func destinations() throws {
    for format in OutputFormat.allCases {
      let sink = Self.sink(format)
      try sink.receive(Self.query, isProvisional: false)
      let isBeside = Self.text(sink.output).isEmpty
      #expect(isBeside == format.isForMachines, "\(format)")
      #expect(Self.text(isBeside ? sink.messages : sink.output).contains("seen"))
    }
  }

  @Test("a list of names holds nothing of what writes did")
  func list() throws {
    let sink = Self.sink(.list)
    try sink.receive(Self.changing, isProvisional: true)
    try sink.committed()
    #expect(Self.text(sink.output) == "")
    #expect(Self.text(sink.messages) == "deleted 2 subaccounts\n")
  }

  @Test("an empty line parts tables, and no lines of one kind")
  func separation() throws {
    let sink = Self.sink()
    try sink.receive(Self.query, isProvisional: false)
    try sink.receive(Self.query, isProvisional: false)
    try sink.receive(.table(SampleTables.count), isProvisional: false)
    try sink.receive(.table(SampleTables.count), isProvisional: false)
    try sink.receive(Self.query, isProvisional: false)
    #expect(Self.text(sink.output) == "seen\nseen\n\ncount  37\n\ncount  37\n\nseen\n")
    let csv = Self.sink(.csv)
    try csv.receive(.table(SampleTables.count), isProvisional: false)
    try csv.receive(Self.write, isProvisional: true)
    try csv.committed()
    #expect(Self.text(csv.output).hasPrefix("count\n37\n\nstatement,"))
    let json = Self.sink(.json)
    try json.receive(.table(SampleTables.count), isProvisional: false)
    try json.receive(.table(SampleTables.count), isProvisional: false)
    #expect(Self.text(json.output) == "{\"count\":37}\n{\"count\":37}\n")
  }

  @Test("a reader that has gone stops nothing: the statements run on")
  func closed() throws {
    let sink = ResultSink(
      results: ResultWriter(format: .table, screen: .unbounded),
      diagnostics: DiagnosticWriter(.human(hasColors: false)),
      output: OutputBuffer(to: -1), messages: OutputBuffer(to: nil))
    try sink.receive(Self.query, isProvisional: false)
    sink.finish()
    // No descriptor is a write error; a closed pipe is tested on the program itself.
    #expect(sink.failure != nil && sink.failure != .closed)
    #expect(!sink.isFailureTold)
    #expect(throws: OutputFailure.self) { try sink.receive(Self.query, isProvisional: false) }
    #expect(sink.isFailureTold)
  }
}
