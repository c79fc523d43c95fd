import Diagnostics

/// The file `head`: evidence of what was acknowledged.
///
/// A writer puts it down after the record is durable and before it says so, and does not wait until
/// it is durable itself. So what it says is true, but it may be late: without it, an acknowledged
/// record that a disk has lost again would look like one that was never finished.
struct Head {
  static let fileName: Text = "head"

  private(set) var newest: HeadSlot?

  /// Reads the slots again; a file that is absent or damaged is no evidence.
  mutating func load(from directory: StoreDirectory) throws(StoreProblem) {
    newest = nil
    let seen = try directory.attempt(Head.fileName) { (disk, handle) throws(DiskFailure) in
      try disk.facts(of: Head.fileName, in: handle)
    }
    guard seen != nil else { return }
    let file = try directory.open(Head.fileName, as: .read)
    defer { directory.disk.close(file) }
    let bytes = try directory.read(file, Head.fileName, at: 0, count: 2 * HeadSlot.size)
    let slots = [0, HeadSlot.size].compactMap { HeadSlot(bytes.span, at: $0) }
    newest = slots.max { $0.sequence < $1.sequence }
  }

  /// Writes the older slot.
  ///
  /// That it fails does not matter: the record is durable, only the evidence is late.
  mutating func write(_ slot: HeadSlot, in directory: StoreDirectory) {
    var slot = slot
    // A slot that can't be counted on from is never the newer one.
    slot.sequence = (newest?.sequence ?? 0) &+ 1
    let bytes = slot.bytes
    let offset = Int(slot.sequence % 2) * HeadSlot.size
    do {
      let isThere = try directory.attempt(Head.fileName) { (disk, handle) throws(DiskFailure) in
        try disk.facts(of: Head.fileName, in: handle) != nil
      }
      let file = try directory.open(Head.fileName, as: isThere ? .readWrite : .create)
      defer { directory.disk.close(file) }
      try directory.disk.writeAll(bytes, to: file, at: offset)
      newest = slot
    } catch {
      newest = nil
    }
  }
}
