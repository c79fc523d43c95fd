import Diagnostics

/// The snapshots of a store, as files in its directory.
struct SnapshotFolder {
  /// How many are kept: where the newest turns out damaged, the one before saves most of the work.
  static let kept = 2
  private static let temporaryPrefix = "new-snap-"

  let directory: StoreDirectory

  /// The snapshots that there are, the newest first.
  func names() throws(StoreProblem) -> [SnapshotName] {
    try directory.names().compactMap { SnapshotName($0) }.sorted(by: >)
  }

  /// Writes a snapshot, reads it back, and puts it into its place; older ones go after that.
  ///
  /// - Parameters:
  ///   - store: the store's UUID.
  ///   - position: the change that it is taken after.
  ///   - progress: told how many bytes are written.
  ///   - fill: writes the sections; false where what they are made of turned out damaged.
  /// - Returns: how many bytes it has; nil where there is one of this change already, or `fill`
  ///   returned false.
  /// - Throws: where it can't be written; then there is none.
  func take(
    store: [UInt8], at position: JournalPosition, progress: @escaping (Int) -> Void = { _ in },
    _ fill: (inout SnapshotWriter) -> Bool
  ) throws(StoreProblem) -> Int? {
    let name = SnapshotName(change: position.change)
    removeLeftovers()
    guard try isFree(name, position) else { return nil }
    let temporary = Text("new-\(name.text)")
    let file = try directory.attempt(temporary) { (disk, handle) throws(DiskFailure) in
      try disk.open(temporary, in: handle, as: .createImmutable)
    }
    defer { directory.disk.close(file) }
    do throws(StoreProblem) {
      var writer = SnapshotWriter(
        directory.disk, file, store: store, position: position, progress: progress)
      guard fill(&writer) else {
        removeLeftovers()
        return nil
      }
      let size = try directory.attempt(temporary) { (_, _) throws(DiskFailure) in
        try writer.finish()
      }
      try verify(name, in: temporary)
      try directory.attempt(name.text) { (disk, handle) throws(DiskFailure) in
        try disk.rename(temporary, in: handle, to: name.text, in: handle)
        try disk.sync(handle, dataOnly: false)
      }
      removeOld()
      return size
    } catch {
      removeLeftovers()
      throw error
    }
  }

  /// Whether a snapshot can be put at a name; sets aside what is there and of no use.
  private func isFree(
    _ name: SnapshotName, _ position: JournalPosition
  ) throws(StoreProblem) -> Bool {
    switch try SnapshotFile.open(name, in: directory) {
    case .absent: return true
    case .ofLaterFormat: return false
    case .whole(let file):
      file.file.touchAll()
      if !file.isDamaged && file.header.position == position { return false }
    case .damaged: break
    }
    _ = try setAside(name)
    return true
  }

  /// Moves a snapshot that is of no use into `quarantine/`; nil where it is not there any more.
  func setAside(_ name: SnapshotName) throws(StoreProblem) -> Text? {
    guard try names().contains(name) else { return nil }
    return try Quarantine(directory).move(name.text)
  }

  /// Reads back what was written, as others will.
  private func verify(_ name: SnapshotName, in fileName: Text) throws(StoreProblem) {
    if case .whole(let file) = try SnapshotFile.open(name, in: directory, fileName: fileName) {
      file.file.touchAll()
      if !file.isDamaged { return }
    }
    throw .system(
      path: directory.full(fileName), operation: "read back", reason: "it is not what was written")
  }

  /// Removes all but the newest; what can't be removed does no harm.
  private func removeOld() {
    for name in ((try? names()) ?? []).dropFirst(SnapshotFolder.kept) { remove(name.text) }
  }

  /// Removes what was being written when its writer stopped.
  private func removeLeftovers() {
    for name in (try? directory.names()) ?? []
    where name.string.hasPrefix(SnapshotFolder.temporaryPrefix) { remove(name) }
  }

  private func remove(_ name: Text) {
    try? directory.attempt(name) { (disk, handle) throws(DiskFailure) in
      try disk.remove(name, in: handle, isDirectory: false)
    }
  }
}
