import Diagnostics

/// The right to write to a store: the lock on byte 0 of its file `LOCK`.
///
/// The kernel gives it back when the process that holds it ends, however it ends. What the file
/// says of its holder is for people.
final class WriterLock {
  static let fileName: Text = "LOCK"
  private static let byte = 0

  private let directory: StoreDirectory
  private var file: DiskHandle?
  private(set) var isHeld = false

  init(_ directory: StoreDirectory) {
    self.directory = directory
  }

  /// Takes over a lock file that is open and locked already: that of a store just created.
  init(_ directory: StoreDirectory, held file: DiskHandle) {
    self.directory = directory
    self.file = file
    isHeld = true
  }

  deinit {
    if let file { directory.disk.close(file) }
  }

  /// Waits for the lock up to a limit in milliseconds.
  func take(timeout: Int, process: Int, user: Text, time: Int64) throws(StoreProblem) {
    var waited = 0
    var pause = 1
    while true {
      let file = try openFile()
      let isTaken = try directory.attempt(WriterLock.fileName) { (disk, _) throws(DiskFailure) in
        try disk.tryLock(file, byte: WriterLock.byte)
      }
      if isTaken {
        isHeld = true
        if try isStillTheFile(file) {
          describe(LockHolder(process: process, user: user, since: time), in: file)
          return
        }
        // LOCK was removed and made again: what is locked is not what others lock.
        forget()
        continue
      }
      guard waited < timeout else {
        throw .locked(path: directory.path, holder: holder(in: file))
      }
      directory.disk.pause(milliseconds: pause)
      waited += pause
      pause = min(pause * 2, 20)
    }
  }

  func giveBack() {
    guard let file, isHeld else { return }
    directory.disk.unlock(file, byte: WriterLock.byte)
    isHeld = false
  }

  /// Whether another open store has the lock; false where that can't be told.
  func isHeldElsewhere() -> Bool {
    guard !isHeld, let file = try? directory.open(WriterLock.fileName, as: .read) else {
      return false
    }
    defer { directory.disk.close(file) }
    return directory.disk.isLocked(file, byte: WriterLock.byte)
  }

  /// Writes who holds the lock into its file; that this fails does not matter.
  func describe(_ holder: LockHolder, in file: DiskHandle) {
    let bytes = WriterLock.text(of: holder)
    try? directory.disk.writeAll(bytes, to: file, at: 0)
    try? directory.disk.truncate(file, to: bytes.count)
  }

  private func forget() {
    if let file { directory.disk.close(file) }
    file = nil
    isHeld = false
  }

  private func openFile() throws(StoreProblem) -> DiskHandle {
    if let file, try isStillTheFile(file) { return file }
    forget()
    do throws(StoreProblem) {
      file = try directory.open(WriterLock.fileName, as: .readWrite)
    } catch {
      let isThere = try directory.attempt(WriterLock.fileName) {
        (disk, handle) throws(DiskFailure) in
        try disk.facts(of: WriterLock.fileName, in: handle) != nil
      }
      if isThere { throw error }
      file = try directory.open(WriterLock.fileName, as: .create)
    }
    guard let file else { throw .notAStore(path: directory.path) }
    return file
  }

  private func isStillTheFile(_ file: DiskHandle) throws(StoreProblem) -> Bool {
    try directory.attempt(WriterLock.fileName) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: WriterLock.fileName, in: handle)?.identity
        == disk.facts(of: file).identity
    }
  }
}

// MARK: - What LOCK says

extension WriterLock {
  private static let longest = 512

  static func text(of holder: LockHolder) -> [UInt8] {
    var line = "process \(holder.process ?? 0)\nsince \(holder.since ?? 0)\nuser "
    line += holder.user?.string.filter { !$0.isNewline } ?? ""
    return Array(line.utf8.prefix(longest - 1)) + [0x0A]
  }

  private func holder(in file: DiskHandle) -> LockHolder {
    guard let bytes = try? directory.disk.read(file, at: 0, count: WriterLock.longest) else {
      return LockHolder()
    }
    return WriterLock.holder(from: bytes)
  }

  static func holder(from bytes: [UInt8]) -> LockHolder {
    var holder = LockHolder()
    guard let text = Text(validating: bytes) else { return holder }
    for line in text.string.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "process": holder.process = Int(words[1])
      case "since": holder.since = Int64(words[1])
      case "user": holder.user = Text(words[1])
      default: break
      }
    }
    return holder
  }
}
