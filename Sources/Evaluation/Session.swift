package import Diagnostics
package import Storage

/// The one entrance: text goes in, outcomes and diagnostics come out, the store changes or does not.
///
/// A script is parsed and resolved whole before anything runs, and is one transaction: see `run`. A
/// prompt differs in where its text comes from, and in that a transaction stays open between inputs.
package final class Session {
  package let store: Store

  package init(store: Store, files: any FileExchange, options: SessionOptions)

  /// Runs a whole script.
  ///
  /// - Parameter arguments: `$1`, `$2`, …
  /// - Returns: what the process should end with; every mistake has been reported to the sink.
  package func run(
    _ source: SourceText, arguments: [Text] = [], sink: any OutcomeSink
  ) -> ExitStatus

  /// Parses and resolves a script without running it.
  package func check(
    _ source: SourceText, arguments: [Text] = [], report: (Diagnostic) -> Void
  ) -> ExitStatus

  /// Runs one input of a prompt: outside a transaction each of its statements commits by itself, and
  /// after `begin` they stay pending until `commit`. What fails leaves the transaction as it was before.
  package func runInteractively(_ source: SourceText, sink: any OutcomeSink) -> ExitStatus

  /// Whether a `begin` waits for its `commit`: only ever between inputs of a prompt.
  package var isInTransaction: Bool { get }

  /// Rolls back an open transaction: when a prompt is left.
  package func end(sink: any OutcomeSink) -> ExitStatus

  /// `.set NAME=VALUE` at a prompt; without a `$`.
  package func setVariable(_ name: Text, to value: Text)
}
