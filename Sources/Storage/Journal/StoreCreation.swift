import Diagnostics

/// Makes a store with its first transaction in it, so that it appears whole or not at all.
struct StoreCreation {
  let disk: any Disk
  let path: Text
  let origin: Origin
  let limits: StoreLimits

  /// Builds the store under another name, makes it durable, and renames it into place.
  ///
  /// - Returns: the open and locked `LOCK` of the new store, and its records.
  /// - Throws: `createdMeanwhile` where something is at the path by now; never replaces it.
  func run(
    count: Int, time: Int64, payload: Payload, holder: LockHolder
  ) throws(StoreProblem) -> (lock: DiskHandle, origin: RecordHeader, first: WrittenRecord) {
    var lock: DiskHandle?
    var records: (origin: RecordHeader, first: WrittenRecord)?
    do throws(StoreProblem) {
      try Placement(disk: disk, path: path).place { (_, directory) throws(DiskFailure) in
        records = try write(count, time, payload, in: directory)
        let file = try disk.open(WriterLock.fileName, in: directory, as: .create)
        lock = file
        _ = try disk.tryLock(file, byte: 0)
        try disk.writeAll(WriterLock.text(of: holder), to: file, at: 0)
      }
      guard let lock, let records else { throw .notAStore(path: path) }
      return (lock, records.origin, records.first)
    } catch {
      if let lock { disk.close(lock) }
      throw error
    }
  }

  private func write(
    _ count: Int, _ time: Int64, _ payload: Payload, in directory: DiskHandle
  ) throws(DiskFailure) -> (origin: RecordHeader, first: WrittenRecord) {
    var uuid = (0..<16).map { _ in UInt8.random(in: 0 ... .max) }
    uuid[6] = uuid[6] & 0x0F | 0x40
    uuid[8] = uuid[8] & 0x3F | 0x80
    let segment = SegmentHeader(store: uuid, name: SegmentName(firstChange: 0))
    let (origin, bytes) = NewRecord(
      kind: .origin, firstChange: 0, count: 0, time: time,
      previousChain: Array(repeating: 0, count: 32), payload: Payload(origin.payload)
    ).whole
    let first = NewRecord(
      firstChange: 1, count: count, time: time, previousChain: origin.chain, payload: payload)
    let contents = segment.bytes + bytes
    let file = try disk.open(segment.name.text, in: directory, as: .create)
    defer { disk.close(file) }
    do throws(DiskFailure) {
      try disk.allocate(file, at: 0, count: contents.count + first.length)
    } catch  where error.reason == .unsupported {
      // Such a file system tells when it is written to.
    }
    try disk.writeAll(contents, to: file, at: 0)
    let written = try first.write(
      to: file, at: contents.count, on: disk, atOnce: limits.longestRecordAtOnce)
    try disk.sync(file, dataOnly: false)
    return (origin, written)
  }
}
