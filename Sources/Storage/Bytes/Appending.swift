extension Array where Element == UInt8 {
  /// Appends lent bytes, all at once.
  mutating func append(bytes: Span<UInt8>) {
    reserveCapacity(growingTo: count + bytes.count)
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
