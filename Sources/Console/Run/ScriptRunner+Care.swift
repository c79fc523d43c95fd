import Diagnostics
import Storage

// Looking after a store: nothing here runs a statement.
extension ScriptRunner {
  /// Checks a store, and prints the head of its history in a form that `--expect` takes.
  func verify(expecting expected: ChainValue?) -> ExitStatus {
    care { (path) throws(StoreProblem) in
      let found = try Store.verify(path, expecting: expected)
      sink.say { output in
        output.append(
          Text(
            "\(found.changes) changes in \(found.commits) transactions and \(found.journalFiles) files"
              + " of \(found.journalBytes) bytes, \(found.subaccounts) subaccounts: all is well\n"))
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
      let context = CommitContext(
        actor: person.actor, user: person.user, host: SystemCall.hostName, time: SystemCall.now)
      let done = try Store.recover(path, context, allowsNetwork: options.allowsNetwork)
      for notice in done {
        sink.report(Diagnostic(UsageProblem.storeNotice(notice), severity: .warning))
      }
      if done.isEmpty { sink.say { $0.append(Text("'\(path)' is not damaged\n")) } }
    }
  }

  func care(_ body: (Text) throws(StoreProblem) -> Void) -> ExitStatus {
    // The command line was refused where it names none.
    guard let path = options.store else { return .unusable }
    do throws(StoreProblem) {
      try body(path)
      return .done
    } catch {
      sink.report(Diagnostic(error))
      return error.status
    }
  }
}
