package import Diagnostics
package import Evaluation
package import Language

/// Writes outcomes and diagnostics as they come, and holds back what is not yet true.
package final class ResultSink: OutcomeSink {
  /// How results are written; a prompt may change it.
  package var results: ResultWriter
  package var diagnostics: DiagnosticWriter
  private let hidesNotes: Bool
  package var watch: Watch
  /// At a prompt nobody waits for a commit to see what a statement did.
  private let showsAtOnce: Bool
  package private(set) var output: OutputBuffer
  package private(set) var messages: OutputBuffer
  private var held = HeldOutcomes()
  /// Which of the exports that are held came true, in order.
  private var writtenExports: ArraySlice<Bool> = []
  private var lastShape: ResultShape?
  private var pendingWrites = false
  /// Answers are shown through it where they are taller than the screen; nil where all is just written.
  var pages: (() -> Pager?)?
  /// Shows how far something long is; nil where nobody looks.
  package var meter: ProgressMeter?
  /// Gets a copy of what is said.
  package var tee: Tee?
  /// Asks a person whether a write is meant; nil where nobody is to be asked.
  package var confirmation: ((WriteQuestion) -> Bool)?
  /// The text of the last mistake with the mistake put right.
  private var correction: Text?
  /// Why output could not be written; nil while all is well.
  package private(set) var failure: OutputFailure?
  /// The session knows of it, and has told.
  package private(set) var isFailureTold = false
  /// A change was committed, whatever happens to the output afterwards.
  package private(set) var changesStand = false
  /// Errors that were reported.
  package private(set) var errorCount = 0

  package init(
    results: ResultWriter, diagnostics: DiagnosticWriter, hidesNotes: Bool = false,
    showsAtOnce: Bool = false, watch: Watch = Watch(), output: OutputBuffer = OutputBuffer(to: 1),
    messages: OutputBuffer = OutputBuffer(to: 2)
  ) {
    self.results = results
    self.diagnostics = diagnostics
    self.hidesNotes = hidesNotes
    self.showsAtOnce = showsAtOnce
    self.watch = watch
    self.output = output
    self.messages = messages
  }

  package func receive(_ outcome: Outcome, isProvisional: Bool) throws(OutputFailure) {
    var truth = HeldOutcomes.Truth.always
    if case .change(let summary) = outcome {
      truth = .onceCommitted
      if summary.change != nil { pendingWrites = true }
    }
    try receive(outcome, truth, waits: isProvisional)
  }

  package func receive(export: ResultTable) throws(OutputFailure) {
    try receive(.table(export), .onceWritten, waits: true)
  }

  private func receive(
    _ outcome: Outcome, _ truth: HeldOutcomes.Truth, waits: Bool
  ) throws(OutputFailure) {
    try attempt(tells: true) { () throws(OutputFailure) in
      if held.isEmpty && (showsAtOnce || !waits) {
        try show(outcome)
      } else {
        let kind = HeldOutcomes.Kind(destination: results.destination(of: outcome), truth: truth)
        func write(to buffer: inout OutputBuffer) throws(OutputFailure) {
          try results.write(outcome, to: &buffer)
        }
        if case .change(let summary) = outcome, results.format.saysSentences {
          try held.hold(sentence: summary, kind, write(to:))
        } else {
          try held.hold(kind, write(to:))
        }
      }
    }
  }

  package func willRun(_ statement: Statement, in source: SourceText) {
    tellTime()
    meter?.beginStatement()
    if watch.showsTiming { watch.start(statement, in: source) }
    guard watch.echoes else { return }
    say { $0.append(Watch.echo(of: statement, in: source)) }
  }

  package var asks: Bool { confirmation != nil }

  package func confirms(_ question: WriteQuestion) -> Bool {
    // Whoever is asked does not wait.
    meter?.pause()
    defer { meter?.goOn() }
    return confirmation?(question) ?? true
  }

  /// What the first mistake since the last call would be if it were right.
  package func takeCorrection() -> Text? {
    defer { correction = nil }
    return correction
  }

  /// Tells how long the last statement took.
  package func tellTime() {
    guard let line = watch.stop() else { return }
    say { $0.append(line) }
  }

  package func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .note && hidesNotes { return }
    if diagnostic.severity == .error {
      errorCount += 1
      if correction == nil { correction = diagnostic.corrected }
    }
    tee?.copy(diagnostic)
    say { bytes in diagnostics.write(diagnostic, to: &bytes) }
  }

  package func reportProvisionally(_ diagnostic: Diagnostic) {
    if showsAtOnce { return report(diagnostic) }
    if diagnostic.severity == .note && hidesNotes { return }
    // What is held stays in memory: it can't fail.
    try? held.hold(HeldOutcomes.Kind(destination: .messages, truth: .onceCommitted)) { buffer in
      diagnostics.write(diagnostic, to: &buffer.bytes)
    }
  }

  /// Writes a line for people on standard error, in its place among the results.
  package func say(_ write: (inout [UInt8]) -> Void) {
    // Neither call can fail: what is held stays in memory, and standard error's own errors have
    // nowhere to be told.
    if held.isEmpty {
      meter?.pause()
      defer { meter?.goOn() }
      try? attempt { () throws(OutputFailure) in try output.flush() }
      write(&messages.bytes)
      try? messages.flush()
    } else {
      try? held.hold(HeldOutcomes.Kind(destination: .messages, truth: .always)) { write(&$0.bytes) }
    }
  }

  /// Writes text that is a result by itself, such as a script in standard layout.
  package func print(_ text: Text) {
    try? attempt { () throws(OutputFailure) in
      output.bytes.append(text)
      try output.spill()
    }
  }

  package func giveWay() throws(OutputFailure) {
    try attempt(tells: true) { () throws(OutputFailure) in try output.flush() }
  }

  package func published(_ exports: [Bool]) {
    writtenExports = exports[...]
  }

  package func committed() throws(OutputFailure) {
    changesStand = changesStand || pendingWrites
    pendingWrites = false
    try attempt(tells: true) { () throws(OutputFailure) in try release(keepsWrites: true) }
  }

  package func rolledBack() throws(OutputFailure) {
    writtenExports = []
    pendingWrites = false
    try attempt { () throws(OutputFailure) in try release(keepsWrites: false) }
  }

  /// Writes all that is left: at the end of a run.
  package func finish() {
    tellTime()
    try? attempt { () throws(OutputFailure) in
      try release(keepsWrites: false)
      try output.flush()
    }
  }

  // Does nothing more once the reader has gone: the statements still run, because a script that was
  // to change something must not depend on how much of its output somebody reads. `tells`: the
  // caller is the session, which tells of a failure.
  private func attempt(
    tells: Bool = false, _ body: () throws(OutputFailure) -> Void
  ) throws(OutputFailure) {
    if failure == .closed { return }
    meter?.pause()
    defer { meter?.goOn() }
    do throws(OutputFailure) {
      if let failure { throw failure }
      try body()
    } catch {
      failure = error
      if error == .closed { return }
      isFailureTold = isFailureTold || tells
      throw error
    }
  }

  private func show(_ outcome: Outcome) throws(OutputFailure) {
    tee?.copy(outcome, format: results.format)
    switch results.destination(of: outcome) {
    case .results(let shape):
      separate(shape)
      if showsAtOnce { return try showPaged(outcome) }
      try results.write(outcome, to: &output)
      try output.spill()
    case .messages:
      try output.flush()
      try results.write(outcome, to: &messages)
      try? messages.flush()
    }
  }

  /// An answer at a prompt; that somebody has seen enough of it is no failure.
  private func showPaged(_ outcome: Outcome) throws(OutputFailure) {
    try output.flush()
    output.pager = pages?()
    defer { output.pager = nil }
    var failure: OutputFailure?
    do {
      try results.write(outcome, to: &output)
      try output.flush()
    } catch {
      failure = error
    }
    guard let pager = output.pager else {
      if let failure { throw failure }
      return
    }
    output.bytes.removeAll(keepingCapacity: true)
    try pager.finish()
    if let failure, failure != .closed { throw failure }
  }

  private func release(keepsWrites: Bool) throws(OutputFailure) {
    try held.release { kind, bytes throws(OutputFailure) in
      switch kind.truth {
      case .always: break
      case .onceCommitted: if !keepsWrites { return }
      case .onceWritten: if writtenExports.popFirst() != true { return }
      }
      switch kind.destination {
      case .results(let shape):
        separate(shape)
        output.bytes.append(contentsOf: bytes)
        try showsAtOnce ? output.flush() : output.spill()
      case .messages:
        try output.flush()
        messages.bytes.append(contentsOf: bytes)
        try? messages.flush()
      }
    }
  }

  /// Puts an empty line between results where either stands apart.
  private func separate(_ shape: ResultShape) {
    if let lastShape, lastShape == .block || shape == .block { output.bytes.append(ascii: "\n") }
    lastShape = shape
  }
}
