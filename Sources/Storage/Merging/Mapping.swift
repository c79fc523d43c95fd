// What a file says by its own rows, as the table's rows have it.

/// For each row of a file the number of its row in the table, or `KeyMatch.noRow`.
package struct RowNumbers: Sendable {
  package let numbers: [UInt32]
  /// The first number, where each is one more than the one before: then none has to be looked up.
  fileprivate let first: UInt32?

  package init(_ numbers: [UInt32]) {
    self.numbers = numbers
    let first = numbers.first ?? 0
    let isCounting = numbers.indices.allSatisfy {
      numbers[$0] == first &+ UInt32($0) && numbers[$0] != KeyMatch.noRow
    }
    self.first = isCounting ? first : nil
  }
}

extension RowSet {
  /// The rows that these stand for.
  package func mapped(through rows: RowNumbers) -> RowSet {
    if let first = rows.first { return shifted(by: first) }
    var bitmap = Bitmap()
    var isEmpty = true
    for row in self where rows.numbers[row.index] != KeyMatch.noRow {
      bitmap.insert(Int(rows.numbers[row.index]))
      isEmpty = false
    }
    return isEmpty ? RowSet() : RowSet(bitmap)
  }

  /// The rows whose numbers are higher by as much.
  private func shifted(by distance: UInt32) -> RowSet {
    if distance == 0 || isEmpty { return self }
    if case .range(let range) = form {
      return RowSet(range.lowerBound + distance..<range.upperBound + distance)
    }
    let source = bitmap.words
    let skipped = Int(distance >> 6)
    let shift = UInt64(distance & 63)
    var words = [UInt64](repeating: 0, count: skipped + source.count + 1)
    for index in 0..<source.count {
      words[skipped + index] |= source[index] << shift
      if shift > 0 { words[skipped + index + 1] |= source[index] >> (64 - shift) }
    }
    if words.last == 0 { words.removeLast() }
    return RowSet(words: words)
  }
}

extension ValueColumn {
  /// The places that have a value.
  package var setPlaces: RowSet { RowSet(present) }

  /// The values that are set, in the order of the rows that their places stand for, and these rows.
  package func mapped(through rows: RowNumbers) -> (rows: RowSet, values: ValueColumn) {
    if rows.first != nil {
      let places = setPlaces
      return (places.mapped(through: rows), setCount == count ? self : values(at: places))
    }
    let numbers = rows.numbers
    var places: [Row] = []
    var isAscending = true
    var last: UInt32?
    for place in setPlaces where numbers[place.index] != KeyMatch.noRow {
      let number = numbers[place.index]
      if let last, last > number { isAscending = false }
      last = number
      places.append(place)
    }
    if !isAscending { places.sort { numbers[$0.index] < numbers[$1.index] } }
    let rows = RowSet(sorted: places.map { Row(numbers[$0.index]) })
    let isWhole = isAscending && places.count == count
    return (rows, isWhole ? self : values(at: places))
  }

  /// The times at some places, and for those without one another.
  package func times(at places: [Int], otherwise other: Int64) -> [Int64] {
    if setCount == count, places.count == count, places.isCounting { return times.array }
    return places.map { isSet($0) ? times[$0] : other }
  }
}

extension [Int] {
  /// Whether each is its own index.
  fileprivate var isCounting: Bool { indices.allSatisfy { self[$0] == $0 } }
}

extension Table {
  /// The renames that give live rows the names of a file; an empty name leaves a row's as it is.
  ///
  /// `rows` has for each name a row's number, or one that the table does not have.
  package func renames(to names: TextColumn, of rows: [UInt32]) -> [Rename] {
    var renames: [Rename] = []
    for place in names.indices where rows[place] < rowCount {
      let row = Row(rows[place])
      let isOther = names.withBytes(of: place) { name in
        !name.isEmpty && !withName(of: row) { $0.isEqual(to: name) }
      }
      if isOther { renames.append(Rename(row: row, old: self.name(of: row), new: names[place])) }
    }
    return renames
  }
}

extension TextColumn {
  /// The texts at some places, in the order of the places.
  package func texts(at places: [Int]) -> TextColumn {
    if places.count == count, places.isCounting { return self }
    var column = TextColumn()
    column.reserveCapacity(places.count, bytes: byteCount)
    for place in places { withBytes(of: place) { column.append(bytes: $0) } }
    return column
  }

  /// The first place with an empty text, from `start` on.
  package func firstEmpty(from start: Int = 0) -> Int? {
    (start..<count).first { withBytes(of: $0) { $0.isEmpty } }
  }
}
