/// A column of plain values: an array, or a part of a mapped file until it is first modified.
///
/// Reading from a mapped file verifies the blocks that are read, and no others.
struct Stored<Element: BitwiseCopyable & Sendable>: Sendable {
  private var owned: [Element] = []
  private var mapped: (file: MappedFile, offset: Int)?
  private(set) var count = 0

  init() {}

  init(_ values: [Element]) {
    owned = values
    count = values.count
  }

  /// The values that begin at an offset of a mapped file, which must be aligned for them and hold them.
  init(_ file: MappedFile, at offset: Int, count: Int) {
    precondition(offset % MemoryLayout<Element>.alignment == 0)
    precondition(offset >= 0 && count >= 0)
    precondition(offset + count * MemoryLayout<Element>.stride <= file.length)
    mapped = (file, offset)
    self.count = count
  }

  /// Whether reading may need a mapped file.
  var isMapped: Bool { mapped != nil }

  var isEmpty: Bool { count == 0 }

  /// Says that the values make no sense, though their checksums are right.
  ///
  /// Nothing comes of it where they are an array: then only whoever made them can know.
  func condemn() { mapped?.file.condemn() }

  subscript(index: Int) -> Element {
    @inline(__always)
    get {
      guard let mapped else { return owned[index] }
      precondition(index >= 0 && index < count)
      let start = mapped.offset + index * MemoryLayout<Element>.stride
      mapped.file.touch(start..<start + MemoryLayout<Element>.stride)
      return unsafe mapped.file.pointer(at: start).load(as: Element.self)
    }
  }

  /// Lends all values.
  @inline(__always)
  func withSpan<Result>(_ body: (Span<Element>) -> Result) -> Result {
    withSpan(of: 0..<count, body)
  }

  /// Lends some of the values; of a mapped file, only their blocks are verified.
  @inline(__always)
  func withSpan<Result>(of range: Range<Int>, _ body: (Span<Element>) -> Result) -> Result {
    guard let mapped else { return body(owned.span.extracting(range)) }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let start = mapped.offset + range.lowerBound * MemoryLayout<Element>.stride
    mapped.file.touch(start..<start + range.count * MemoryLayout<Element>.stride)
    let bytes = unsafe UnsafeRawBufferPointer(
      start: mapped.file.pointer(at: start), count: range.count * MemoryLayout<Element>.stride)
    return unsafe body(Span<Element>(_unsafeBytes: bytes))
  }

  /// The values as an array: copied where they are mapped.
  var array: [Element] {
    guard mapped != nil else { return owned }
    return withSpan { span in unsafe span.withUnsafeBufferPointer { unsafe Array($0) } }
  }

  /// Changes the values in place; what was mapped is copied first.
  @inline(__always)
  mutating func modify<Result>(_ body: (inout [Element]) -> Result) -> Result {
    if mapped != nil {
      owned = array
      mapped = nil
    }
    defer { count = owned.count }
    return body(&owned)
  }
}
