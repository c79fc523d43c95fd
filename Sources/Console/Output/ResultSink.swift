package import Diagnostics
package import Evaluation
package import Language

/// Writes outcomes and diagnostics as they come, and holds back what is not yet true.
package final class ResultSink: OutcomeSink {
  private let results: ResultWriter
  private var diagnostics: DiagnosticWriter
  private let hidesNotes: Bool
  private var watch: Watch
  /// At a prompt nobody waits for a commit to see what a statement did.
  private let showsAtOnce: Bool
  package private(set) var output: OutputBuffer
  package private(set) var messages: OutputBuffer
  private var held = HeldOutcomes()
  private var lastShape: ResultShape?
  private var pendingWrites = false
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
    if case .change(let summary) = outcome, summary.change != nil { pendingWrites = true }
    try attempt(tells: true) { () throws(OutputFailure) in
      if held.isEmpty && (showsAtOnce || !isProvisional) {
        try show(outcome)
      } else {
        try hold(outcome)
      }
    }
  }

  package func willRun(_ statement: Statement, in source: SourceText) {
    tellTime()
    if watch.showsTiming { watch.start(statement, in: source) }
    guard watch.echoes else { return }
    say { $0.append(Watch.echo(of: statement, in: source)) }
  }

  /// Tells how long the last statement took.
  private func tellTime() {
    guard let line = watch.stop() else { return }
    say { $0.append(line) }
  }

  package func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .note && hidesNotes { return }
    if diagnostic.severity == .error { errorCount += 1 }
    say { bytes in diagnostics.write(diagnostic, to: &bytes) }
  }

  package func reportProvisionally(_ diagnostic: Diagnostic) {
    if showsAtOnce { return report(diagnostic) }
    if diagnostic.severity == .note && hidesNotes { return }
    // What is held stays in memory: it can't fail.
    try? held.hold(HeldOutcomes.Kind(destination: .messages, isWrite: true)) { buffer in
      diagnostics.write(diagnostic, to: &buffer.bytes)
    }
  }

  /// Writes a line for people on standard error, in its place among the results.
  package func say(_ write: (inout [UInt8]) -> Void) {
    // Neither call can fail: what is held stays in memory, and standard error's own errors have
    // nowhere to be told.
    if held.isEmpty {
      try? attempt { () throws(OutputFailure) in try output.flush() }
      write(&messages.bytes)
      try? messages.flush()
    } else {
      try? held.hold(HeldOutcomes.Kind(destination: .messages, isWrite: false)) { write(&$0.bytes) }
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

  package func committed() throws(OutputFailure) {
    changesStand = changesStand || pendingWrites
    pendingWrites = false
    try attempt(tells: true) { () throws(OutputFailure) in try release(keepsWrites: true) }
  }

  package func rolledBack() throws(OutputFailure) {
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
    switch results.destination(of: outcome) {
    case .results(let shape):
      separate(shape)
      try results.write(outcome, to: &output)
      try showsAtOnce ? output.flush() : output.spill()
    case .messages:
      try output.flush()
      try results.write(outcome, to: &messages)
      try? messages.flush()
    }
  }

  private func hold(_ outcome: Outcome) throws(OutputFailure) {
    var isWrite = false
    if case .change = outcome { isWrite = true }
    let kind = HeldOutcomes.Kind(destination: results.destination(of: outcome), isWrite: isWrite)
    try held.hold(kind) { buffer throws(OutputFailure) in
      try results.write(outcome, to: &buffer)
    }
  }

  private func release(keepsWrites: Bool) throws(OutputFailure) {
    try held.release { kind, bytes throws(OutputFailure) in
      if kind.isWrite && !keepsWrites { return }
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
