// Who may have a text in common with others: for questions about groups, in which most are alone.

extension Table {
  /// Those of some rows that may share their id or name with others; all where no file's order tells.
  ///
  /// Whoever is left out is alone: so groups of a million names are made of the few that are shared.
  package func rows(_ rows: RowSet, sharing text: OwnText) -> RowSet {
    texts(text).sharedPlaces.map { rows.intersection($0) } ?? rows
  }
}

extension PatchedTexts {
  /// The places that may have a text in common with another, and some more; nil where too many are not
  /// in the order of a file.
  fileprivate var sharedPlaces: RowSet? {
    guard let file = base.base else { return nil }
    let others = Array(base.baseCount..<base.count) + patches.keys.lazy.map(Int.init)
    guard others.count <= 1024 + base.count / 64 else { return nil }
    var shared = Bitmap()
    let limit = base.baseCount
    func insert(_ ranks: Range<Int>) {
      for rank in ranks {
        let place = file.place(ofRank: rank, in: file.order)
        if place < limit { shared.insert(place) }
      }
    }
    var next = file.order.ties.counted.first()
    while let start = next {
      let end = Swift.min(file.order.ties.firstClear(from: start), file.count)
      insert(Swift.max(0, start - 1)..<Swift.max(start, end))
      next = file.order.ties.first(from: Swift.max(end, start + 1))
    }
    for place in others {
      shared.insert(place)
      withBytes(of: place) { insert(file.ranks(of: $0, in: file.order)) }
    }
    return RowSet(shared)
  }
}
