import Diagnostics
import Language
import Storage

extension Run {
  /// Runs a checked script to its end, or to its first failure.
  mutating func run(_ script: Script) -> ExitStatus {
    autocommits = options.keepsGoing || script.statements.contains { $0.beginsTransaction }
    var status = ExitStatus.done
    do {
      // What a script reads before it writes shall still be so when it writes.
      let first = script.statements.first { $0.mayWrite }
      willWrite = first != nil
      if !autocommits, !options.isDryRun, let first {
        try soundly { (run) throws(Stop) in try run.beginIfNeeded(at: first.place) }
      }
    } catch {
      return end(error)
    }
    if store.isInTransaction { expectNames(of: script.statements) }
    for (index, statement) in script.statements.enumerated() {
      if index & 63 == 0 { options.progress(.running, index, script.statements.count) }
      do {
        try step(statement)
      } catch {
        let failure = end(error)
        if status == .done { status = failure }
        guard options.keepsGoing, case .failed = error else { return status }
      }
    }
    do {
      try finish(script)
    } catch {
      let failure = end(error)
      if status == .done { status = failure }
    }
    return status
  }

  /// Says whose names statements will look for, so that many are found together.
  private func expectNames(of statements: [Statement]) {
    var names: [Text] = []
    for statement in statements {
      guard case .write(let write) = statement.kind, let selection = write.selection,
        case .references(let references) = selection.base
      else { continue }
      for reference in references {
        if case .name(let name) = reference.kind { names.append(name) }
      }
    }
    store.table.expect(names: names)
  }

  /// One statement of a script, which may be a transaction of its own.
  private mutating func step(_ statement: Statement) throws(Stop) {
    if isAborted {
      switch statement.kind {
      case .commit, .rollback: isAborted = false
      default: break
      }
      return
    }
    try execute(statement)
    if autocommits && !isExplicit { try commit() }
  }

  /// What is left to do at a script's end.
  private mutating func finish(_ script: Script) throws(Stop) {
    if isExplicit {
      let end = script.source.bytes.count
      throw failure(RunProblem.unfinishedTransaction, at: Place(end, end))
    }
    try commit()
    guard options.isDryRun else { return }
    let differences = rehearsedDifferences()
    rollBack()
    try deliver(.table(differences))
  }

  /// Takes back what is not committed, and reports why.
  private mutating func end(_ stop: Stop) -> ExitStatus {
    let hadChanges = hasPendingChanges
    let wasExplicit = isExplicit
    rollBack()
    // With --keep-going, what follows a failure inside `begin` and `commit` must not run by itself.
    isAborted = wasExplicit
    switch stop {
    // A wait that Ctrl-C ended, such as for a pipe's writer, is no mistake of the script's.
    case .failed where options.isInterrupted(): return .interrupted
    case .failed(let diagnostic):
      sink.report(diagnostic)
      return diagnostic.status
    case .interrupted: return .interrupted
    case .declined: return declined()
    case .output(let failure): return lost(failure, hadChanges: hadChanges)
    }
  }

  /// Output that could not be written: a reader that has gone is no failure, unless changes are lost.
  private func lost(_ failure: OutputFailure, hadChanges: Bool) -> ExitStatus {
    if failure == .closed && !hadChanges { return .done }
    sink.report(Diagnostic(RunProblem.outputLost(changesStand: hasCommitted && !hadChanges)))
    return RunProblem.outputLost(changesStand: hasCommitted).status
  }
}

// MARK: - Inputs of a prompt

extension Run {
  /// Takes over a new input; outside a transaction it sees what others have committed since, and
  /// inside one what was there at its `begin`, until it writes.
  mutating func prepare(_ source: SourceText) throws(StoreProblem) {
    resolver.source = source
    resolver.now = options.now()
    lines = LineCounter()
    guard !store.isInTransaction, !isExplicit else { return }
    try store.refresh()
    resolver.scope.follow(store.table)
  }

  /// Runs a checked input: a statement that fails leaves an open transaction as it was before it.
  mutating func runInput(_ script: Script) -> ExitStatus {
    for statement in script.statements {
      let savepoint = store.isInTransaction ? store.savepoint : nil
      let files = pendingFiles.count
      let (before, pending) = (surroundings, pendingCount)
      do {
        try execute(statement)
        if isExplicit {
          keep(statement, before, pendingBefore: pending)
        } else {
          try commit()
        }
      } catch {
        return takeBack(error, to: savepoint, files: files)
      }
    }
    return .done
  }

  private mutating func takeBack(
    _ stop: Stop, to savepoint: Savepoint?, files: Int
  ) -> ExitStatus {
    // What can't be read any more may have taken the transaction with it.
    guard isExplicit, !hasLostTransaction else { return end(stop) }
    if store.isInTransaction {
      if let savepoint { store.rollback(to: savepoint) } else { store.rollback() }
      forget()
    }
    discardFiles(from: files)
    switch stop {
    // A wait that Ctrl-C ended, such as for a pipe's writer, is no mistake of the script's.
    case .failed where options.isInterrupted(): return .interrupted
    case .failed(let diagnostic):
      sink.report(diagnostic)
      return diagnostic.status
    case .interrupted: return .interrupted
    case .declined: return declined()
    case .output(let failure): return lost(failure, hadChanges: false)
    }
  }

  private func declined() -> ExitStatus {
    sink.report(Diagnostic(RunProblem.declined, severity: .note))
    return .done
  }
}

extension Statement {
  /// Whether it, or a statement inside it, writes.
  fileprivate var mayWrite: Bool {
    switch kind {
    case .write: true
    case .conditional(let conditional):
      conditional.then.contains { $0.mayWrite }
        || (conditional.otherwise ?? []).contains { $0.mayWrite }
    default: false
    }
  }

  /// Whether it, or a statement inside it, says `begin`.
  fileprivate var beginsTransaction: Bool {
    switch kind {
    case .begin: true
    case .conditional(let conditional):
      conditional.then.contains { $0.beginsTransaction }
        || (conditional.otherwise ?? []).contains { $0.beginsTransaction }
    default: false
    }
  }
}

extension WriteStatement {
  /// Whom it concerns, where it says so.
  fileprivate var selection: Selection? {
    switch action {
    case .grant(_, let selection), .revoke(_, let selection), .grantOnly(_, let selection),
      .copy(_, _, let selection), .restore(_, let selection, _), .delete(let selection),
      .set(_, let selection), .unset(_, let selection), .protect(let selection),
      .unprotect(let selection):
      selection
    case .create, .rename, .undo, .importFile, .definePermissions, .defineSubaccounts,
      .definePolicy, .dropDefinition, .dropPolicy, .createPermission:
      nil
    }
  }
}
