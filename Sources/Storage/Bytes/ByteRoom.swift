/// Room for bytes at the end of an array, made once for many runs of bytes.
///
/// To append a run to an array asks whether the array is shared and has room, which takes several times as
/// long as to copy the twenty bytes of a name.
@safe
struct ByteRoom: ~Copyable {
  // Lent by the array for as long as the body runs that fills the room.
  private let bytes: UnsafeMutableRawBufferPointer
  private(set) var used = 0

  fileprivate init(_ bytes: UnsafeMutableRawBufferPointer) {
    unsafe self.bytes = bytes
  }

  /// Appends a run of bytes and one more; traps where there is no room.
  @inline(__always)
  mutating func append(_ run: Span<UInt8>, _ terminator: UInt8) {
    unsafe precondition(run.count < bytes.count - used)
    unsafe run.withUnsafeBytes { run in
      guard let target = unsafe bytes.baseAddress, let source = run.baseAddress else { return }
      unsafe (target + used).copyMemory(from: source, byteCount: run.count)
    }
    used += run.count
    unsafe bytes[used] = terminator
    used += 1
  }
}

extension [UInt8] {
  /// Makes room for some bytes, which a body fills as far as it needs it.
  mutating func append(atMost size: Int, _ body: (inout ByteRoom) -> Void) {
    let start = count
    append(contentsOf: repeatElement(0, count: size))
    let used = unsafe withUnsafeMutableBytes { bytes in
      var room = unsafe ByteRoom(UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
      body(&room)
      return room.used
    }
    removeLast(size - used)
  }
}
