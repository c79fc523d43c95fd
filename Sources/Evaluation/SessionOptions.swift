package import Diagnostics

/// What a run is told from outside: by the command line, the environment and the clock.
package struct SessionOptions: Sendable {
  /// Every write is refused before anything runs.
  package var isReadOnly = false
  /// No statement may touch another file: `import`, `export` and `run` are refused before anything runs.
  package var isSandboxed = false
  /// Each statement is a transaction of its own, and an error does not end the run.
  package var keepsGoing = false
  /// All runs, the net differences are the last result, and nothing is kept.
  package var isDryRun = false
  /// A person at a prompt reads the answers: notes that would be noise in a log are given.
  package var isInteractive = false
  /// Who acts.
  package var actor: Text
  /// The operating system's user.
  package var user: Text
  package var host: Text
  /// A `because` for every write that has none of its own.
  package var reason: Text?
  /// `--set NAME=VALUE`, without a `$`.
  package var variables: [Text: Text] = [:]
  /// Whether the user wants to stop: asked between statements and in long loops.
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Told how many of a script's statements have run.
  package var progress: ProgressReport = { _, _, _ in }
  /// Milliseconds since 1970-01-01T00:00Z.
  package var now: @Sendable () -> Int64

  package init(actor: Text, user: Text, host: Text, now: @escaping @Sendable () -> Int64) {
    self.actor = actor
    self.user = user
    self.host = host
    self.now = now
  }
}
