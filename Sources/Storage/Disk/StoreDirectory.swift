import Diagnostics

/// A store's directory, open, and the checks that everything in it must pass before it is read.
final class StoreDirectory {
  let disk: any Disk
  let path: Text
  let handle: DiskHandle
  private let identity: FileIdentity

  /// Opens the directory; nil where nothing is at the path.
  ///
  /// - Throws: where something else is there, or somebody else could have prepared it.
  init?(_ path: Text, on disk: any Disk) throws(StoreProblem) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .notAStore(path: path) }
    let seen = try disk.attempt(path) { () throws(DiskFailure) in
      try disk.facts(of: path, in: nil)
    }
    guard let seen else { return nil }
    try seen.check(.directory, path)
    handle = try disk.attempt(path) { () throws(DiskFailure) in
      try disk.open(path, in: nil, as: .directory)
    }
    self.disk = disk
    self.path = path
    identity = seen.identity
    let opened = try attempt(nil) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: handle)
    }
    try opened.check(.directory, path)
    guard opened.identity == identity else { throw .replaced(path: path) }
  }

  deinit {
    disk.close(handle)
  }

  /// Opens a file of the store and checks that it is one.
  func open(_ name: Text, as mode: OpenMode) throws(StoreProblem) -> DiskHandle {
    let kind: FileFacts.Kind = mode == .directory ? .directory : .file
    let seen = try attempt(name) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: name, in: handle)
    }
    try seen?.check(kind, full(name))
    let file = try attempt(name) { (disk, handle) throws(DiskFailure) in
      try disk.open(name, in: handle, as: mode)
    }
    do throws(StoreProblem) {
      // What was looked at may have been replaced before it was opened.
      try facts(of: file, name).check(kind, full(name))
    } catch {
      disk.close(file)
      throw error
    }
    return file
  }

  func facts(of file: DiskHandle, _ name: Text) throws(StoreProblem) -> FileFacts {
    try attempt(name) { (disk, _) throws(DiskFailure) in try disk.facts(of: file) }
  }

  func read(
    _ file: DiskHandle, _ name: Text, at offset: Int, count: Int
  ) throws(StoreProblem) -> [UInt8] {
    try attempt(name) { (disk, _) throws(DiskFailure) in
      try disk.read(file, at: offset, count: count)
    }
  }

  /// Whether the path still leads here.
  func isInPlace() throws(StoreProblem) -> Bool {
    try attempt(nil) { (disk, _) throws(DiskFailure) in
      try disk.facts(of: path, in: nil)?.identity == identity
    }
  }

  func names() throws(StoreProblem) -> [Text] {
    try attempt(nil) { (disk, handle) throws(DiskFailure) in try disk.names(in: handle) }
  }

  /// A file's path, for messages.
  func full(_ name: Text) -> Text { Text("\(path)/\(name)") }

  /// Asks the disk for something about a file here; what fails becomes a problem that names it.
  func attempt<Result>(
    _ name: Text?, _ body: (any Disk, DiskHandle) throws(DiskFailure) -> Result
  ) throws(StoreProblem) -> Result {
    try disk.attempt(name.map { full($0) } ?? path) { () throws(DiskFailure) in
      try body(disk, handle)
    }
  }
}

extension Disk {
  func attempt<Result>(
    _ path: Text, _ body: () throws(DiskFailure) -> Result
  ) throws(StoreProblem) -> Result {
    do throws(DiskFailure) {
      return try body()
    } catch {
      throw StoreProblem(error, path)
    }
  }

  /// Writes all bytes, however many the disk takes at a time.
  func writeAll(_ bytes: [UInt8], to file: DiskHandle, at offset: Int) throws(DiskFailure) {
    var written = 0
    while written < bytes.count {
      let span = bytes.span.extracting(written..<bytes.count)
      written += try write(span, to: file, at: offset + written)
    }
  }
}

extension FileFacts {
  /// - Throws: where it is of another kind, or somebody else could have written to it.
  func check(_ wanted: Kind, _ path: Text) throws(StoreProblem) {
    if kind == .symbolicLink { throw .refused(path: path, .symbolicLink) }
    if kind != wanted {
      throw .refused(path: path, wanted == .directory ? .notADirectory : .notAFile)
    }
    if !isOwnedByUser { throw .refused(path: path, .otherOwner) }
    if isWritableByOthers { throw .refused(path: path, .writableByOthers) }
    if kind == .file && links > 1 { throw .refused(path: path, .hardLink) }
  }
}

extension StoreProblem {
  init(_ failure: DiskFailure, _ path: Text) {
    switch failure.reason {
    case .noSpace: self = .noSpace(path: path)
    case .notPermitted: self = .notPermitted(path: path)
    case .symbolicLink: self = .refused(path: path, .symbolicLink)
    case .absent, .exists, .readOnly, .notADirectory, .unsupported, .other:
      self = .system(path: path, operation: failure.operation, reason: failure.words)
    }
  }
}
