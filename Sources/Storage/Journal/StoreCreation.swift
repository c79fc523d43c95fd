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
    let contents = contents(count, time, payload)
    var lock: DiskHandle?
    do throws(StoreProblem) {
      try Placement(disk: disk, path: path).place { (_, directory) throws(DiskFailure) in
        try write(contents, in: directory)
        let file = try disk.open(WriterLock.fileName, in: directory, as: .create)
        lock = file
        _ = try disk.tryLock(file, byte: 0)
        try disk.writeAll(WriterLock.text(of: holder), to: file, at: 0)
      }
      guard let lock else { throw .notAStore(path: path) }
      return lock
    } catch {
      if let lock { disk.close(lock) }
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

  private func write(_ contents: [UInt8], in directory: DiskHandle) throws(DiskFailure) {
    let name = SegmentName(firstChange: 0).text
    let file = try disk.open(name, in: directory, as: .create)
    defer { disk.close(file) }
    do throws(DiskFailure) {
      try disk.allocate(file, at: 0, count: contents.count)
    } catch  where error.reason == .unsupported {
      // Such a file system tells when it is written to.
    }
    try disk.writeAll(contents, to: file, at: 0)
    try disk.sync(file, dataOnly: false)
  }
}
