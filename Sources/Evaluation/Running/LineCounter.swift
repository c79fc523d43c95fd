import Diagnostics

/// Tells the line of one statement after another without counting from the start each time.
struct LineCounter {
  private var offset = 0
  private var line = 1

  /// The line, from 1, of a byte offset; linear in the distance from the last one asked for.
  mutating func line(of target: Int, in source: SourceText) -> Int {
    if target < offset {
      offset = 0
      line = 1
    }
    let bytes = source.bytes
    let end = min(target, bytes.count)
    while offset < end {
      let byte = bytes[offset]
      // A carriage return ends a line unless a line feed follows, which then does.
      let isReturn = byte == 0x0D && !(offset + 1 < bytes.count && bytes[offset + 1] == 0x0A)
      if byte == 0x0A || isReturn { line += 1 }
      offset += 1
    }
    return line
  }
}
