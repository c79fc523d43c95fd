package import Diagnostics

/// What `--verify` tells of a store in which all is as it should be.
package struct VerifiedStore: Equatable, Sendable {
  package var changes: Int
  package var commits: Int
  package var subaccounts: Int
  package var journalFiles: Int
  package var journalBytes: Int
  /// Each was compared with what the journal says.
  package var snapshots: Int
  /// The head of the chain: a name for the whole history up to the last change.
  package var chain: ChainValue
}

/// The SHA-256 chain's value after a change: pinned elsewhere, it shows whether history was changed.
package struct ChainValue: Hashable, Sendable, CustomStringConvertible {
  package var change: Int
  package var bytes: [UInt8]

  package init(change: Int, bytes: [UInt8]) {
    self.change = change
    self.bytes = bytes
  }

  /// Reads `N:HASH`; nil where it is not that.
  package init?(_ text: Text) {
    let parts = text.string.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let change = Int(parts[0]), change >= 0, parts[1].utf8.count == 64
    else { return nil }
    let digits = parts[1].utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 64 else { return nil }
    self.change = change
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  package var description: String {
    let digits = bytes.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "\(change):\(digits.joined())"
  }
}

extension Store {
  /// Checks every checksum and every link of the chain, and replays all changes from the first.
  ///
  /// - Parameters:
  ///   - path: where the store is.
  ///   - expected: what the chain's value must be after a change, as it was noted before.
  ///   - progress: told how far it is.
  /// - Returns: what there is, and the chain's head.
  /// - Throws: what is wrong.
  package static func verify(
    _ path: Text, expecting expected: ChainValue? = nil,
    progress: @escaping ProgressReport = { _, _, _ in }
  ) throws(StoreProblem) -> VerifiedStore {
    try verify(path, expecting: expected, on: SystemDisk(), progress: progress)
  }

  /// Checks a store on any disk: for tests.
  package static func verify(
    _ path: Text, expecting expected: ChainValue? = nil, on disk: any Disk,
    progress: @escaping ProgressReport = { _, _, _ in }
  ) throws(StoreProblem) -> VerifiedStore {
    guard let directory = try StoreDirectory(path, on: disk) else { throw .notAStore(path: path) }
    let files = StoreFiles(directory, computesChain: true)
    var snapshots = try SnapshotVerification(directory)
    files.journal.witnesses = snapshots.witnesses
    let store = reading(files)
    var chain = ChainValue(change: 0, bytes: Array(repeating: 0, count: 32))
    var found: [UInt8]?
    let size = try files.journal.sizeOnDisk() + snapshots.byteCount
    var bytesRead = 0
    repeat {
      // Where there is a snapshot, the journal waits for it.
      files.journal.lastWanted = snapshots.nextChange
      let reading = try files.journal.readOn { (record) throws(Damage) in
        try store.replay(record)
        bytesRead += record.header.recordLength
        progress(.verifying, bytesRead + snapshots.comparedBytes, size)
        chain = ChainValue(change: store.history.lastChange, bytes: record.header.chain)
        if chain.change == expected?.change { found = chain.bytes }
      }
      guard case .done = reading else {
        // A writer gave up what had been read: all over again, from the beginning.
        return try verify(path, expecting: expected, on: disk, progress: progress)
      }
      snapshots.compare(with: store) { progress(.verifying, bytesRead + $0, size) }
    } while files.journal.lastWanted != nil && files.journal.damage == nil
    if let damage = files.journal.damage { throw damage }
    if let notice = try files.notice(), case .damaged(let damage) = notice { throw damage }
    try snapshots.finish(files.journal)
    if let problem = snapshots.problem { throw problem }
    try store.table.checkIDs(directory.path, store.history.lastChange)
    if let expected, found != expected.bytes {
      throw .otherChain(
        path: path, expected: expected,
        found: found.map {
          ChainValue(change: expected.change, bytes: $0)
        })
    }
    return VerifiedStore(
      changes: store.history.lastChange, commits: store.history.count,
      subaccounts: store.table.live.count, journalFiles: files.journal.segments.count,
      journalBytes: files.journal.byteCount, snapshots: snapshots.count, chain: chain)
  }
}

extension Table {
  /// No two live subaccounts have the same id.
  fileprivate func checkIDs(_ path: Text, _ lastChange: Int) throws(StoreProblem) {
    for row in live where self.row(id: id(of: row)) != row {
      throw .damaged(
        path: path, detail: "two subaccounts have the id '\(id(of: row))'", lastGood: lastChange,
        lost: nil)
    }
  }
}
