package import Diagnostics
package import Language

/// What one statement came to, for a formatter to write.
package enum Outcome: Sendable {
  /// A query's rows, or its one object.
  case table(ResultTable)
  /// What a write did.
  case change(ChangeSummary)
  /// `print`: its values, to be joined by spaces.
  case message([ResultValue])
  /// Plain text for people, such as help.
  case prose(String)
}

/// Takes what statements come to, in order.
///
/// A script is one transaction, so what its writes say is not true until it commits: a sink holds
/// back provisional outcomes until `committed` and drops those of writes on `rolledBack`.
package protocol OutcomeSink: AnyObject {
  /// Provisional means that changes made before it in this transaction are not yet durable.
  ///
  /// - Throws: where the output can't be written; the run stops.
  func receive(_ outcome: Outcome, isProvisional: Bool) throws(OutputFailure)
  /// A note, a warning or an error, as it is found.
  func report(_ diagnostic: Diagnostic)
  /// A note of a write, as true as the write: held back until `committed`, dropped on `rolledBack`.
  func reportProvisionally(_ diagnostic: Diagnostic)
  /// A statement is about to run: for those who want to see it, or to know how long it takes.
  func willRun(_ statement: Statement, in source: SourceText)
  /// Something else is about to write where results go: what came before it must be there first.
  func giveWay() throws(OutputFailure)
  /// What an export that waits for its commit is going to say: true only once its file is in place.
  func receive(export: ResultTable) throws(OutputFailure)
  /// Which of the exports that were waiting are in place, in order; what the others say is dropped.
  func published(_ exports: [Bool])
  /// The transaction is durable: held-back outcomes are now true.
  func committed() throws(OutputFailure)
  /// Whether somebody is there to be asked.
  var asks: Bool { get }
  /// Asks whether a write that reaches far is meant.
  func confirms(_ question: WriteQuestion) -> Bool
  /// The transaction is gone: its writes did not happen.
  func rolledBack() throws(OutputFailure)
}

extension OutcomeSink {
  package func willRun(_ statement: Statement, in source: SourceText) {}
  package func giveWay() throws(OutputFailure) {}
  package func receive(export: ResultTable) throws(OutputFailure) {
    try receive(.table(export), isProvisional: true)
  }
  package func published(_ exports: [Bool]) {}
  package var asks: Bool { false }
  package func confirms(_ question: WriteQuestion) -> Bool { true }

  package func reportProvisionally(_ diagnostic: Diagnostic) { report(diagnostic) }
}

/// Why output could not be written.
package enum OutputFailure: Error, Equatable, Sendable {
  /// The reader has gone: the run ends quietly.
  case closed
  /// Any other error, by its `errno`.
  case system(Int32)
}
