package import Diagnostics
@unsafe @preconcurrency import Glibc

/// An open file; closed when nobody holds it any more.
package final class SystemFile: Sendable {
  package enum Kind: Sendable {
    case regular(size: Int, mode: UInt32)
    case directory
    /// A pipe, a terminal, a device.
    case stream
  }

  let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Opens for reading; a pipe waits for its writer, until a signal comes that is to stop it.
  package static func open(
    reading path: Text, stopsWhen isInterrupted: () -> Bool = { false }
  ) throws(FileFailure) -> SystemFile {
    if let descriptor = FilePath.descriptor(of: path) { return try duplicate(descriptor) }
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY
    return try open(path, flags: flags, mode: 0, stopsWhen: isInterrupted)
  }

  /// Opens what is already there for writing, such as a device or a pipe, which waits for its reader.
  static func open(
    writing path: Text, stopsWhen isInterrupted: () -> Bool
  ) throws(FileFailure) -> SystemFile {
    let flags = O_WRONLY | O_CLOEXEC | O_NOCTTY
    return try open(path, flags: flags, mode: 0, stopsWhen: isInterrupted)
  }

  /// Opens a regular file to add to its end, made for its owner alone where it is not there.
  static func open(appending path: Text) throws(FileFailure) -> SystemFile {
    if path.utf8.contains(0) || path.isEmpty { throw FileFailure(.open, number: ENOENT) }
    // Not blocking: a pipe without a reader must not be waited for, and is refused.
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    let file = try open(path, flags: flags, mode: 0o600)
    guard case .regular = try file.kind() else { throw FileFailure(.open, number: EINVAL) }
    return file
  }

  /// Another way to an open file.
  static func duplicate(_ descriptor: Int32) throws(FileFailure) -> SystemFile {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw FileFailure(.open, number: errno) }
    return SystemFile(copy)
  }

  /// Makes a file that was not there, for its owner alone.
  static func create(_ path: Text) throws(FileFailure) -> SystemFile {
    try open(path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode: 0o600)
  }

  private static func open(
    _ path: Text, flags: Int32, mode: mode_t, stopsWhen isInterrupted: () -> Bool = { false }
  ) throws(FileFailure) -> SystemFile {
    while true {
      let descriptor = unsafe Glibc.open(path.string, flags, mode)
      if descriptor >= 0 { return SystemFile(descriptor) }
      let number = errno
      if number != EINTR || isInterrupted() { throw FileFailure(.open, number: number) }
    }
  }

  /// What the open file is.
  package func kind() throws(FileFailure) -> Kind {
    var information = stat()
    guard unsafe fstat(descriptor, &information) == 0 else {
      throw FileFailure(.open, number: errno)
    }
    return SystemFile.kind(information)
  }

  /// What is at a path, through symbolic links; nil where nothing is.
  static func kind(at path: Text) throws(FileFailure) -> Kind? {
    var information = stat()
    if unsafe stat(path.string, &information) == 0 { return kind(information) }
    if errno == ENOENT { return nil }
    throw FileFailure(.open, number: errno)
  }

  private static func kind(_ information: stat) -> Kind {
    switch information.st_mode & S_IFMT {
    case S_IFREG: .regular(size: Int(information.st_size), mode: information.st_mode & 0o777)
    case S_IFDIR: .directory
    default: .stream
    }
  }

  /// Reads some bytes to the end of `bytes`; 0 at the end of the file.
  func read(
    into bytes: inout [UInt8], limit: Int, stopsWhen isInterrupted: () -> Bool = { false }
  ) throws(FileFailure) -> Int {
    let before = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: limit))
    var result: Int
    var failure: Int32 = 0
    repeat {
      result = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: before), limit)
      }
      failure = errno
    } while result < 0 && failure == EINTR && !isInterrupted()
    bytes.removeLast(limit - max(result, 0))
    guard result >= 0 else { throw FileFailure(.read, number: failure) }
    return result
  }

  /// Reads some bytes at an offset, wherever the file stands; 0 at its end.
  func read(
    into bytes: inout [UInt8], limit: Int, at offset: Int
  ) throws(FileFailure) -> Int {
    let before = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: limit))
    var result: Int
    repeat {
      result = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(descriptor, buffer.baseAddress?.advanced(by: before), limit, offset)
      }
    } while result < 0 && errno == EINTR
    let failure = errno
    bytes.removeLast(limit - max(result, 0))
    guard result >= 0 else { throw FileFailure(.read, number: failure) }
    return result
  }

  /// Whether it stands at its beginning.
  var isAtBeginning: Bool { lseek(descriptor, 0, SEEK_CUR) == 0 }

  /// Writes all of the bytes, however many calls it takes.
  func write(
    _ bytes: [UInt8], stopsWhen isInterrupted: () -> Bool = { false }
  ) throws(FileFailure) {
    var written = 0
    while written < bytes.count {
      let result = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if result >= 0 {
        written += result
        continue
      }
      let number = errno
      if number == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, -1)
      } else if number != EINTR {
        throw FileFailure(.write, number: number)
      }
      if isInterrupted() { throw .interrupted }
    }
  }

  /// Goes back to the beginning.
  func rewind() throws(FileFailure) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileFailure(.read, number: errno) }
  }

  /// Waits until the bytes are on the disk.
  ///
  /// A failed call is not repeated: Linux forgets the pages.
  func sync() throws(FileFailure) {
    guard fsync(descriptor) == 0 else { throw FileFailure(.write, number: errno) }
  }

  func setMode(_ mode: UInt32) throws(FileFailure) {
    guard fchmod(descriptor, mode) == 0 else { throw FileFailure(.write, number: errno) }
  }
}

