import Storage

extension Span where Element == UInt8 {
  /// The same bytes as an array.
  var copied: [UInt8] {
    var result: [UInt8] = []
    result.append(bytes: self)
    return result
  }
}
