/// Where the lines of a source text begin.
///
/// LF, CRLF and a lone CR each end a line. Building it is linear in the text; asking is not.
package struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  package init(_ source: SourceText) {
    bytes = source.bytes
    // A byte order mark is no character of the first line.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for index in bytes.indices {
      let isCarriageReturn = bytes[index] == 0x0D
      let isBeforeLineFeed = index + 1 < bytes.count && bytes[index + 1] == 0x0A
      if bytes[index] == 0x0A || isCarriageReturn && !isBeforeLineFeed { starts.append(index + 1) }
    }
    self.starts = starts
  }

  /// The line that holds this byte, from 1.
  package func line(at offset: Int) -> Int {
    var low = 1
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The bytes of a line, its line end not among them.
  package func range(ofLine line: Int) -> Range<Int> {
    let lower = starts[line - 1]
    var upper = line < starts.count ? starts[line] : bytes.count
    if upper > lower, bytes[upper - 1] == 0x0A { upper -= 1 }
    if upper > lower, bytes[upper - 1] == 0x0D { upper -= 1 }
    return lower..<upper
  }

  /// The line and the column of a byte, both from 1; columns are characters as a person sees them.
  package func position(of offset: Int) -> SourcePosition {
    let line = line(at: offset)
    let range = range(ofLine: line)
    let end = min(max(offset, range.lowerBound), range.upperBound)
    return SourcePosition(
      line: line, column: Cluster.count(in: bytes, range.lowerBound..<end) + 1)
  }

  /// How many characters a range holds, to its first line's end.
  package func length(of range: SourceRange) -> Int {
    let line = self.range(ofLine: line(at: range.lower))
    let lower = min(max(range.lower, line.lowerBound), line.upperBound)
    return Cluster.count(in: bytes, lower..<max(lower, min(range.upper, line.upperBound)))
  }
}

/// A place in a source text as people count: from 1.
package struct SourcePosition: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// What a person sees as one character: a grapheme cluster, or a byte that is not UTF-8.
struct Cluster {
  /// Escaped for a terminal.
  let shown: String
  let range: Range<Int>

  static func count(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    if bytes[range].allSatisfy({ $0 < 0x80 }) { return range.count }
    if let text = String(validating: bytes[range], as: UTF8.self) { return text.count }
    return split(bytes, range).count
  }

  static func split(_ bytes: [UInt8], _ range: Range<Int>) -> [Cluster] {
    var clusters: [Cluster] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      var run = ""
      let start = offset
      while offset < range.upperBound,
        let (scalar, length) = ScalarDecoder.scalar(in: bytes, at: offset)
      {
        run.unicodeScalars.append(scalar)
        offset += length
      }
      var lower = start
      for character in run {
        let upper = lower + character.utf8.count
        clusters.append(
          Cluster(shown: TerminalEscape.escape(String(character)), range: lower..<upper))
        lower = upper
      }
      if offset < range.upperBound {
        let shown = TerminalEscape.hexadecimal(bytes[offset])
        clusters.append(Cluster(shown: shown, range: offset..<offset + 1))
        offset += 1
      }
    }
    return clusters
  }
}
