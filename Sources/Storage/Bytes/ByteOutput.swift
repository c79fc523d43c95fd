/// What bytes are written to, one after another: memory, or a file by way of a little memory.
protocol ByteOutput {
  mutating func append(_ byte: UInt8)
  mutating func append(bytes: Span<UInt8>)
}

extension Array: ByteOutput where Element == UInt8 {}

/// Counts what would be written.
struct ByteCounter: ByteOutput {
  private(set) var count = 0

  mutating func append(_ byte: UInt8) { count += 1 }

  mutating func append(bytes: Span<UInt8>) { count += bytes.count }
}
