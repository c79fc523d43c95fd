package import Diagnostics

/// What `show store` tells.
package struct StoreFacts: Sendable {
  /// Nil for a store in memory.
  package var path: Text?
  /// Nil until it has been created.
  package var uuid: Text?
  package var format: UInt32
  package var isReadOnly: Bool
  package var subaccounts: Int
  package var changes: Int
  /// Transactions that made them.
  package var commits: Int
  /// Of the first and the last change; nil where there is none.
  package var firstTime: Int64?
  package var lastTime: Int64?
  package var journalBytes: Int
  package var journalFiles: Int

  /// Such as `0f9b6c1e-5d0a-4c4e-9f5e-3d1b2a6c7e88`.
  static func text(uuid: [UInt8]) -> Text {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in uuid.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(0x2D) }
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return Text(String(decoding: text, as: UTF8.self))
  }
}

/// Something that a person should be told, and that stops nothing.
package enum StoreNotice: Equatable, Sendable {
  /// Bytes after the last good record, left by a commit that was cut short; a reader leaves them.
  case tornTail(file: Text, bytes: Int)
  /// The same, moved away by a writer.
  case tailCut(file: Text, bytes: Int, quarantine: Text)
  /// The store can be read up to some change, and not be written to; the problem says why.
  case damaged(StoreProblem)
  /// A snapshot that is of no use; nothing is lost by it. `quarantine` says where a writer moved it.
  case snapshotDamaged(file: Text, quarantine: Text?)
  /// A snapshot could not be written; the store is as good without it.
  case snapshotFailed(StoreProblem)
  /// What `--recover` did.
  case recovered(path: Text, lastGood: Int, lost: LostChanges)

  package var message: String {
    switch self {
    case .tornTail(let file, let bytes):
      "'\(file)' ends with \(bytes) bytes of a commit that was cut short; they are ignored"
    case .tailCut(let file, let bytes, let quarantine):
      "'\(file)' ended with \(bytes) bytes of a commit that was cut short; "
        + "they were moved to '\(quarantine)'"
    case .damaged(let problem): problem.message
    case .snapshotDamaged(let file, nil): "snapshot '\(file)' is damaged; it is not used"
    case .snapshotDamaged(let file, let quarantine?):
      "snapshot '\(file)' is damaged; it was moved to '\(quarantine)'"
    case .snapshotFailed(let problem): "no snapshot was taken: \(problem.message)"
    case .recovered(let path, let lastGood, let lost):
      "store '\(path)' goes on after change \(lastGood); \(lost)"
    }
  }

  /// What can be done about it.
  package var help: String? {
    switch self {
    case .tornTail, .tailCut: nil
    case .damaged(let problem): problem.help
    case .snapshotDamaged: "nothing is lost: a snapshot repeats what the journal says"
    case .snapshotFailed: "the change stands; only opening the store takes longer"
    case .recovered: "what was set aside is in 'quarantine' in the store"
    }
  }
}
