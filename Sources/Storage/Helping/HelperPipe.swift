@unsafe @preconcurrency import Glibc

/// A helper ended in the middle of its answer.
package struct HelperLost: Error {
  package init() {}
}

/// What a helper's answer is written to: columns as they lie in memory, each after its length.
package struct HelperOutput {
  /// Of the pipe; nil where the answer stays in memory.
  private let descriptor: Int32?
  private(set) var bytes: [UInt8] = []

  init(_ descriptor: Int32?) {
    self.descriptor = descriptor
  }

  package mutating func write<Element: BitwiseCopyable>(_ values: [Element]) {
    unsafe withUnsafeBytes(of: values.count) { unsafe put($0) }
    unsafe values.withUnsafeBytes { unsafe put($0) }
  }

  private mutating func put(_ part: UnsafeRawBufferPointer) {
    guard let descriptor, part.count >= 1 << 16 else {
      unsafe bytes.append(contentsOf: part)
      return
    }
    flush()
    unsafe send(part, to: descriptor)
  }

  mutating func flush() {
    guard let descriptor else { return }
    unsafe bytes.withUnsafeBytes { unsafe send($0, to: descriptor) }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Ends the process where nobody reads any more.
  private func send(_ part: UnsafeRawBufferPointer, to descriptor: Int32) {
    var sent = 0
    while sent < part.count {
      let result = unsafe Glibc.write(
        descriptor, part.baseAddress?.advanced(by: sent), part.count - sent)
      if result > 0 { sent += result } else if errno != EINTR { _exit(1) }
    }
  }
}

/// What a helper's answer is read from.
package struct HelperInput {
  private static let pieceSize = 1 << 18

  private let descriptor: Int32?
  private let bytes: [UInt8]
  private var position = 0

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    bytes = []
  }

  init(_ bytes: [UInt8]) {
    descriptor = nil
    self.bytes = bytes
  }

  /// Appends the values that come next, if any at `place` or at the end; `filler` is any value, and
  /// stands for what is missing before them.
  package mutating func read<Element: BitwiseCopyable>(
    into values: inout [Element], at place: Int = 0, filler: Element
  ) throws(HelperLost) {
    var count = 0
    guard unsafe withUnsafeMutableBytes(of: &count, { unsafe get($0) }), count >= 0 else {
      throw HelperLost()
    }
    if count == 0 { return }
    while values.count < place { values.append(filler) }
    // By way of a little memory: to fill up a long array first takes as long as to read it.
    let stride = MemoryLayout<Element>.stride
    let most = min(count, HelperInput.pieceSize / stride)
    var piece = [UInt64](repeating: 0, count: most * stride / 8 + 1)
    for start in Swift.stride(from: 0, to: count, by: most) {
      let size = min(most, count - start) * stride
      let isWhole = unsafe piece.withUnsafeMutableBytes { bytes in
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[..<size])
        guard unsafe get(part) else { return false }
        unsafe values.append(contentsOf: part.bindMemory(to: Element.self))
        return true
      }
      guard isWhole else { throw HelperLost() }
    }
  }

  private mutating func get(_ target: UnsafeMutableRawBufferPointer) -> Bool {
    guard let descriptor else {
      guard target.count <= bytes.count - position else { return false }
      unsafe target.copyBytes(from: bytes[position..<position + target.count])
      position += target.count
      return true
    }
    var taken = 0
    while taken < target.count {
      let result = unsafe Glibc.read(
        descriptor, target.baseAddress?.advanced(by: taken), target.count - taken)
      if result > 0 { taken += result } else if result == 0 || errno != EINTR { return false }
    }
    return true
  }
}
