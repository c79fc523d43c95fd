import CSystem
import Diagnostics
import Glibc

/// The operating system's files: the only place with system calls.
///
/// A call that a signal interrupts is made again; any other failure becomes a value. Nothing is
/// inherited by programs that are started, and nothing waits for the other end of a pipe.
final class SystemDisk: Disk {
  func facts(of name: Text, in directory: DiskHandle?) throws(DiskFailure) -> FileFacts? {
    var status = stat()
    let result = repeating {
      unsafe fstatat(descriptor(directory), name.string, &status, AT_SYMLINK_NOFOLLOW)
    }
    if result == 0 { return facts(status) }
    if errno == ENOENT { return nil }
    throw failure("look at")
  }

  func facts(of handle: DiskHandle) throws(DiskFailure) -> FileFacts {
    var status = stat()
    guard repeating({ unsafe fstat(handle.descriptor, &status) }) == 0 else {
      throw failure("look at")
    }
    return facts(status)
  }

  func names(in directory: DiskHandle) throws(DiskFailure) -> [Text] {
    // A descriptor of its own, for reading moves its position and closing takes it along.
    let descriptor = repeating {
      unsafe openat(directory.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw failure("list") }
    guard let stream = unsafe fdopendir(descriptor) else {
      Glibc.close(descriptor)
      throw failure("list")
    }
    defer { unsafe closedir(stream) }
    var names: [Text] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(Text(name)) }
      errno = 0
    }
    guard errno == 0 else { throw failure("list") }
    return names
  }

  func open(
    _ name: Text, in directory: DiskHandle?, as mode: OpenMode
  ) throws(DiskFailure) -> DiskHandle {
    let flags =
      switch mode {
      case .directory: O_RDONLY | O_DIRECTORY
      case .read: O_RDONLY
      case .readWrite: O_RDWR
      case .create, .createImmutable: O_RDWR | O_CREAT | O_EXCL
      }
    let result = repeating {
      unsafe openat(
        descriptor(directory), name.string, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
        mode == .createImmutable ? 0o400 : 0o600)
    }
    guard result >= 0 else { throw failure(flags & O_CREAT == 0 ? "open" : "create") }
    return DiskHandle(descriptor: result)
  }

  func makeDirectory(_ name: Text, in directory: DiskHandle?) throws(DiskFailure) {
    guard repeating({ unsafe mkdirat(descriptor(directory), name.string, 0o700) }) == 0 else {
      throw failure("create")
    }
  }

  func read(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) -> [UInt8] {
    var error: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      while length < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[length..<count])
        let result = unsafe pread(file.descriptor, rest.baseAddress, rest.count, offset + length)
        if result == 0 { break }
        if result > 0 {
          length += result
        } else if errno != EINTR {
          error = errno
          break
        }
      }
    }
    guard error == 0 else {
      errno = error
      throw failure("read")
    }
    return bytes
  }

  func map(_ file: DiskHandle, count: Int) throws(DiskFailure) -> FileMemory {
    // Touching what is behind a file's end would kill the process.
    guard count > 0, try facts(of: file).size >= count else {
      errno = EINVAL
      throw failure("map")
    }
    let address = unsafe mmap(
      nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, file.descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else { throw failure("map") }
    return unsafe FileMemory(UnsafeMutableRawBufferPointer(start: address, count: count)) {
      _ = unsafe munmap($0.baseAddress, $0.count)
    }
  }

  func write(
    _ bytes: Span<UInt8>, to file: DiskHandle, at offset: Int
  ) throws(DiskFailure) -> Int {
    let result = unsafe bytes.withUnsafeBytes { buffer in
      repeating { unsafe pwrite(file.descriptor, buffer.baseAddress, buffer.count, offset) }
    }
    guard result >= 0 else { throw failure("write") }
    return result
  }

  func allocate(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) {
    guard repeating({ permql_allocate(file.descriptor, offset, count) }) == 0 else {
      throw failure("reserve space for")
    }
  }

  func truncate(_ file: DiskHandle, to size: Int) throws(DiskFailure) {
    guard repeating({ ftruncate(file.descriptor, size) }) == 0 else { throw failure("cut") }
  }

  func sync(_ handle: DiskHandle, dataOnly: Bool) throws(DiskFailure) {
    // Not repeated on failure: the system may have forgotten what it could not write.
    let result = dataOnly ? fdatasync(handle.descriptor) : fsync(handle.descriptor)
    guard result == 0 else { throw failure("sync") }
  }

  func rename(
    _ name: Text, in directory: DiskHandle?, to newName: Text, in newDirectory: DiskHandle?
  ) throws(DiskFailure) {
    let result = repeating {
      unsafe permql_rename_new(
        descriptor(directory), name.string, descriptor(newDirectory), newName.string)
    }
    if result == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else { throw failure("rename") }
    // A file system that can't refuse to replace: what is there is looked at just before.
    if try facts(of: newName, in: newDirectory) != nil {
      errno = EEXIST
      throw failure("rename")
    }
    let plain = repeating {
      unsafe renameat(
        descriptor(directory), name.string, descriptor(newDirectory), newName.string)
    }
    guard plain == 0 else { throw failure("rename") }
  }

  func remove(_ name: Text, in directory: DiskHandle?, isDirectory: Bool) throws(DiskFailure) {
    let flags = isDirectory ? AT_REMOVEDIR : 0
    guard repeating({ unsafe unlinkat(descriptor(directory), name.string, flags) }) == 0 else {
      throw failure("remove")
    }
  }

  func tryLock(_ file: DiskHandle, byte: Int) throws(DiskFailure) -> Bool {
    if repeating({ permql_lock(file.descriptor, byte) }) == 0 { return true }
    if errno == EAGAIN || errno == EACCES { return false }
    throw failure("lock")
  }

  func unlock(_ file: DiskHandle, byte: Int) {
    _ = repeating { permql_unlock(file.descriptor, byte) }
  }

  func isLocked(_ file: DiskHandle, byte: Int) -> Bool {
    permql_is_locked(file.descriptor, byte) == 1
  }

  func tryLockWhole(_ directory: DiskHandle) throws(DiskFailure) -> Bool {
    if repeating({ permql_lock_whole(directory.descriptor) }) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw failure("lock")
  }

  func isOnNetwork(_ handle: DiskHandle) throws(DiskFailure) -> Bool {
    let result = repeating { permql_is_on_network(handle.descriptor) }
    guard result >= 0 else { throw failure("look at") }
    return result == 1
  }

  func close(_ handle: DiskHandle) {
    Glibc.close(handle.descriptor)
  }

  var process: Int { Int(getpid()) }

  func pause(milliseconds: Int) {
    usleep(UInt32(milliseconds) * 1000)
  }
}

extension SystemDisk {
  private func descriptor(_ directory: DiskHandle?) -> Int32 {
    directory?.descriptor ?? AT_FDCWD
  }

  /// Makes a call again as long as a signal interrupts it.
  private func repeating<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }

  private func facts(_ status: stat) -> FileFacts {
    let kind: FileFacts.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    return FileFacts(
      kind: kind, size: Int(status.st_size),
      identity: FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)),
      isOwnedByUser: status.st_uid == geteuid(), isWritableByOthers: status.st_mode & 0o022 != 0,
      links: Int(status.st_nlink))
  }

  /// The last call's failure.
  private func failure(_ operation: String) -> DiskFailure {
    let number = errno
    let reason: DiskFailure.Reason =
      switch number {
      case ENOENT: .absent
      case EEXIST, ENOTEMPTY: .exists
      case ENOSPC, EDQUOT, EFBIG: .noSpace
      case EACCES, EPERM: .notPermitted
      case EROFS: .readOnly
      case ELOOP: .symbolicLink
      case ENOTDIR: .notADirectory
      case EOPNOTSUPP, ENOSYS, EINVAL: .unsupported
      default: .other(number)
      }
    let words = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    return DiskFailure(reason: reason, operation: operation, words: words)
  }
}
