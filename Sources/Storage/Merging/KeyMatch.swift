/// Which live rows of a table have which keys of a file.
package struct KeyMatch: Sendable {
  /// For each key the row's number, or `noRow`.
  package fileprivate(set) var rows: [UInt32]
  /// Places whose key an earlier place also has, and that earlier place; in order.
  package fileprivate(set) var repeats: [(first: Int, second: Int)] = []
  /// Places whose key several live rows have.
  package fileprivate(set) var shared: [Int] = []

  package static let noRow = UInt32.max
}

extension Table {
  package enum Key: Sendable {
    case id
    case name
  }

  /// Finds the live rows that have some ids, or some names.
  ///
  /// Linear in the keys, and in the rows unless the keys are few: a file in the table's own order
  /// costs one comparison a row, any other a hash join whose index is over the keys. Which keys are twice,
  /// their order tells, which a snapshot may need as well.
  package func match(_ keys: TextColumn, with key: Key) -> KeyMatch {
    let texts = key == .id ? ids : names
    if key == .id, let match = matchInOrder(keys, texts) { return match }
    var match = KeyMatch(rows: Array(repeating: KeyMatch.noRow, count: keys.count))
    let ranks = keys.order
    for rank in RowSet(ranks.ties) {
      match.repeats.append((Int(ranks.places[rank.index - 1]), Int(ranks.places[rank.index])))
    }
    match.repeats.sort { $0.second < $1.second }
    let live = live
    if live.isEmpty { return match }
    if keys.count * 16 < rowCount {
      lookUp(keys, key, into: &match)
    } else {
      let index = TextIndex(over: keys)
      for row in live {
        let place = texts.withBytes(of: row.index) { index.first($0, in: keys) }
        guard let place else { continue }
        if match.rows[place] == KeyMatch.noRow {
          match.rows[place] = row.number
        } else {
          match.shared.append(place)
        }
      }
      match.shared.sort()
    }
    return match
  }

  /// Succeeds where every key is that of a live row, and the rows ascend: then no key is twice.
  private func matchInOrder(_ keys: TextColumn, _ texts: PatchedTexts) -> KeyMatch? {
    var rows: [UInt32] = []
    rows.reserveCapacity(keys.count)
    var candidates = live.makeIterator()
    for place in keys.indices {
      guard let row = candidates.next() else { return nil }
      let isSame = texts.withBytes(of: row.index) { text in
        keys.withBytes(of: place) { $0.isEqual(to: text) }
      }
      guard isSame else { return nil }
      rows.append(row.number)
    }
    return KeyMatch(rows: rows)
  }

  private func lookUp(_ keys: TextColumn, _ key: Key, into match: inout KeyMatch) {
    for place in keys.indices {
      let found =
        key == .id ? row(id: keys[place]).map { RowSet($0) } ?? RowSet() : rows(named: keys[place])
      if let row = found.first { match.rows[place] = row.number }
      if found.count > 1 { match.shared.append(place) }
    }
  }
}
