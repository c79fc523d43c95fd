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
    let heap = column.heap.span
    var place = 0
    var offset = 0
    while let hit = ByteSearch.first(wanted.span, in: heap, from: offset, to: heap.count) {
      place = column.place(of: hit, from: place)
      if column.withBytes(of: place, { match($0) }) { found.insert(place) }
      offset = column.ends[place]
      place += 1
    }
    return found
  }
}

extension TextColumn {
  /// The text that holds a byte of the heap, at or after a place.
  fileprivate func place(of offset: Int, from place: Int) -> Int {
    // Hits are often near, so steps double before they are halved.
    var step = 1
    var low = place
    while low + step < ends.count && ends[low + step - 1] <= offset {
      low += step
      step *= 2
    }
    var high = Swift.min(low + step, ends.count)
    while low < high {
      let middle = (low + high) >> 1
      if ends[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
