package import Evaluation

/// Bytes on their way out: written in large pieces, or held back until it is known that they are true.
package struct OutputBuffer {
  package var bytes: [UInt8] = []
  /// Nil: everything is kept.
  private let descriptor: Int32?
  /// While there is one, all goes through it.
  var pager: Pager?
  private static let pieceLength = 1 << 17

  /// - Parameter descriptor: where `spill` writes to; nil keeps all bytes here.
  package init(to descriptor: Int32?) {
    self.descriptor = descriptor
  }

  /// Writes what has piled up, once it is worth a call.
  package mutating func spill() throws(OutputFailure) {
    if bytes.count >= OutputBuffer.pieceLength { try flush() }
  }

  /// Writes all that there is.
  package mutating func flush() throws(OutputFailure) {
    guard let descriptor, !bytes.isEmpty else { return }
    defer { bytes.removeAll(keepingCapacity: true) }
    if let pager { return try pager.write(bytes) }
    try SystemCall.write(bytes[...], to: descriptor)
  }
}
