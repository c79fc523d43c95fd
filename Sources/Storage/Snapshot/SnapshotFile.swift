import Diagnostics

/// A snapshot that is open: its header and tables verified, its sections in memory as they are touched.
struct SnapshotFile: Sendable {
  let name: SnapshotName
  let header: SnapshotHeader
  let file: MappedFile
  /// The section table, as in the file: ordered by name.
  private let table: [UInt8]

  /// What is at a snapshot's name.
  enum Opening {
    case whole(SnapshotFile)
    case absent
    /// Of a format that a later version will know: left alone.
    case ofLaterFormat
    /// Not as it was written; the header may still be.
    case damaged(SnapshotHeader?)
  }

  /// Opens a snapshot, and verifies all of it but the data.
  ///
  /// The file may still be at another name. Throws where it is not one that may be opened, or the disk
  /// fails.
  static func open(
    _ name: SnapshotName, in directory: StoreDirectory, fileName: Text? = nil
  ) throws(StoreProblem) -> Opening {
    let fileName = fileName ?? name.text
    guard try isThere(fileName, in: directory) else { return .absent }
    let file: DiskHandle
    do throws(StoreProblem) {
      file = try directory.open(fileName, as: .read)
    } catch {
      // Whoever took a newer one may have removed this one just now.
      guard try isThere(fileName, in: directory) else { return .absent }
      throw error
    }
    defer { directory.disk.close(file) }
    let size = try directory.facts(of: file, fileName).size
    let start = try directory.read(file, fileName, at: 0, count: SnapshotHeader.size)
    let header: SnapshotHeader
    do throws(SnapshotHeader.Fault) {
      header = try SnapshotHeader(start)
    } catch {
      return error == .laterFormat ? .ofLaterFormat : .damaged(nil)
    }
    guard header.position.change == name.change else { return .damaged(nil) }
    guard header.sectionCount <= size, header.dataLength <= size, header.fileSize == size else {
      return .damaged(header)
    }
    let tables = try directory.read(
      file, fileName, at: SnapshotHeader.size + header.dataLength, count: header.tablesLength)
    guard tables.count == header.tablesLength, XXH64.hash(tables.span) == header.tablesChecksum
    else { return .damaged(header) }
    let memory = try directory.attempt(fileName) { (disk, _) throws(DiskFailure) in
      try disk.map(file, count: size)
    }
    return .whole(SnapshotFile(name, header, memory, tables))
  }

  private static func isThere(
    _ fileName: Text, in directory: StoreDirectory
  ) throws(StoreProblem) -> Bool {
    try directory.attempt(fileName) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: fileName, in: handle) != nil
    }
  }

  private init(
    _ name: SnapshotName, _ header: SnapshotHeader, _ memory: FileMemory, _ tables: [UInt8]
  ) {
    let span = tables.span
    let first = header.sectionCount * SectionEntry.size
    var checksums: [UInt64] = []
    checksums.reserveCapacity(header.blockCount)
    for block in 0..<header.blockCount {
      checksums.append(span.littleEndian64(at: first + block * 8))
    }
    self.name = name
    self.header = header
    table = tables
    file = MappedFile(memory, header.dataRange, header.blockForm, checksums: checksums)
  }

  /// How many bytes the file has.
  var size: Int { header.fileSize }

  /// Whether something that was read from it was not as it was written, or made no sense.
  var isDamaged: Bool { file.isDamaged }

  /// Writes the same file again.
  func write(to copy: DiskHandle, on disk: any Disk) throws(DiskFailure) {
    let start = SnapshotHeader.size
    for offset in stride(from: 0, to: header.dataLength, by: 1 << 20) {
      let end = min(offset + (1 << 20), header.dataLength)
      try disk.writeAll(file.bytes(offset..<end), to: copy, at: start + offset)
    }
    try disk.writeAll(table, to: copy, at: start + header.dataLength)
    try disk.writeAll(header.bytes, to: copy, at: 0)
  }

  var witness: SnapshotWitness { header.witness }
}

extension SnapshotFile: SectionReader {
  func values<Element: BitwiseCopyable & Sendable>(
    _ name: SectionName, as type: Element.Type
  ) throws(Damage) -> Stored<Element> {
    guard let (offset, length) = place(of: name) else { return Stored() }
    let stride = MemoryLayout<Element>.stride
    guard offset % SnapshotHeader.alignment == 0, length % stride == 0,
      offset <= header.dataLength, length <= header.dataLength - offset
    else { throw Damage("section") }
    return Stored(file, at: offset, count: length / stride)
  }

  /// Where a section is, by binary search; nothing of it is believed yet but that it is not negative.
  private func place(of name: SectionName) -> (offset: Int, length: Int)? {
    let wanted = SectionEntry.order(name.kind.rawValue, name.number)
    let span = table.span
    var low = 0
    var high = header.sectionCount
    while low < high {
      let middle = (low + high) / 2
      let start = middle * SectionEntry.size
      let found = SectionEntry.order(
        span.littleEndian32(at: start), span.littleEndian32(at: start + 4))
      if found == wanted {
        return (
          Int(clamping: span.littleEndian64(at: start + 8)),
          Int(clamping: span.littleEndian64(at: start + 16))
        )
      }
      if found < wanted { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
