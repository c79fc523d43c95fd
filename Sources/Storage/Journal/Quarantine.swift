import Diagnostics

/// The directory `quarantine` in a store: what a writer or a recovery has set aside.
///
/// Nothing in it has a meaning for the store, and nothing in it is ever removed.
final class Quarantine {
  private static let directoryName: Text = "quarantine"

  private let directory: StoreDirectory
  private let folder: DiskHandle

  /// Opens it; makes it where it is not there yet.
  init(_ directory: StoreDirectory) throws(StoreProblem) {
    try directory.attempt(Quarantine.directoryName) { (disk, handle) throws(DiskFailure) in
      if try disk.facts(of: Quarantine.directoryName, in: handle) == nil {
        try disk.makeDirectory(Quarantine.directoryName, in: handle)
        try disk.sync(handle, dataOnly: false)
      }
    }
    folder = try directory.open(Quarantine.directoryName, as: .directory)
    self.directory = directory
  }

  deinit {
    directory.disk.close(folder)
  }

  /// A new name that says where the bytes come from.
  static func name(for file: Text, at offset: Int) -> Text {
    Text("\(file)-at-\(offset)-\(UInt32.random(in: 0 ... .max))")
  }

  /// Keeps some bytes, durably.
  func keep(_ bytes: [UInt8], as name: Text) throws(StoreProblem) {
    try directory.attempt(path(name)) { (disk, _) throws(DiskFailure) in
      let file = try disk.open(name, in: folder, as: .create)
      defer { disk.close(file) }
      try disk.writeAll(bytes, to: file, at: 0)
      try disk.sync(file, dataOnly: false)
      try disk.sync(folder, dataOnly: false)
    }
  }

  /// Keeps what a file holds from an offset on, durably.
  func keep(
    _ file: DiskHandle, _ name: Text, from offset: Int
  ) throws(StoreProblem) {
    let kept = Quarantine.name(for: name, at: offset)
    try directory.attempt(path(kept)) { (disk, _) throws(DiskFailure) in
      let copy = try disk.open(kept, in: folder, as: .create)
      defer { disk.close(copy) }
      var done = 0
      while true {
        let bytes = try disk.read(file, at: offset + done, count: 1 << 20)
        if bytes.isEmpty { break }
        try disk.writeAll(bytes, to: copy, at: done)
        done += bytes.count
      }
      try disk.sync(copy, dataOnly: false)
      try disk.sync(folder, dataOnly: false)
    }
  }

  /// Moves a whole file of the store here; it is where it was or here after a power cut.
  ///
  /// - Returns: where it is now.
  @discardableResult
  func move(_ name: Text) throws(StoreProblem) -> Text {
    let kept = Quarantine.name(for: name, at: 0)
    try directory.attempt(name) { (disk, handle) throws(DiskFailure) in
      try disk.rename(name, in: handle, to: kept, in: folder)
      try disk.sync(folder, dataOnly: false)
      try disk.sync(handle, dataOnly: false)
    }
    return directory.full(path(kept))
  }

  private func path(_ name: Text) -> Text { Text("\(Quarantine.directoryName)/\(name)") }
}
