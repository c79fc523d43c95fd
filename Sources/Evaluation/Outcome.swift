package import Diagnostics

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

/// How many subaccounts a write concerned, and what it did to them.
package struct ChangeSummary: Sendable {
  /// The statement's first word: `grant`, `import`, …
  package let statement: String
  /// Subaccounts that the statement names.
  package let matched: Int
  /// Of these, changed.
  package let changed: Int
  /// Of these, already as the statement wants them.
  package let already: Int
  /// Of these, left alone because they are protected.
  package let protected: Int
  /// The change's number, or nil where nothing changed.
  package let change: Int?
  /// The same for people, in one line: `granted outbound to 42 subaccounts; 8 already had it`.
  package let sentence: String

  package init(
    statement: String, matched: Int, changed: Int, already: Int, protected: Int, change: Int?,
    sentence: String
  ) {
    self.statement = statement
    self.matched = matched
    self.changed = changed
    self.already = already
    self.protected = protected
    self.change = change
    self.sentence = sentence
  }
}

/// Takes what statements come to, in order.
///
/// A script is one transaction, so what its writes say is not true until it commits: a sink holds
/// back provisional outcomes until `committed` and drops those of writes on `rolledBack`.
package protocol OutcomeSink: AnyObject {
  /// - Parameter isProvisional: changes made before it in this transaction are not yet durable.
  /// - Throws: where the output can't be written; the run stops.
  func receive(_ outcome: Outcome, isProvisional: Bool) throws(OutputFailure)
  /// A note, a warning or an error, as it is found.
  func report(_ diagnostic: Diagnostic)
  /// The transaction is durable: held-back outcomes are now true.
  func committed() throws(OutputFailure)
  /// The transaction is gone: its writes did not happen.
  func rolledBack() throws(OutputFailure)
}

/// Why output could not be written.
package enum OutputFailure: Error, Equatable, Sendable {
  /// The reader has gone: the run ends quietly.
  case closed
  /// Any other error, by its `errno`.
  case system(Int32)
}
