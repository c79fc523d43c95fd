extension Array where Element == UInt8 {
  /// Appends bytes that are only lent.
  package mutating func append(bytes: Span<UInt8>) {
    // One by one takes five times as long for what a cell of a file holds.
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
