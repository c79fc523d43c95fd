import Diagnostics
import Storage

// Looking after a store: nothing here runs a statement.
extension ScriptRunner {
  /// Checks a store, and prints the head of its history in a form that `--expect` takes.
  func verify(expecting expected: ChainValue?) -> ExitStatus {
    care { (path) throws(StoreProblem) in
      let found = try Store.verify(path, expecting: expected, progress: progress)
      sink.say { output in
        output.append(
          Text(
            "\(found.changes) changes in \(found.commits) transactions and \(found.journalFiles) files"
              + " of \(found.journalBytes) bytes, \(found.snapshots) snapshots,"
              + " \(found.subaccounts) subaccounts: all is well\n"))
      }
      sink.print(Text("\(found.chain)\n"))
    }
  }

  func backup(to newPath: Text) -> ExitStatus {
    care { (path) throws(StoreProblem) in
      let last = try Store.backup(path, to: newPath)
      sink.say { output in
        output.append(Text("'\(newPath)' has all changes up to \(last)\n"))
      }
    }
  }

  func recover() -> ExitStatus {
    care { (path) throws(StoreProblem) in
      let done = try Store.recover(path, context, allowsNetwork: options.allowsNetwork)
      for notice in done {
        sink.report(Diagnostic(UsageProblem.storeNotice(notice), severity: .warning))
      }
      if done.isEmpty { sink.say { $0.append(Text("'\(path)' is not damaged\n")) } }
    }
  }

  /// Takes a snapshot, which is otherwise done now and then without being asked.
  func takeSnapshot() -> ExitStatus {
    care { (path) throws(StoreProblem) in
      let store = try Store.open(
        path, allowsNetwork: options.allowsNetwork, progress: progress)
      defer { tellNotices(of: store) }
      guard store.exists else { throw .notAStore(path: path) }
      let (change, bytes) = try store.takeSnapshot(context)
      sink.say { output in
        let size = bytes.map { " of \($0) bytes" } ?? ", which was there already"
        output.append(Text("'\(path)' has a snapshot of change \(change)\(size)\n"))
      }
    }
  }

  /// Leaves a store in order: the next process should not have much to read.
  ///
  /// - Returns: whether it had to be told that acknowledged changes can't be read.
  @discardableResult
  func finish(_ store: Store) -> Bool {
    sink.meter?.begin()
    store.finish(context)
    sink.meter?.finish()
    return tellNotices(of: store)
  }

  private var context: CommitContext {
    CommitContext(
      actor: person.actor, user: person.user, host: SystemCall.hostName, time: SystemCall.now)
  }

  func care(_ body: (Text) throws(StoreProblem) -> Void) -> ExitStatus {
    // The command line was refused where it names none.
    guard let path = options.store else { return .unusable }
    do throws(StoreProblem) {
      try body(path)
      return .done
    } catch {
      sink.report(MistakenStore.diagnostic(error))
      return error.status
    }
  }
}
