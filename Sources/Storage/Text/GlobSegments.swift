/// A pattern of literals and `*` alone.
///
/// The leftmost place of each literal in turn is always right, so matching never goes back.
struct GlobSegments: Sendable {
  /// What the text begins with.
  private let head: [UInt8]
  /// What must follow, in this order, anywhere before the tail.
  private let middle: [[UInt8]]
  /// What the text ends with; nil where the whole pattern is `head`.
  private let tail: [UInt8]?

  /// Nil where the pattern has other parts.
  init?(_ nodes: [GlobNode]) {
    var literals: [[UInt8]] = [[]]
    for node in nodes {
      switch node {
      case .scalar(let scalar): UTF8Scalars.append(scalar, to: &literals[literals.count - 1])
      case .anyRun: literals.append([])
      case .anyScalar, .scalarClass, .alternatives: return nil
      }
    }
    head = literals.removeFirst()
    tail = literals.popLast()
    middle = literals
  }

  func match(_ folded: Span<UInt8>) -> Bool {
    guard let tail else { return folded.isEqual(to: head.span) }
    guard folded.count >= head.count + tail.count, folded.starts(with: head.span, at: 0),
      folded.starts(with: tail.span, at: folded.count - tail.count)
    else { return false }
    var offset = head.count
    let end = folded.count - tail.count
    for literal in middle {
      guard let place = ByteSearch.first(literal.span, in: folded, from: offset, to: end) else {
        return false
      }
      offset = place + literal.count
    }
    return true
  }

  /// Whether a text matches that is not folded; the buffer is for texts that must be.
  func match(_ bytes: Span<UInt8>, foldingInto buffer: inout [UInt8]) -> Bool {
    // What is tried at every place must be short; the other way is linear in any text.
    if bytes.count <= 256, bytes.isASCII { return matchASCII(bytes) }
    CaseFolding.fold(bytes, into: &buffer)
    return match(buffer.span)
  }

  private func matchASCII(_ bytes: Span<UInt8>) -> Bool {
    guard let tail else {
      return bytes.count == head.count && GlobSegments.isLiteral(head, at: 0, of: bytes)
    }
    let end = bytes.count - tail.count
    guard end >= head.count, GlobSegments.isLiteral(head, at: 0, of: bytes),
      GlobSegments.isLiteral(tail, at: end, of: bytes)
    else { return false }
    var offset = head.count
    for literal in middle {
      while offset + literal.count <= end,
        !GlobSegments.isLiteral(literal, at: offset, of: bytes)
      {
        offset += 1
      }
      offset += literal.count
      if offset > end { return false }
    }
    return true
  }

  /// Whether a literal is at an offset of bytes that reach that far, in any case.
  private static func isLiteral(
    _ literal: [UInt8], at offset: Int, of bytes: Span<UInt8>
  ) -> Bool {
    for index in literal.indices
    where CaseFolding.folded(bytes[offset + index]) != literal[index] {
      return false
    }
    return true
  }
}

// MARK: - Searching whole columns

/// Two bytes that every match has, so far apart, whatever the case of its letters.
private struct GlobAnchor {
  let first: UInt8
  let last: UInt8
  let distance: Int

  /// The ends of the longest run of bytes that stand in a text as one byte each.
  init?(_ literals: [[UInt8]]) {
    var longest: ArraySlice<UInt8> = []
    for literal in literals {
      var start = 0
      for index in literal.indices {
        if !GlobAnchor.isOneByte(literal[index]) {
          start = index + 1
        } else if index + 1 - start > longest.count {
          longest = literal[start...index]
        }
      }
    }
    guard let first = longest.first, let last = longest.last else { return nil }
    self.first = first
    self.last = last
    distance = longest.count - 1
  }

  /// Not so the letters for which there are others beyond ASCII, such as the sign for kelvin.
  private static func isOneByte(_ byte: UInt8) -> Bool {
    byte < 0x80 && CaseFolding.variants(of: UInt32(byte)).allSatisfy { $0 < 0x80 }
  }
}

extension GlobSegments {
  /// The places of a column whose texts match.
  ///
  /// The whole heap is searched for bytes that a match must have, and only the texts in which they
  /// are found are looked at.
  func places(in column: TextColumn) -> Bitmap {
    var buffer: [UInt8] = []
    guard let anchor = GlobAnchor([head] + middle + [tail ?? []]) else {
      return Bitmap(count: column.count) { place in
        column.withBytes(of: place) { match($0, foldingInto: &buffer) }
      }
    }
    var found = Bitmap()
    if let base = column.base {
      base.heap.withSpan(of: 0..<column.baseByteCount) { heap in
        GlobSegments.forEach(anchor, in: heap, column.baseCount) {
          base.byteRange(of: $0).upperBound
        } body: { place in
          let isMatch = base.withBytes(of: place) { match($0, foldingInto: &buffer) }
          if isMatch { found.insert(place) }
        }
      }
    }
    GlobSegments.forEach(anchor, in: column.heap.span, column.ends.count) {
      column.ends[$0]
    } body: { place in
      let place = column.baseCount + place
      if column.withBytes(of: place, { match($0, foldingInto: &buffer) }) { found.insert(place) }
    }
    return found
  }

  /// Calls a body with each of `count` texts in a heap that has an anchor, in order.
  private static func forEach(
    _ anchor: GlobAnchor, in heap: Span<UInt8>, _ count: Int, end: (Int) -> Int,
    body: (Int) -> Void
  ) {
    var place = 0
    var offset = 0
    while place < count,
      let hit = ByteSearch.first(
        anchor.first, anchor.last, apart: anchor.distance, in: heap, from: offset)
    {
      place = GlobSegments.place(of: hit, from: place, to: count, end: end)
      guard place < count else { return }
      body(place)
      offset = Swift.max(offset, Swift.min(end(place), heap.count))
      place += 1
    }
  }

  /// The text that holds a byte of a heap, at or after a place.
  private static func place(
    of offset: Int, from place: Int, to count: Int, end: (Int) -> Int
  ) -> Int {
    // Hits are often near, so steps double before they are halved.
    var step = 1
    var low = place
    while low + step < count && end(low + step - 1) <= offset {
      low += step
      step *= 2
    }
    var high = Swift.min(low + step, count)
    while low < high {
      let middle = (low + high) >> 1
      if end(middle) <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
