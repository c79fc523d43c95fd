package import Diagnostics

extension Table {
  /// How many of some rows have each value: by value ascending, unset last.
  package func groups(
    by attribute: AttributeNumber, in rows: RowSet
  ) -> [(value: AttributeValue?, count: Int)] {
    let column = columns[attribute.value]
    var counts: [(value: AttributeValue?, count: Int)]
    switch column.type {
    case .text: counts = column.textCounts(in: rows)
    case .number, .quota:
      // Minus zero equals zero.
      counts = column.counts(in: rows, column.numbers) { ($0 == 0 ? 0 : $0).bitPattern }
        .map { (.number(Double(bitPattern: $0)), $1) }
    case .time:
      counts = column.counts(in: rows, column.times) { UInt64(bitPattern: $0) }
        .map { (.time(Int64(bitPattern: $0)), $1) }
    case .boolean:
      let set = RowSet(form: .bitmap(column.present)).intersection(rows)
      let on = set.intersection(RowSet(form: .bitmap(column.booleans))).count
      counts = [(.boolean(false), set.count - on), (.boolean(true), on)].filter { $0.count > 0 }
    }
    counts.sort { left, right in
      guard let a = left.value, let b = right.value else { return false }
      return AttributeValue.ascends(a, b)
    }
    let unset = rows.count - counts.reduce(0) { $0 + $1.count }
    if unset > 0 { counts.append((nil, unset)) }
    return counts
  }

  /// Some distinct texts that live rows have, at most `limit`: for what is near a misspelt one.
  package func distinctTexts(of attribute: AttributeNumber, limit: Int) -> [Text] {
    let column = columns[attribute.value]
    guard column.type == .text else { return [] }
    return column.textCounts(in: live).prefix(limit).compactMap { group in
      if case .text(let text)? = group.value { text } else { nil }
    }
  }
}

extension ValueColumn {
  /// How many of some rows have each text that one of them has.
  fileprivate func textCounts(in rows: RowSet) -> [(value: AttributeValue?, count: Int)] {
    let counts = codeCounts(in: rows)
    return counts.indices.filter { counts[$0] > 0 }.map { (.text(dictionary[$0]), counts[$0]) }
  }

  /// How many of some rows have each text, by code.
  func codeCounts(in rows: RowSet) -> [Int] {
    var counts = [Int](repeating: 0, count: dictionary.count)
    // For so few texts a comparison of all codes with each is faster than looking at each code.
    if counts.count <= 16, rows.count > 4096 {
      let set = RowSet(form: .bitmap(present)).intersection(rows)
      if let found = codes.counts(below: counts.count, among: set.bitmap) {
        counts = found
      } else {
        for code in counts.indices {
          let holders = codes.places(in: [UInt32(code)...UInt32(code)])
          counts[code] = RowSet(form: .bitmap(holders)).intersection(set).count
        }
      }
      if counts.reduce(0, +) != set.count { _ = dictionary.condemned }
      return counts
    }
    forEachSet(of: rows, codes) { code in
      counts[Int(code) < counts.count ? Int(code) : dictionary.condemned] += 1
    }
    return counts
  }

  /// How many of some rows have each value, of which equal ones are the same word.
  fileprivate func counts<Element>(
    in rows: RowSet, _ values: PlainColumn<Element>, _ word: (Element) -> UInt64
  ) -> [(word: UInt64, count: Int)] {
    var interning = Interning()
    var counts: [Int] = []
    forEachSet(of: rows, values) { value in
      let code = Int(interning.code(of: word(value), after: 0))
      if code == counts.count { counts.append(0) }
      counts[code] += 1
    }
    return Array(zip(interning.keys, counts)).map { (word: $0, count: $1) }
  }

  /// Calls a body with the value of each of some rows that has one.
  @inline(__always)
  func forEachSet<Element>(
    of rows: RowSet, _ values: PlainColumn<Element>, _ body: (Element) -> Void
  ) {
    guard rows.count > values.count / 64 else {
      for row in rows where present.contains(row.index) { body(values[row.index]) }
      return
    }
    RowSet(form: .bitmap(present)).intersection(rows).bitmap.words.withSpan { words in
      values.forEachPart { start, part in
        for index in part.indices {
          let place = start + index
          guard place >> 6 < words.count else { return }
          if words[place >> 6] >> UInt64(place & 63) & 1 == 1 { body(part[index]) }
        }
      }
    }
  }
}

extension AttributeValue {
  /// Whether one value comes before another of the same type.
  static func ascends(_ left: AttributeValue, _ right: AttributeValue) -> Bool {
    switch (left, right) {
    case (.text(let a), .text(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.time(let a), .time(let b)): a < b
    case (.boolean(let a), .boolean(let b)): !a && b
    default: false
    }
  }
}
