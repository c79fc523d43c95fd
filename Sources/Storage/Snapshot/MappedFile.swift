import Synchronization

/// The bytes of an immutable file in memory, each block verified when it is first touched.
///
/// A block whose checksum is not right reads as zeros from then on, and the file says that it is
/// damaged. So that nobody is told what zeros say, whoever answers from a mapped file asks
/// `isDamaged` before the answer is given away. The memory must be writable for this reason, and
/// private: nothing is ever written to the file.
@safe
final class MappedFile: Sendable {
  /// Bytes that share a checksum.
  static let blockSize = 64 << 10

  // Written by `verify` alone, which writes what every thread would.
  nonisolated(unsafe) private let base: UnsafeMutableRawPointer
  let length: Int
  /// XXH64 of each block; the last one may be shorter than the others.
  private let checksums: [UInt64]
  /// One bit a block: whether it has been verified.
  private let verified: VerifiedBlocks
  private let damaged = Atomic(false)
  /// Called with the memory when nobody needs it any more.
  private let release: @Sendable (UnsafeMutableRawBufferPointer) -> Void

  /// Takes over memory, which must be private to this process.
  ///
  /// - Parameters:
  ///   - memory: the file's bytes.
  ///   - checksums: of each block, from the first.
  ///   - release: is given the memory at the end.
  init(
    _ memory: UnsafeMutableRawBufferPointer, checksums: [UInt64],
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    let blocks = (memory.count + MappedFile.blockSize - 1) / MappedFile.blockSize
    guard let address = memory.baseAddress, checksums.count == blocks else {
      preconditionFailure("a mapped file has bytes, and a checksum for each block")
    }
    unsafe base = address
    length = memory.count
    self.checksums = checksums
    verified = VerifiedBlocks(count: blocks)
    unsafe self.release = unsafe release
  }

  deinit {
    unsafe release(UnsafeMutableRawBufferPointer(start: base, count: length))
  }

  /// Whether a block was touched that is not as it was written, or `condemn` was called.
  var isDamaged: Bool { damaged.load(ordering: .relaxed) }

  /// Says that the contents make no sense, though their checksums are right.
  func condemn() { damaged.store(true, ordering: .relaxed) }

  /// Verifies the blocks that some bytes are in.
  @inline(__always)
  func touch(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= length)
    guard !range.isEmpty else { return }
    let first = range.lowerBound / MappedFile.blockSize
    let last = (range.upperBound - 1) / MappedFile.blockSize
    for block in first...last where !verified.contains(block) { verify(block) }
  }

  /// The bytes from an offset on; only those that were touched may be read.
  func pointer(at offset: Int) -> UnsafeRawPointer {
    unsafe UnsafeRawPointer(base + offset)
  }

  @inline(never)
  private func verify(_ block: Int) {
    let start = block * MappedFile.blockSize
    let count = min(MappedFile.blockSize, length - start)
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: base + start, count: count)
    let sum = unsafe XXH64.hash(Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(bytes)))
    if sum != checksums[block] {
      unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
      condemn()
    }
    verified.insert(block)
  }
}

/// A set of blocks that only grows, shared between threads.
@safe
private final class VerifiedBlocks: Sendable {
  // Two threads that verify the same block write the same byte: neither can do harm.
  nonisolated(unsafe) private let words: UnsafeMutablePointer<UInt8>

  init(count: Int) {
    unsafe words = .allocate(capacity: count)
    unsafe words.initialize(repeating: 0, count: count)
  }

  deinit {
    unsafe words.deallocate()
  }

  func contains(_ block: Int) -> Bool { unsafe words[block] != 0 }

  func insert(_ block: Int) { unsafe words[block] = 1 }
}
