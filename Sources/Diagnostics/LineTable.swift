/// Where the lines of a source text begin.
///
/// LF, CRLF and a lone CR each end a line. Building it is linear in the text; asking is not.
package struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]
  /// Places within long lines, and how many characters of the line stand before each.
  ///
  /// Without them a thousand mistakes on one line of a megabyte would each count it from its start.
  private let waypoints: [(offset: Int, characters: Int)]
  private static let waypointDistance = 4096

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
    waypoints = LineTable.waypoints(bytes, starts)
  }

  private static func waypoints(
    _ bytes: [UInt8], _ starts: [Int]
  ) -> [(offset: Int, characters: Int)] {
    var waypoints: [(offset: Int, characters: Int)] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
      var lower = start
      var characters = 0
      var offset = start + waypointDistance
      while offset < end {
        if partsCharacters(bytes, offset) {
          characters += Cluster.count(in: bytes, lower..<offset)
          waypoints.append((offset, characters))
          lower = offset
          offset += waypointDistance
        } else {
          offset += 1
        }
      }
    }
    return waypoints
  }

  /// Whether a character certainly ends before this byte.
  ///
  /// It does before an ASCII sign, unless what is before belongs to those few signs of Arabic and
  /// Indic scripts that join what follows.
  private static func partsCharacters(_ bytes: [UInt8], _ offset: Int) -> Bool {
    guard (0x20..<0x7F).contains(bytes[offset]) else { return false }
    var lead = offset - 1
    while lead > 0, bytes[lead] & 0xC0 == 0x80, offset - lead < 4 { lead -= 1 }
    switch bytes[lead] {
    case 0x20..<0x7F, 0xC2..<0xD8, 0xE1..<0xF0: return true
    default: return false
    }
  }

  /// The nearest place before `offset` on the line that begins at `start` whose column is known.
  private func waypoint(before offset: Int, from start: Int) -> (offset: Int, characters: Int) {
    var low = 0
    var high = waypoints.count
    while low < high {
      let middle = (low + high) / 2
      if waypoints[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, waypoints[low - 1].offset > start else { return (start, 0) }
    return waypoints[low - 1]
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
    let known = waypoint(before: end, from: range.lowerBound)
    let characters = known.characters + Cluster.count(in: bytes, known.offset..<end)
    return SourcePosition(line: line, column: characters + 1)
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
