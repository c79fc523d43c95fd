// What a file says by its own rows, as the table's rows have it.

extension RowSet {
  /// The rows that these stand for by a list of numbers; `KeyMatch.noRow` stands for none.
  package func mapped(through numbers: [UInt32]) -> RowSet {
    var bitmap = Bitmap()
    var isEmpty = true
    for row in self where numbers[row.index] != KeyMatch.noRow {
      bitmap.insert(Int(numbers[row.index]))
      isEmpty = false
    }
    return isEmpty ? RowSet() : RowSet(bitmap)
  }
}

extension ValueColumn {
  /// The places that have a value.
  package var setPlaces: RowSet { RowSet(present) }

  /// The values that are set, in the order of the rows that their places stand for, and these rows.
  package func mapped(through numbers: [UInt32]) -> (rows: RowSet, values: ValueColumn) {
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
