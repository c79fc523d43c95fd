/// Where a reader's bytes come from, a piece at a time.
package protocol ByteSource {
  /// How many bytes a reader should ask for at a time.
  var chunk: Int { get }
  /// How many bytes there are in all, where that is known.
  var size: Int? { get }
  /// Appends up to `limit` bytes and returns how many; 0 only at the end.
  mutating func read(into bytes: inout [UInt8], limit: Int) throws(FileFailure) -> Int
  /// The bytes from an offset on, to be read beside this source; nil where they can be read only once.
  func beside(from offset: Int) -> Self?
  /// How many of the bytes this source will be read for alone: of them it tells how far it is.
  mutating func expect(upTo end: Int)
}

extension ByteSource {
  package var chunk: Int { 1 << 20 }
  package var size: Int? { nil }
  package func beside(from offset: Int) -> Self? { nil }
  package mutating func expect(upTo end: Int) {}
}

/// Bytes in memory, given out in pieces of a chosen size: for tests and fuzzing.
package struct MemorySource: ByteSource {
  private let contents: [UInt8]
  package let chunk: Int
  private var position = 0

  package var size: Int? { contents.count }

  package init(_ contents: [UInt8], piece: Int = 1 << 20) {
    self.contents = contents
    chunk = max(1, piece)
  }

  package mutating func read(into bytes: inout [UInt8], limit: Int) -> Int {
    let count = min(limit, contents.count - position)
    bytes.append(contentsOf: contents[position..<position + count])
    position += count
    return count
  }

  package func beside(from offset: Int) -> MemorySource? {
    MemorySource(Array(contents.dropFirst(offset)), piece: chunk)
  }
}

/// The part of a source that a reader looks at: what is not yet used up, and what follows it.
struct ByteWindow<Source: ByteSource> {
  /// The longest mark by which a file that is no text is known.
  private static var markLength: Int { 16 }

  private var source: Source
  /// What is in reach, from offset `discarded` of the source.
  private(set) var bytes: [UInt8] = []
  /// How many bytes before these were used up.
  private(set) var discarded = 0
  /// Nothing follows these bytes.
  private(set) var isLast = false
  /// Nothing is read from this offset of the source on.
  var end = Int.max
  private var hasForecast = false
  /// After as many bytes what is to come is taken to be like what has come.
  private static var forecastLength: Int { 1 << 21 }

  init(_ source: Source) {
    self.source = source
  }

  /// Once, where enough has been used up to tell: how many times as much there is in all, or a little
  /// more.
  mutating func takeForecast() -> Double? {
    guard !hasForecast, discarded >= Self.forecastLength, let size = source.size else {
      return nil
    }
    hasForecast = true
    return Double(size) / Double(discarded) * 1.02
  }

  /// Where what is in reach ends in the source.
  var reach: Int { discarded + bytes.count }

  /// Tells the source that it is not read to its end.
  mutating func expect(upTo end: Int) {
    self.end = end
    source.expect(upTo: end)
  }

  /// Another reader's view of the source, from an offset on.
  func beside(from offset: Int) -> Source? { source.beside(from: offset) }

  /// How many bytes there are in all, where that is known.
  var size: Int? { source.size }

  /// Reads the beginning: all that is needed to know what kind of file it is.
  mutating func begin() throws(FileFailure) {
    while bytes.count < Self.markLength && !isLast { try refill(keepingFrom: 0) }
  }

  /// Forgets the bytes before `start` and reads on; the array's offsets move down by `start`.
  ///
  /// Afterwards more bytes than before follow `start`, or `isLast` is true, or `end` is reached.
  mutating func refill(keepingFrom start: Int) throws(FileFailure) {
    discarded += start
    bytes.removeSubrange(0..<start)
    let wanted = bytes.count + source.chunk - min(bytes.count, source.chunk / 2)
    let goal = min(wanted, end - discarded)
    while bytes.count < goal && !isLast {
      isLast = try source.read(into: &bytes, limit: goal - bytes.count) == 0
    }
  }
}
