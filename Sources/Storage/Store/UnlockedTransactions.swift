import Diagnostics

// A transaction that somebody thinks about: nobody else waits for the lock meanwhile.
extension Store {
  /// Begins a transaction on what is known now, without the writer's lock.
  ///
  /// Before it is committed, `lockToCommit` takes the lock.
  ///
  /// - Throws: where the store can't be written.
  package func beginUnlocked(_ context: CommitContext) throws(StoreProblem) {
    precondition(!isInTransaction)
    if isReadOnly { throw .readOnly }
    transaction = Transaction(context: context, standing: .unlocked)
  }

  /// Whether the open transaction has yet to take the writer's lock.
  package var isUnlocked: Bool { transaction?.standing == .unlocked }

  /// Takes the writer's lock for a transaction that began without it, and catches up.
  ///
  /// - Returns: nil where nobody has committed since it began. Otherwise what its changes did, which
  ///   are no longer pending: they are to be computed again, on what is there now.
  /// - Throws: where the lock is not to be had, and the transaction is as it was; or where the store
  ///   can't be read on, and it is gone.
  package func lockToCommit(_ context: CommitContext) throws(StoreProblem) -> [Effects]? {
    guard var open = transaction, open.standing == .unlocked else { return nil }
    if try !isOvertaken(context) {
      open.standing = .locked
      open.context.time = max(context.time, history.lastTime ?? .min)
      transaction = open
      return nil
    }
    let known = history.lastChange
    let told = pendingEffects(since: .beginning)
    rollback(to: .beginning)
    transaction = nil
    do throws(StoreProblem) {
      try takeLock(context)
    } catch {
      if case .locked = error, history.lastChange == known { putBack(told, open) }
      throw error
    }
    open.standing = .locked
    open.context.time = max(context.time, history.lastTime ?? .min)
    if history.lastChange == known {
      putBack(told, open)
      return nil
    }
    transaction = Transaction(context: open.context)
    return told
  }

  /// Takes the lock, and looks whether the journal ends where it did; true where that is not certain.
  private func isOvertaken(_ context: CommitContext) throws(StoreProblem) -> Bool {
    guard case .disk(let disk, let path, _, let timeout, let allowsNetwork) = place else {
      return false
    }
    guard let files else { return true }
    if !allowsNetwork { try refuseNetwork(disk, path) }
    try files.lock.take(
      timeout: timeout, process: disk.process, user: context.user, time: context.time)
    do throws(StoreProblem) {
      guard try files.directory.isInPlace() else { return true }
      return try !files.journal.isAtEnd()
    } catch {
      files.lock.giveBack()
      throw error
    }
  }

  private func putBack(_ effects: [Effects], _ open: Transaction) {
    for effects in effects { apply(effects) }
    transaction = open
  }
}
