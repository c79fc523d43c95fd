import Diagnostics

/// Makes a store with its first transaction in it, so that it appears whole or not at all.
struct StoreCreation {
  let disk: any Disk
  let path: Text
  let origin: Origin

  /// Builds the store under another name, makes it durable, and renames it into place.
  ///
  /// - Returns: the open and locked `LOCK` of the new store.
  /// - Throws: `createdMeanwhile` where something is at the path by now; never replaces it.
  func run(
    count: Int, time: Int64, payload: [UInt8], holder: LockHolder
  ) throws(StoreProblem) -> DiskHandle {
    let temporary = Text("\(path).new-\(disk.process)-\(UInt32.random(in: 0 ... .max))")
    try disk.attempt(path) { () throws(DiskFailure) in
      try disk.makeDirectory(temporary, in: nil)
    }
    do throws(StoreProblem) {
      return try fill(temporary, contents(count, time, payload), holder)
    } catch {
      discard(temporary)
      throw error
    }
  }

  private func contents(_ count: Int, _ time: Int64, _ payload: [UInt8]) -> [UInt8] {
    var uuid = (0..<16).map { _ in UInt8.random(in: 0 ... .max) }
    uuid[6] = uuid[6] & 0x0F | 0x40
    uuid[8] = uuid[8] & 0x3F | 0x80
    var bytes = SegmentHeader(store: uuid, name: SegmentName(firstChange: 0)).bytes
    let first = RecordHeader.record(
      kind: .origin, firstChange: 0, count: 0, time: time,
      previousChain: Array(repeating: 0, count: 32), payload: origin.payload)
    bytes += first.bytes
    bytes +=
      RecordHeader.record(
        kind: .commit, firstChange: 1, count: count, time: time, previousChain: first.header.chain,
        payload: payload
      ).bytes
    return bytes
  }

  private func fill(
    _ temporary: Text, _ contents: [UInt8], _ holder: LockHolder
  ) throws(StoreProblem) -> DiskHandle {
    let segment = SegmentName(firstChange: 0).text
    let lock = try disk.attempt(path) { () throws(DiskFailure) in
      let directory = try disk.open(temporary, in: nil, as: .directory)
      defer { disk.close(directory) }
      let file = try disk.open(segment, in: directory, as: .create)
      defer { disk.close(file) }
      do throws(DiskFailure) {
        try disk.allocate(file, at: 0, count: contents.count)
      } catch  where error.reason == .unsupported {
        // Such a file system tells when it is written to.
      }
      try disk.writeAll(contents, to: file, at: 0)
      try disk.sync(file, dataOnly: false)
      let lock = try disk.open(WriterLock.fileName, in: directory, as: .create)
      do throws(DiskFailure) {
        _ = try disk.tryLock(lock, byte: 0)
        try disk.writeAll(WriterLock.text(of: holder), to: lock, at: 0)
        try disk.sync(directory, dataOnly: false)
      } catch {
        disk.close(lock)
        throw error
      }
      return lock
    }
    do throws(StoreProblem) {
      try publish(temporary)
    } catch {
      disk.close(lock)
      throw error
    }
    return lock
  }

  private func publish(_ temporary: Text) throws(StoreProblem) {
    do throws(DiskFailure) {
      try disk.rename(temporary, in: nil, to: path, in: nil)
    } catch {
      if error.reason == .exists { throw .createdMeanwhile(path: path) }
      throw StoreProblem(error, path)
    }
    do throws(DiskFailure) {
      let parent = try disk.open(parentPath, in: nil, as: .directory)
      defer { disk.close(parent) }
      try disk.sync(parent, dataOnly: false)
    } catch {
      try? disk.rename(path, in: nil, to: temporary, in: nil)
      throw .notSaved(path: path, reason: error.words)
    }
  }

  /// The directory that the store is in.
  private var parentPath: Text {
    guard let slash = path.string.lastIndex(of: "/") else { return "." }
    return slash == path.string.startIndex ? "/" : Text(path.string[..<slash])
  }

  /// Removes what was built; what can't be removed is left under its temporary name.
  private func discard(_ temporary: Text) {
    guard let directory = try? disk.open(temporary, in: nil, as: .directory) else { return }
    for name in (try? disk.names(in: directory)) ?? [] {
      try? disk.remove(name, in: directory, isDirectory: false)
    }
    disk.close(directory)
    try? disk.remove(temporary, in: nil, isDirectory: true)
  }
}
