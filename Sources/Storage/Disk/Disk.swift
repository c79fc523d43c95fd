package import Diagnostics

/// The few things that the store asks of a file system.
///
/// Everything that the store does to files goes through it, so that a disk that fails, that writes
/// short or that loses power can be put in place of the real one. Names are within a directory that
/// is open, or paths where there is none. No call follows a symbolic link in the last part of a
/// name.
package protocol Disk: AnyObject {
  /// What is at a name; nil where nothing is.
  func facts(of name: Text, in directory: DiskHandle?) throws(DiskFailure) -> FileFacts?
  func facts(of handle: DiskHandle) throws(DiskFailure) -> FileFacts
  /// The names in a directory, in no order.
  func names(in directory: DiskHandle) throws(DiskFailure) -> [Text]
  func open(
    _ name: Text, in directory: DiskHandle?, as mode: OpenMode
  ) throws(DiskFailure) -> DiskHandle
  func makeDirectory(_ name: Text, in directory: DiskHandle?) throws(DiskFailure)
  /// As many bytes as there are, at most `count`.
  func read(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure) -> [UInt8]
  /// The first bytes of a file that nobody changes any more, in memory.
  ///
  /// - Throws: also where the file has fewer bytes.
  func map(_ file: DiskHandle, count: Int) throws(DiskFailure) -> FileMemory
  /// Writes at least one byte; how many it wrote.
  func write(
    _ bytes: Span<UInt8>, to file: DiskHandle, at offset: Int
  ) throws(DiskFailure) -> Int
  /// Reserves space without changing the size.
  func allocate(_ file: DiskHandle, at offset: Int, count: Int) throws(DiskFailure)
  func truncate(_ file: DiskHandle, to size: Int) throws(DiskFailure)
  /// Makes durable what a file holds, or which names a directory has.
  ///
  /// With `dataOnly`, what a reader does not need, such as a file's times, may be left out.
  func sync(_ handle: DiskHandle, dataOnly: Bool) throws(DiskFailure)
  /// Renames, never over something that exists.
  func rename(
    _ name: Text, in directory: DiskHandle?, to newName: Text, in newDirectory: DiskHandle?
  ) throws(DiskFailure)
  func remove(_ name: Text, in directory: DiskHandle?, isDirectory: Bool) throws(DiskFailure)
  /// Takes the lock on one byte of a file; false where another open file has it.
  func tryLock(_ file: DiskHandle, byte: Int) throws(DiskFailure) -> Bool
  func unlock(_ file: DiskHandle, byte: Int)
  /// Whether another open file has the lock on a byte.
  func isLocked(_ file: DiskHandle, byte: Int) -> Bool
  /// Takes the lock on a whole directory, until it is closed; false where another has it.
  func tryLockWhole(_ directory: DiskHandle) throws(DiskFailure) -> Bool
  /// Whether other machines may write to the same files, so that locks can't be trusted.
  func isOnNetwork(_ handle: DiskHandle) throws(DiskFailure) -> Bool
  func close(_ handle: DiskHandle)
  /// The number of this process, for people.
  var process: Int { get }
  /// Waits before a lock is tried again.
  func pause(milliseconds: Int)
}

/// An open file or directory.
package struct DiskHandle: Hashable, Sendable {
  package let descriptor: Int32

  package init(descriptor: Int32) {
    self.descriptor = descriptor
  }
}

package enum OpenMode: Sendable {
  case directory
  case read
  case readWrite
  /// Makes a file that must not exist yet, for reading and writing, for its owner alone.
  case create
  /// The same, of a file that nobody may open for writing again.
  case createImmutable
}

/// What a file is.
package struct FileFacts: Equatable, Sendable {
  package enum Kind: Sendable {
    case file
    case directory
    case symbolicLink
    case other
  }

  package var kind: Kind
  package var size: Int
  /// Which file it is, as long as it exists.
  package var identity: FileIdentity
  package var isOwnedByUser: Bool
  package var isWritableByOthers: Bool
  /// How many names it has.
  package var links: Int

  package init(
    kind: Kind, size: Int, identity: FileIdentity, isOwnedByUser: Bool, isWritableByOthers: Bool,
    links: Int
  ) {
    self.kind = kind
    self.size = size
    self.identity = identity
    self.isOwnedByUser = isOwnedByUser
    self.isWritableByOthers = isWritableByOthers
    self.links = links
  }
}

package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var number: UInt64

  package init(device: UInt64, number: UInt64) {
    self.device = device
    self.number = number
  }
}

/// Why the file system did not do what it was asked.
package struct DiskFailure: Error, Equatable {
  package enum Reason: Equatable, Sendable {
    case absent
    case exists
    case noSpace
    case notPermitted
    case readOnly
    case symbolicLink
    case notADirectory
    case unsupported
    case other(Int32)
  }

  package let reason: Reason
  /// What was asked, such as `open`.
  package let operation: String
  /// What the operating system calls it.
  package let words: String

  package init(reason: Reason, operation: String, words: String) {
    self.reason = reason
    self.operation = operation
    self.words = words
  }
}
