extension Span where Element == UInt8 {
  /// The same bytes as an array.
  var copied: [UInt8] {
    var result: [UInt8] = []
    result.append(self)
    return result
  }
}

extension [UInt8] {
  /// Appends bytes that are only lent.
  mutating func append(_ bytes: Span<UInt8>) {
    let needed = count + bytes.count
    if needed > capacity { reserveCapacity(Swift.max(needed, capacity * 2)) }
    for index in bytes.indices { append(bytes[index]) }
  }
}
