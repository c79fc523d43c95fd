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
  static let blockSize = BlockForm.size

  // Written by `verify` alone, which writes what every thread would.
  nonisolated(unsafe) private let base: UnsafeMutableRawPointer
  let length: Int
  /// Of each block; the first and the last one may be shorter than the others.
  private let checksums: [UInt64]
  private let form: BlockForm
  /// How many bytes of the first block are before the data.
  private let lead: Int
  /// One bit a block: whether it has been verified.
  private let verified: VerifiedBlocks
  private let damaged = Atomic(false)
  private let memory: FileMemory

  /// A part of a file in memory, which must be private to this process.
  ///
  /// - Parameters:
  ///   - memory: the file's bytes.
  ///   - range: which of them; offsets count from its beginning.
  ///   - form: how the bytes are divided into blocks.
  ///   - checksums: of each block, from the first.
  init(_ memory: FileMemory, _ range: Range<Int>, _ form: BlockForm, checksums: [UInt64]) {
    guard range.lowerBound >= 0, range.upperBound <= memory.count,
      let address = unsafe memory.bytes.baseAddress,
      checksums.count == form.count(in: range)
    else { preconditionFailure("a mapped file has bytes, and a checksum for each block") }
    unsafe base = address + range.lowerBound
    length = range.count
    self.checksums = checksums
    self.form = form
    lead = form.lead(of: range.lowerBound)
    verified = VerifiedBlocks(count: checksums.count)
    self.memory = memory
  }

  /// Takes over memory that is not a file's: for tests.
  convenience init(
    _ memory: UnsafeMutableRawBufferPointer, checksums: [UInt64],
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    let count = memory.count
    unsafe self.init(
      FileMemory(memory, release: release), 0..<count, .pages, checksums: checksums)
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
    let first = (lead + range.lowerBound) / MappedFile.blockSize
    let last = (lead + range.upperBound - 1) / MappedFile.blockSize
    for block in first...last where !verified.contains(block) { verify(block) }
  }

  /// Verifies all blocks that were not touched yet.
  func touchAll() { touch(0..<length) }

  /// Some of the bytes, verified.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    touch(range)
    let bytes = unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    return unsafe Array(bytes)
  }

  /// The bytes from an offset on; only those that were touched may be read.
  func pointer(at offset: Int) -> UnsafeRawPointer {
    unsafe UnsafeRawPointer(base + offset)
  }

  @inline(never)
  private func verify(_ block: Int) {
    let end = min((block + 1) * MappedFile.blockSize - lead, length)
    let start = max(0, block * MappedFile.blockSize - lead)
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: base + start, count: end - start)
    let sum = unsafe form.checksum(of: Span(_unsafeBytes: UnsafeRawBufferPointer(bytes)))
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
