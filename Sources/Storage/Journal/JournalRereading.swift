import Diagnostics

// What was read before, read again.
extension Journal {
  /// Reads again a payload of which it is known where it is.
  func payload(
    segment: Int, offset: Int, length: Int, checksum: UInt64
  ) throws(StoreProblem) -> [UInt8] {
    guard segments.indices.contains(segment), offset >= 0, length >= 0,
      offset <= segments[segment].end, length <= segments[segment].end - offset
    else {
      throw damaged(segments.count - 1, "a record is not where it should be")
    }
    let file = try file(of: segment)
    let bytes = try directory.read(file, segments[segment].name.text, at: offset, count: length)
    guard bytes.count == length, XXH64.hash(bytes.span) == checksum else {
      throw damaged(segment, "the record at byte \(offset) has changed")
    }
    return bytes
  }

  /// Reads some bytes again, as they are; fewer where the file ends before.
  func bytes(segment: Int, at offset: Int, _ count: Int) throws(StoreProblem) -> [UInt8] {
    try directory.read(file(of: segment), segments[segment].name.text, at: offset, count: count)
  }

  /// Whether there is nothing behind what was read and written, and nothing that keeps a writer from it.
  ///
  /// Only for the holder of the writer's lock is it so for longer than a moment.
  func isAtEnd() throws(StoreProblem) -> Bool {
    guard damage == nil, isWritable, let last = segments.last else { return false }
    guard try size(of: segments.count - 1) == last.end else { return false }
    return try segmentNames().last == last.name
  }
}
