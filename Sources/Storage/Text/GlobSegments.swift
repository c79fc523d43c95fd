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

  /// The places of a column of folded texts that match.
  ///
  /// Where a literal is wanted anywhere, the whole heap is searched for it, and only the texts in
  /// which it is found are looked at.
  func places(in column: TextColumn) -> Bitmap {
    guard head.isEmpty, let wanted = (middle + [tail ?? []]).max(by: { $0.count < $1.count }),
      !wanted.isEmpty
    else {
      return Bitmap(count: column.count) { place in column.withBytes(of: place) { match($0) } }
    }
    var found = Bitmap()
    if let base = column.base {
      base.heap.withSpan(of: 0..<column.baseByteCount) { heap in
        hits(of: wanted, in: heap, column.baseCount) {
          base.byteRange(of: $0).upperBound
        } body: { place in
          if base.withBytes(of: place, { match($0) }) { found.insert(place) }
        }
      }
    }
    hits(of: wanted, in: column.heap.span, column.ends.count) {
      column.ends[$0]
    } body: { place in
      let place = column.baseCount + place
      if column.withBytes(of: place, { match($0) }) { found.insert(place) }
    }
    return found
  }

  /// Calls a body with each of `count` texts in a heap that has a literal, in order.
  private func hits(
    of wanted: [UInt8], in heap: Span<UInt8>, _ count: Int, end: (Int) -> Int,
    body: (Int) -> Void
  ) {
    var place = 0
    var offset = 0
    while place < count,
      let hit = ByteSearch.first(wanted.span, in: heap, from: offset, to: heap.count)
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
