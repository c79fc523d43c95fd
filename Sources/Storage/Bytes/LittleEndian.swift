extension Span where Element == UInt8 {
  /// The eight bytes at an offset as a number; traps outside the span.
  @inlinable
  package func littleEndian64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset &+ 8 <= count)
    // The bounds are checked above; a checked load of eight single bytes is five times slower.
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// The four bytes at an offset as a number; traps outside the span.
  func littleEndian32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset &+ 4 <= count)
    return unsafe UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
  }
}

extension Array where Element == UInt8 {
  /// Appends bytes that are only lent, all at once.
  package mutating func append(bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
