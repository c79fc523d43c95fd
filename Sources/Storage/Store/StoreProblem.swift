package import Diagnostics

/// Why a store can't be used.
package enum StoreProblem: Problem, Equatable {
  /// Another process writes, and did not finish in time.
  case locked(path: Text, holder: LockHolder)
  case notAStore(path: Text)
  case refused(path: Text, Refusal)
  case newerFormat(path: Text, version: UInt32)
  /// `detail` says what does not fit; nothing after change `lastGood` can be read.
  case damaged(path: Text, detail: String, lastGood: Int, lost: LostChanges?)
  case foreignFile(path: Text, other: Text)
  /// Two files of one store that do not continue the same history.
  case foreignHistory(path: Text, other: Text)
  case noSpace(path: Text)
  case notPermitted(path: Text)
  case readOnly
  /// The record could not be made durable: the change is not saved.
  case notSaved(path: Text, reason: String)
  case createdMeanwhile(path: Text)
  case replaced(path: Text)
  /// Any other failure of the operating system.
  case system(path: Text, operation: String, reason: String)
  case noSuchChange(Int, last: Int)
  /// The history is not the one that was expected; `found` is nil where no transaction ends there.
  case otherChain(path: Text, expected: ChainValue, found: ChainValue?)
  case onNetwork(path: Text)
  /// What a transaction was computed from turned out not to be as it was written.
  case snapshotDamaged(path: Text)
  /// A snapshot is not what the journal says; `detail` says what does not fit.
  case badSnapshot(path: Text, detail: String)

  /// Why a file is not even opened.
  package enum Refusal: Equatable, Sendable {
    case symbolicLink
    case notADirectory
    case notAFile
    case otherOwner
    case writableByOthers
    case hardLink
  }
}

/// Who holds the writer's lock, as far as it says.
package struct LockHolder: Equatable, Sendable {
  package var process: Int?
  package var user: Text?
  /// Milliseconds since 1970-01-01T00:00Z.
  package var since: Int64?

  package init(process: Int? = nil, user: Text? = nil, since: Int64? = nil) {
    self.process = process
    self.user = user
    self.since = since
  }
}

extension StoreProblem {
  package var status: ExitStatus {
    if case .noSuchChange = self { .failed } else { .storeUnavailable }
  }

  package var code: String {
    switch self {
    case .locked: "E0501"
    case .notAStore: "E0502"
    case .refused: "E0503"
    case .newerFormat: "E0504"
    case .damaged: "E0505"
    case .foreignFile, .foreignHistory: "E0506"
    case .noSpace: "E0507"
    case .notPermitted: "E0508"
    case .readOnly: "E0509"
    case .notSaved: "E0510"
    case .createdMeanwhile: "E0511"
    case .replaced: "E0512"
    case .system: "E0513"
    case .noSuchChange: "E0514"
    case .otherChain: "E0515"
    case .onNetwork: "E0516"
    case .snapshotDamaged: "E0517"
    case .badSnapshot: "E0518"
    }
  }

  package var message: String {
    switch self {
    case .locked(let path, let holder): "store '\(path)' is locked by \(holder)"
    case .notAStore(let path): "'\(path)' is not a store"
    case .refused(let path, let refusal): "'\(path)' is refused: \(refusal.reason)"
    case .newerFormat(let path, let version):
      "store '\(path)' has format \(version), which this version can't read"
    case .damaged(let path, let detail, _, let lost):
      "store file '\(path)' is damaged: \(detail)" + (lost.map { "; \($0)" } ?? "")
    case .foreignFile(let path, let other): "'\(path)' and '\(other)' belong to different stores"
    case .foreignHistory(let path, let other):
      "'\(path)' does not continue the history in '\(other)'"
    case .noSpace(let path): "no space left to write '\(path)'; nothing was changed"
    case .notPermitted(let path): "no permission to use '\(path)'"
    case .readOnly: "the store is opened read-only"
    case .notSaved(let path, let reason): "the change was not saved in '\(path)': \(reason)"
    case .createdMeanwhile(let path): "another process created '\(path)' meanwhile"
    case .replaced(let path): "'\(path)' was removed or replaced while it was open"
    case .system(let path, let operation, let reason): "can't \(operation) '\(path)': \(reason)"
    case .noSuchChange(let number, let last): "there is no change \(number); the last is \(last)"
    case .otherChain(let path, let expected, nil):
      "store '\(path)' has no transaction that ends with change \(expected.change)"
    case .otherChain(let path, let expected, let found?):
      "store '\(path)' has another history: \(found), not \(expected)"
    case .onNetwork(let path): "store '\(path)' is on a network file system"
    case .badSnapshot(let path, let detail): "snapshot '\(path)' is no good: \(detail)"
    case .snapshotDamaged(let path):
      "a snapshot of store '\(path)' is damaged, so the change was not made"
    }
  }

  package var help: String? {
    switch self {
    case .locked: "wait until it has finished, or run again later"
    case .notAStore: "name a path that does not exist yet, and the first write makes a store there"
    case .refused(_, let refusal): refusal.remedy
    case .newerFormat(_, let version): "use a version of permql that knows store format \(version)"
    case .damaged(_, _, _, lost: nil): "restore a backup"
    case .damaged(_, _, let lastGood, _):
      "changes up to \(lastGood) can be read; '--recover' sets the damage aside, to write on"
    case .foreignFile, .foreignHistory: "put back the files of one store, or restore a backup whole"
    case .noSpace: "free some space and run again"
    case .notPermitted: "run as the store's owner"
    case .createdMeanwhile, .replaced, .snapshotDamaged: "nothing was changed; run again"
    case .notSaved: "check the disk, then run again"
    case .otherChain: "compare it with a backup: history was changed, or this is another store"
    case .onNetwork:
      "locks can't be trusted there; '--allow-network' writes all the same, one machine at a time"
    case .badSnapshot: "nothing is lost: remove it, and the journal is read in its place"
    case .readOnly, .system, .noSuchChange: nil
    }
  }
}

extension StoreProblem.Refusal {
  fileprivate var reason: String {
    switch self {
    case .symbolicLink: "it is a symbolic link"
    case .notADirectory: "it is not a directory"
    case .notAFile: "it is not a regular file"
    case .otherOwner: "it belongs to another user"
    case .writableByOthers: "other users may write to it"
    case .hardLink: "it has more than one name"
    }
  }

  fileprivate var remedy: String? {
    switch self {
    case .symbolicLink: "name the directory that it points to"
    case .writableByOthers: "take the permission away with chmod go-w"
    case .hardLink: "remove the other name"
    case .notADirectory, .notAFile, .otherOwner: nil
    }
  }
}

extension LockHolder: CustomStringConvertible {
  package var description: String {
    var words = process.map { "process \($0)" } ?? "another process"
    if let user { words += " of user '\(user)'" }
    if let since { words += " since \(Moment(clamping: since))" }
    return words
  }
}
