import Diagnostics

/// Builds a directory under a temporary name and renames it into place when it is durable, so that
/// it appears whole or not at all.
struct Placement {
  let disk: any Disk
  let path: Text

  /// - Parameter fill: writes what is to be in the directory, and syncs each file.
  /// - Throws: `createdMeanwhile` where something is at the path by now; never replaces it.
  func place(
    _ fill: (any Disk, DiskHandle) throws(DiskFailure) -> Void
  ) throws(StoreProblem) {
    let temporary = Text("\(path).new-\(disk.process)-\(UInt32.random(in: 0 ... .max))")
    try disk.attempt(path) { () throws(DiskFailure) in
      try disk.makeDirectory(temporary, in: nil)
    }
    do throws(StoreProblem) {
      try disk.attempt(path) { () throws(DiskFailure) in
        let directory = try disk.open(temporary, in: nil, as: .directory)
        defer { disk.close(directory) }
        try fill(disk, directory)
        try disk.sync(directory, dataOnly: false)
      }
      do throws(DiskFailure) {
        try disk.rename(temporary, in: nil, to: path, in: nil)
      } catch {
        if error.reason == .exists { throw .createdMeanwhile(path: path) }
        throw StoreProblem(error, path)
      }
    } catch {
      discard(temporary)
      throw error
    }
    do throws(DiskFailure) {
      try syncParent()
    } catch {
      takeBack(to: temporary)
      throw .notSaved(path: path, reason: error.words)
    }
  }

  private func syncParent() throws(DiskFailure) {
    let parent = try disk.open(path.parent, in: nil, as: .directory)
    defer { disk.close(parent) }
    try disk.sync(parent, dataOnly: false)
  }

  /// Takes away again what may not be durable in its place.
  ///
  /// Until it is certain that it is not in its place, nothing is removed from it: after a power cut
  /// a part of it would be found there.
  private func takeBack(to temporary: Text) {
    do throws(DiskFailure) {
      try disk.rename(path, in: nil, to: temporary, in: nil)
      try syncParent()
    } catch {
      return
    }
    discard(temporary)
  }

  /// Removes what was built; what can't be removed is left under its temporary name.
  private func discard(_ temporary: Text) {
    guard let directory = try? disk.open(temporary, in: nil, as: .directory) else { return }
    for name in (try? disk.names(in: directory)) ?? [] {
      try? disk.remove(name, in: directory, isDirectory: false)
    }
    disk.close(directory)
    try? disk.remove(temporary, in: nil, isDirectory: true)
  }
}

extension Placement {
  /// Removes what creators of the same store left behind that were killed.
  ///
  /// Only for the holder of the `CreationLock`: then no creator of this machine is at work. A
  /// directory is taken for one of theirs only by its name and if nothing else is in it.
  func removeLeftovers() {
    guard let parent = try? disk.open(path.parent, in: nil, as: .directory) else { return }
    defer { disk.close(parent) }
    let prefix = "\(path.lastName).new-"
    for name in (try? disk.names(in: parent)) ?? [] where name.string.hasPrefix(prefix) {
      let numbers = name.string.dropFirst(prefix.count).split(separator: "-")
      guard numbers.count == 2, numbers.allSatisfy({ UInt32($0) != nil }),
        let seen = try? disk.facts(of: name, in: parent), seen.kind == .directory,
        seen.isOwnedByUser, !seen.isWritableByOthers,
        let directory = try? disk.open(name, in: parent, as: .directory)
      else { continue }
      defer { disk.close(directory) }
      guard let content = try? disk.names(in: directory),
        content.allSatisfy({ $0 == WriterLock.fileName || SegmentName($0) != nil })
      else { continue }
      for file in content { try? disk.remove(file, in: directory, isDirectory: false) }
      try? disk.remove(name, in: parent, isDirectory: true)
    }
  }
}

/// The right to create stores in a directory, so that of two creators the second waits and goes on.
///
/// It is a lock on the directory itself, because nothing that is to stay can be made there for it.
final class CreationLock {
  private let disk: any Disk
  let parent: DiskHandle

  /// Waits up to a limit in milliseconds; nil where the directory can't be locked at all.
  init?(for path: Text, on disk: any Disk, timeout: Int) throws(StoreProblem) {
    guard let parent = try? disk.open(path.parent, in: nil, as: .directory) else { return nil }
    var waited = 0
    var isLocked: Bool? = try? disk.tryLockWhole(parent)
    while isLocked == false, waited < timeout {
      disk.pause(milliseconds: 5)
      waited += 5
      isLocked = try? disk.tryLockWhole(parent)
    }
    if isLocked != true { disk.close(parent) }
    switch isLocked {
    case true?: break
    case false?: throw .locked(path: path, holder: LockHolder())
    case nil: return nil
    }
    self.disk = disk
    self.parent = parent
  }

  deinit {
    disk.close(parent)
  }
}

extension Text {
  /// The directory that a path is in.
  var parent: Text {
    guard let slash = string.lastIndex(of: "/") else { return "." }
    return slash == string.startIndex ? "/" : Text(string[..<slash])
  }

  /// What a path ends with.
  fileprivate var lastName: Text {
    guard let slash = string.lastIndex(of: "/") else { return self }
    return Text(string[string.index(after: slash)...])
  }
}
