import Diagnostics

/// Writes the sections of a snapshot to a file, one after another, and then what finds them again.
///
/// What fails first is kept, and told by `finish`: who writes a section does not have to ask.
struct SnapshotWriter: SectionWriter {
  private static let bufferSize = 16 * MappedFile.blockSize

  private let disk: any Disk
  private let file: DiskHandle
  private var header: SnapshotHeader
  private var entries: [SectionEntry] = []
  private var checksums: [UInt64] = []
  /// Bytes of the data that are not written yet; they begin at a block.
  private var buffer: [UInt8] = []
  private var written = 0
  private var failure: DiskFailure?
  /// Told how many bytes are written.
  private let progress: (Int) -> Void

  init(
    _ disk: any Disk, _ file: DiskHandle, store: [UInt8], position: JournalPosition,
    progress: @escaping (Int) -> Void = { _ in }
  ) {
    self.progress = progress
    self.disk = disk
    self.file = file
    header = SnapshotHeader(store: store, position: position)
    buffer.reserveCapacity(SnapshotWriter.bufferSize)
  }

  mutating func write<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, _ values: Span<Element>
  ) {
    entries.append(
      SectionEntry(
        name: name, offset: written + buffer.count,
        length: values.count * MemoryLayout<Element>.stride))
    unsafe values.withUnsafeBytes { bytes in
      var rest = unsafe bytes[...]
      while unsafe !rest.isEmpty {
        let part = unsafe rest.prefix(room - buffer.count)
        unsafe buffer.append(contentsOf: part)
        unsafe rest = rest.dropFirst(part.count)
        if buffer.count == room { flush() }
      }
    }
    buffer.pad(to: SnapshotHeader.alignment)
    if buffer.count == room { flush() }
  }

  /// Where the next bytes are written in the file.
  private var place: Int { SnapshotHeader.size + written }

  /// So many bytes are written at once: up to where a block ends.
  private var room: Int { SnapshotWriter.bufferSize - place % SnapshotWriter.bufferSize }

  /// Writes what is left, the tables, and the header, and makes all durable.
  ///
  /// - Returns: the size of the file.
  mutating func finish() throws(DiskFailure) -> Int {
    flush()
    header.dataLength = written
    header.sectionCount = entries.count
    entries.sort {
      SectionEntry.order($0.name.kind.rawValue, $0.name.number)
        < SectionEntry.order($1.name.kind.rawValue, $1.name.number)
    }
    var tables: [UInt8] = []
    for entry in entries { entry.write(to: &tables) }
    for checksum in checksums { tables.write64(checksum) }
    header.tablesChecksum = XXH64.hash(tables.span)
    put(tables, at: place)
    put(header.bytes, at: 0)
    if let failure { throw failure }
    try disk.sync(file, dataOnly: false)
    return header.fileSize
  }

  private mutating func flush() {
    var start = 0
    while start < buffer.count {
      let end = min(start + BlockForm.size - (place + start) % BlockForm.size, buffer.count)
      checksums.append(header.blockForm.checksum(of: buffer.span.extracting(start..<end)))
      start = end
    }
    put(buffer, at: place)
    written += buffer.count
    progress(written)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func put(_ bytes: [UInt8], at offset: Int) {
    guard failure == nil, !bytes.isEmpty else { return }
    do throws(DiskFailure) {
      try disk.writeAll(bytes, to: file, at: offset)
    } catch {
      failure = error
    }
  }
}

extension Span where Element: BitwiseCopyable & Sendable {
  /// The values as they lie in memory.
  var copiedBytes: [UInt8] {
    unsafe withUnsafeBytes { unsafe Array($0) }
  }
}
