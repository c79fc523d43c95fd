import Diagnostics

// Where a store is, and the right to write there.
extension Store {
  /// Where it is kept; nil in memory.
  var path: Text? {
    if case .disk(_, let path, _, _, _) = place { path } else { nil }
  }

  var lockTimeout: Int {
    if case .disk(_, _, _, let timeout, _) = place { timeout } else { 0 }
  }

  /// Takes the writer's lock and catches up; where there is no store yet, the right to create it.
  func takeLock(_ context: CommitContext) throws(StoreProblem) {
    guard case .disk(let disk, let path, _, let timeout, let allowsNetwork) = place else { return }
    try openIfThere()
    if files == nil {
      creationLock = try CreationLock(for: path, on: disk, timeout: timeout)
      // While it was waited for, somebody else may have created it.
      do throws(StoreProblem) {
        try openIfThere()
      } catch {
        creationLock = nil
        throw error
      }
      if files != nil { creationLock = nil }
    }
    if !allowsNetwork { try refuseNetwork(disk, path) }
    guard let files else { return }
    try files.lock.take(
      timeout: timeout, process: disk.process, user: context.user, time: context.time)
    do throws(StoreProblem) {
      try catchUpToWrite(files)
    } catch {
      files.lock.giveBack()
      throw error
    }
  }

  private func refuseNetwork(_ disk: any Disk, _ path: Text) throws(StoreProblem) {
    guard let handle = files?.directory.handle ?? creationLock?.parent else { return }
    let isOnNetwork = try disk.attempt(path) { () throws(DiskFailure) in
      try disk.isOnNetwork(handle)
    }
    guard isOnNetwork else { return }
    creationLock = nil
    throw .onNetwork(path: path)
  }
}
