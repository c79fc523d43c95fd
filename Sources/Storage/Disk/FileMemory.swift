/// A file's bytes in memory, private to this process: what is written there never reaches the file.
///
/// It keeps what the file was when it was mapped, though the file may be removed meanwhile.
@safe
package final class FileMemory: Sendable {
  nonisolated(unsafe) let bytes: UnsafeMutableRawBufferPointer
  /// Called with the memory when nobody needs it any more.
  private let release: @Sendable (UnsafeMutableRawBufferPointer) -> Void

  /// Takes over memory.
  init(
    _ bytes: UnsafeMutableRawBufferPointer,
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    unsafe self.bytes = bytes
    unsafe self.release = unsafe release
  }

  /// A copy of bytes: for disks that have no files.
  package convenience init(copying bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, bytes.count), alignment: SnapshotHeader.alignment)
    unsafe copy.copyBytes(from: bytes)
    unsafe self.init(UnsafeMutableRawBufferPointer(rebasing: copy[..<bytes.count])) {
      unsafe $0.deallocate()
    }
  }

  deinit {
    unsafe release(bytes)
  }

  package var count: Int { unsafe bytes.count }
}
