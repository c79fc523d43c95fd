import Diagnostics
import Language
import Storage

// An exported file is written when its statement runs and comes into its place once nothing can take
// back what it tells of. What its statement says waits with it: nobody is told of a file that is not there.

extension Run {
  /// An exported file that waits for the commit, and the statement that wrote it.
  struct WaitingExport {
    let file: any PendingFile
    let source: SourceText
    let place: Place
  }

  /// Puts a file into its place where nothing waits for a commit; else it waits too.
  mutating func settle(
    _ file: any PendingFile, at place: Place, _ answer: ExportAnswer
  ) throws(Stop) {
    for note in file.notes { sink.report(note) }
    let waiting = WaitingExport(file: file, source: resolver.source, place: place)
    if isRehearsing || options.isDryRun {
      file.discard()
      try deliver(.table(answer.table(.rehearsed, store.table)))
    } else if hasPendingChanges {
      pendingFiles.append(waiting)
      // What stands where results go is its own answer.
      if file.isStandardOutput { return }
      let state = options.isInteractive ? ExportAnswer.State.waiting : .written
      do {
        try sink.receive(export: answer.table(state, store.table))
      } catch {
        throw .output(error)
      }
    } else if try publish(waiting) == .complete, !file.isStandardOutput {
      try deliver(.table(answer.table(.written, store.table)))
    }
  }

  /// Tells what became true with a commit, and puts into place what waited for it.
  ///
  /// What was said of the changes is true, whatever becomes of the files; and a file that can be written
  /// is, whatever becomes of the output.
  mutating func settleAll() throws(Stop) {
    let waiting = pendingFiles
    pendingFiles = []
    var failure: Stop?
    let answers = waiting.filter { !$0.file.isStandardOutput }.map { publish($0, unless: &failure) }
    sink.published(answers)
    do { try sink.committed() } catch { failure = failure ?? .output(error) }
    for export in waiting where export.file.isStandardOutput {
      _ = publish(export, unless: &failure)
    }
    if let failure { throw failure }
  }

  /// Whether a file is whole and in its place; one after a failure is given up.
  private func publish(_ export: WaitingExport, unless failure: inout Stop?) -> Bool {
    guard failure == nil else {
      export.file.discard()
      return false
    }
    do throws(Stop) {
      return try publish(export) == .complete
    } catch {
      failure = error
      return false
    }
  }

  /// Puts a file where it belongs; where that fails, what was committed before stands.
  ///
  /// That is why it is not the status of a statement that failed, which promises that nothing was changed.
  private func publish(_ export: WaitingExport) throws(Stop) -> Publication {
    do throws(Stop) {
      try requireSoundness()
    } catch {
      export.file.discard()
      throw error
    }
    if export.file.isStandardOutput {
      do { try sink.giveWay() } catch { throw .output(error) }
    }
    do {
      return try export.file.publish()
    } catch {
      let lost = Diagnostic(RestatedProblem(error, status: .storeUnavailable))
      throw .failed(lost.at(export.source, export.place, changesStand: hasCommitted))
    }
  }

  /// Gives up exported files whose transaction is gone, from the given one on.
  mutating func discardFiles(from first: Int) {
    let first = min(first, pendingFiles.count)
    for waiting in pendingFiles[first...] { waiting.file.discard() }
    pendingFiles.removeSubrange(first...)
  }
}

/// What an export says: what went into which file.
struct ExportAnswer {
  enum State {
    case written
    /// Only tried out.
    case rehearsed
    /// A person's transaction is still open.
    case waiting
  }

  let file: Text
  /// Such as `subaccounts`, and how many the file has.
  let counts: [(name: Text, count: Int)]
  /// The same for people, such as `240 subaccounts`.
  let content: String
  /// What else is to be said of it.
  var detail = ""

  func table(_ state: State, _ table: Table) -> ResultTable {
    let cells: [(name: Text, kind: ResultTable.Kind, value: ResultValue)] =
      [("file", .text, .text(file))] + counts.map { ($0.name, .integer, .integer($0.count)) }
      + [("written", .boolean, .boolean(state == .written))]
    return ResultTable(
      columns: cells.map {
        ResultTable.Column(name: $0.name, kind: $0.kind, cells: .values([$0.value]))
      }, rowCount: 1, isSingleObject: true, presentation: .sentence, footer: sentence(state),
      table: table)
  }

  private func sentence(_ state: State) -> String {
    switch state {
    case .written: "exported \(content) to '\(file)'\(detail)"
    case .rehearsed: "would export \(content) to '\(file)'\(detail); nothing was written"
    case .waiting: "\(content) will be in '\(file)' after the commit\(detail)"
    }
  }
}
