package import Diagnostics
import Language
import Permissions
package import Storage

/// The one entrance: text goes in, outcomes and diagnostics come out, the store changes or does not.
///
/// A script is parsed and resolved whole before anything runs, and is one transaction: see `run`. A
/// prompt differs in where its text comes from, and in that a transaction stays open between inputs.
package final class Session {
  package let store: Store
  private let files: any FileExchange
  private let options: SessionOptions
  /// What a prompt's inputs have in common.
  private var prompt: Run?
  /// From the command line and `.set`.
  private var variables: [Text: Scope.Variable]

  package init(store: Store, files: any FileExchange, options: SessionOptions) {
    self.store = store
    self.files = files
    self.options = options
    variables = options.variables.mapValues { .value(.loose($0)) }
  }

  /// Runs a whole script.
  ///
  /// It is one transaction, unless it says `begin` itself or `keepsGoing` is set: then each statement
  /// outside `begin` and `commit` is one.
  ///
  /// - Parameters:
  ///   - source: the script.
  ///   - arguments: the values of `$1`, `$2` and on.
  ///   - sink: takes what the statements come to, and every mistake.
  /// - Returns: what the process should end with.
  package func run(
    _ source: SourceText, arguments: [Text] = [], sink: any OutcomeSink
  ) -> ExitStatus {
    do {
      try store.refresh()
    } catch {
      sink.report(Diagnostic(error))
      return error.status
    }
    let (resolver, script, mistakes) = checked(source, arguments)
    if !mistakes.isEmpty {
      for mistake in mistakes { sink.report(mistake) }
      return .unusable
    }
    var run = Run(store: store, files: files, options: options, sink: sink, resolver: resolver)
    return run.run(script)
  }

  /// Parses and resolves a script without running it; arguments that it is not given are not missed.
  package func check(
    _ source: SourceText, arguments: [Text] = [], report: (Diagnostic) -> Void
  ) -> ExitStatus {
    let mistakes = sound { () in
      var resolver = makeResolver(source, arguments)
      resolver.scope.hasOpenArguments = true
      return Checker.check(source, resolver, files: files, options: options).1
    }
    for mistake in mistakes { report(mistake) }
    return mistakes.isEmpty ? .done : .unusable
  }

  /// A script, its mistakes, and a resolver that is at its beginning.
  func checked(
    _ source: SourceText, _ arguments: [Text]
  ) -> (resolver: Resolver, script: Script, mistakes: [Diagnostic]) {
    sound { () in
      let resolver = makeResolver(source, arguments)
      let (script, mistakes) = Checker.check(source, resolver, files: files, options: options)
      return (resolver, script, mistakes)
    }
  }

  /// Milliseconds since 1970-01-01T00:00Z.
  package var now: Int64 { options.now() }

  /// What a check comes to, made again where a snapshot turned out damaged meanwhile.
  private func sound<Result>(_ check: () -> Result) -> Result {
    while true {
      let result = check()
      // What can't be built anew either is told by the first statement.
      guard store.isSnapshotDamaged, (try? store.rebuild(to: store.savepoint)) != nil else {
        return result
      }
    }
  }

  private func makeResolver(_ source: SourceText, _ arguments: [Text]) -> Resolver {
    var scope = Scope(store.table)
    scope.variables = variables
    for (index, argument) in arguments.enumerated() {
      scope.variables["\(index + 1)"] = .value(.loose(argument))
    }
    let store = store
    return Resolver(
      scope: scope, source: source, now: options.now(), isChecking: false,
      isInteractive: options.isInteractive
    ) { store.stamp(ofChange: $0)?.time }
  }
}

// MARK: - Prompts

extension Session {
  /// Runs one input of a prompt.
  ///
  /// Outside a transaction each of its statements commits by itself, and after `begin` they stay
  /// pending until `commit`. A statement that fails is taken back, and the
  /// transaction stays as it was before.
  package func runInteractively(_ source: SourceText, sink: any OutcomeSink) -> ExitStatus {
    var run = prompt ?? makePrompt(source, sink: sink)
    run.sink = sink
    defer { prompt = run }
    do {
      try run.prepare(source)
    } catch {
      sink.report(Diagnostic(error))
      return error.status
    }
    let (script, mistakes) = sound { () in
      run.resolver.scope.follow(store.table)
      return Checker.check(source, run.resolver, files: files, options: options)
    }
    if !mistakes.isEmpty {
      for mistake in mistakes { sink.report(mistake) }
      return .unusable
    }
    return run.runInput(script)
  }

  /// Whether a `begin` waits for its `commit`: only ever between inputs of a prompt.
  package var isInTransaction: Bool { prompt?.isExplicit ?? false }

  /// Changes of the open transaction.
  package var pendingChanges: Int {
    prompt.map { max(0, store.lastChange - $0.baseChange) } ?? 0
  }

  /// Rolls back an open transaction: when a prompt is left.
  package func end(sink: any OutcomeSink) {
    guard var run = prompt else { return }
    run.sink = sink
    run.rollBack()
    prompt = nil
  }

  /// `.set NAME=VALUE` at a prompt; without a `$`.
  package func setVariable(_ name: Text, to value: Text) {
    variables[name] = .value(.loose(value))
    prompt?.resolver.scope.variables[name] = .value(.loose(value))
  }

  /// A run that has what the prompt's inputs have in common, for questions about what is typed.
  func runForPrompt(_ source: SourceText, sink: any OutcomeSink) -> Run {
    var run = prompt ?? makePrompt(source, sink: sink)
    run.sink = sink
    return run
  }

  /// The names that a statement typed now may use.
  var promptScope: Scope {
    if var scope = prompt?.resolver.scope {
      scope.follow(store.table)
      return scope
    }
    var scope = Scope(store.table)
    scope.variables = variables
    return scope
  }

  private func makePrompt(_ source: SourceText, sink: any OutcomeSink) -> Run {
    var run = Run(
      store: store, files: files, options: options, sink: sink,
      resolver: makeResolver(source, []))
    run.autocommits = true
    run.isPrompt = true
    return run
  }
}
