import Diagnostics

@testable import Storage

/// The real disk, of which chosen calls fail, and whose writes may be short.
final class FaultyDisk: Disk {
  enum Call: Hashable {
    case allocate
    case write
    case truncate
    case sync
    case rename
    case makeDirectory
  }

  private let disk = SystemDisk()
  /// How many more calls of a kind succeed before one fails; nil for all.
  var remaining: [Call: Int] = [:]
  var reason = DiskFailure.Reason.other(5)
  /// The most bytes that one write takes.
  var longestWrite = Int.max
  private(set) var counts: [Call: Int] = [:]

  private func count(_ call: Call) throws(DiskFailure) {
    counts[call, default: 0] += 1
    guard let left = remaining[call] else { return }
    remaining[call] = left == 0 ? nil : left - 1
    if left == 0 { throw DiskFailure(reason: reason, operation: "\(call)", words: "made to fail") }
  }

  func facts(of name: Text, in directory: DiskHandle?) throws(DiskFailure) -> FileFacts? {
    try disk.facts(of: name, in: directory)
  }

  func facts(of handle: DiskHandle) throws(DiskFailure) -> FileFacts {
    try disk.facts(of: handle)
  }

  func names(in directory: DiskHandle) throws(DiskFailure) -> [Text] {
    try disk.names(in: directory)
  }

  func open(
    _ name: Text, in directory: DiskHandle?, as mode: OpenMode
  ) throws(DiskFailure) -> DiskHandle {
    try disk.open(name, in: directory, as: mode)
  }

  func makeDirectory(_ name: Text, in directory: DiskHandle?) throws(DiskFailure) {
    try count(.makeDirectory)
    try disk.makeDirectory(name, in: directory)
  }

  func read(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) -> [UInt8] {
    try disk.read(file, at: offset, count: count)
  }

  func map(_ file: DiskHandle, count: Int) throws(DiskFailure) -> FileMemory {
    try disk.map(file, count: count)
  }

  func write(
    _ bytes: Span<UInt8>, to file: DiskHandle, at offset: Int
  ) throws(DiskFailure) -> Int {
    try count(.write)
    return try disk.write(
      bytes.extracting(0..<min(bytes.count, longestWrite)), to: file, at: offset)
  }

  func allocate(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) {
    try self.count(.allocate)
    try disk.allocate(file, at: offset, count: count)
  }

  func truncate(_ file: DiskHandle, to size: Int) throws(DiskFailure) {
    try count(.truncate)
    try disk.truncate(file, to: size)
  }

  func sync(_ handle: DiskHandle, dataOnly: Bool) throws(DiskFailure) {
    try count(.sync)
    try disk.sync(handle, dataOnly: dataOnly)
  }

  func rename(
    _ name: Text, in directory: DiskHandle?, to newName: Text, in newDirectory: DiskHandle?
  ) throws(DiskFailure) {
    try count(.rename)
    try disk.rename(name, in: directory, to: newName, in: newDirectory)
  }

  func remove(_ name: Text, in directory: DiskHandle?, isDirectory: Bool) throws(DiskFailure) {
    try disk.remove(name, in: directory, isDirectory: isDirectory)
  }

  func tryLock(_ file: DiskHandle, byte: Int) throws(DiskFailure) -> Bool {
    try disk.tryLock(file, byte: byte)
  }

  func unlock(_ file: DiskHandle, byte: Int) { disk.unlock(file, byte: byte) }

  func isLocked(_ file: DiskHandle, byte: Int) -> Bool { disk.isLocked(file, byte: byte) }

  /// Taken for a network file system.
  var claimsNetwork = false

  func tryLockWhole(_ directory: DiskHandle) throws(DiskFailure) -> Bool {
    try disk.tryLockWhole(directory)
  }

  func isOnNetwork(_ handle: DiskHandle) throws(DiskFailure) -> Bool { claimsNetwork }

  func close(_ handle: DiskHandle) { disk.close(handle) }

  var process: Int { disk.process }

  func pause(milliseconds: Int) { disk.pause(milliseconds: milliseconds) }
}