extension SystemFile {
  /// An error number in words, such as `no space left on device`.
  package static func describe(_ number: Int32) -> String {
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    let text = unsafe String(cString: words)
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  static func rename(_ old: Text, to new: Text) throws(FileFailure) {
    guard unsafe Glibc.rename(old.string, new.string) == 0 else {
      throw FileFailure(.rename, number: errno)
    }
  }

  static func remove(_ path: Text) {
    _ = unsafe unlink(path.string)
  }

  /// Makes a rename last.
  static func syncFolder(_ path: Text) throws(FileFailure) {
    let folder = try open(path, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
    // Some file systems can't sync a folder; the rename is then as lasting as they make it.
    guard fsync(folder.descriptor) == 0 || errno == EINVAL else {
      throw FileFailure(.rename, number: errno)
    }
  }

  static func isWritable(_ path: Text) -> Bool {
    unsafe access(path.string, W_OK) == 0
  }

  /// The path without symbolic links, or nil where it can't be followed.
  static func resolved(_ path: Text) -> Text? {
    guard let resolved = unsafe realpath(path.string, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe Text(validating: bytes(of: resolved))
  }

  /// The bytes of a C string, without the zero at its end.
  package static func bytes(of pointer: UnsafeMutablePointer<CChar>) -> [UInt8] {
    unsafe UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map {
      UInt8(bitPattern: $0)
    }
  }

  /// Names in a folder, at most `limit`, without its own and its parent's.
  package static func names(inFolder path: Text, limit: Int) -> [Text] {
    guard let folder = unsafe opendir(path.string) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [Text] = []
    while names.count < limit, let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { raw in
        unsafe Text(validating: raw.prefix { $0 != 0 })
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Where files go that nobody else needs to see.
  static var temporaryFolder: Text {
    guard let value = unsafe getenv("TMPDIR"),
      let text = unsafe Text(validating: bytes(of: value)), !text.isEmpty
    else { return "/tmp" }
    return text
  }
}

extension FileFailure {
  /// Somebody wanted it to be given up.
  static let interrupted = FileFailure(.write, number: EINTR)
  /// The process that read a part ended before it had told all of it.
  static let helperLost = FileFailure(.read, number: EIO)
  /// Whoever read the pipe reads it no more.
  var isReaderGone: Bool { action == .write && number == EPIPE }
  /// Nothing is at the path.
  var isMissing: Bool { number == ENOENT }
  /// Something is at the path already.
  var isTaken: Bool { number == EEXIST }
}

/// The bytes of an open file, from where it stands.
package struct FileSource: ByteSource {
  private let file: SystemFile
  private let isInterrupted: @Sendable () -> Bool
  private var progress: (report: ProgressReport, size: Int)?
  private var done = 0
  /// A regular file from its beginning: each reader has its own place in it.
  private var isApart = false
  private var knownSize: Int?

  package var size: Int? { knownSize }

  package init(
    _ file: SystemFile, stopsWhen isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.file = file
    self.isInterrupted = isInterrupted
  }

  /// Tells how much of a regular file has been read.
  mutating func tell(_ progress: @escaping ProgressReport, size: Int) {
    self.progress = (progress, size)
    knownSize = size
    isApart = file.isAtBeginning
  }

  package func beside(from offset: Int) -> FileSource? {
    guard isApart else { return nil }
    var source = self
    source.progress = nil
    source.done = offset
    source.knownSize = knownSize.map { $0 - offset }
    return source
  }

  package mutating func expect(upTo end: Int) { progress?.size = end }

  package mutating func read(into bytes: inout [UInt8], limit: Int) throws(FileFailure) -> Int {
    // A file that is there at once never lets a signal end the wait for it.
    if isInterrupted() { throw FileFailure(.read, number: EINTR) }
    progress?.report(.importing, min(done, progress?.size ?? 0), progress?.size ?? 0)
    let count =
      isApart
      ? try file.read(into: &bytes, limit: limit, at: done)
      : try file.read(into: &bytes, limit: limit, stopsWhen: isInterrupted)
    done += count
    return count
  }
}
