/// Rows in groups: a number for each row, and what the group of each number has in common.
package struct RowGroups: Sendable {
  /// By value ascending, unset last.
  package let values: [AttributeValue?]
  /// For each of the rows, ascending, the place of its value.
  package let codes: [UInt32]
}

extension Table {
  /// Groups rows by what they have of an attribute.
  ///
  /// Nothing is allocated for a row.
  package func groupCodes(by attribute: AttributeNumber, in rows: RowSet) -> RowGroups {
    columns[attribute.value].groups(at: rows)
  }

  /// Groups rows by their names.
  package func nameCodes(in rows: RowSet) -> RowGroups {
    groups(of: names, in: rows)
  }

  /// Groups rows by their ids: everyone is alone.
  package func idCodes(in rows: RowSet) -> RowGroups {
    groups(of: ids, in: rows)
  }

  private func groups(of texts: PatchedTexts, in rows: RowSet) -> RowGroups {
    var column = ValueColumn(type: .text)
    for row in rows { texts.withBytes(of: row.index) { column.appendText(bytes: $0) } }
    return column.groups(at: RowSet(0..<UInt32(rows.count)))
  }
}

extension ValueColumn {
  /// Groups places by their values.
  package func groups(at rows: RowSet) -> RowGroups {
    var interning = Interning()
    var codes = Array(repeating: UInt32(0), count: rows.count)
    var place = 0
    for row in rows {
      let isSet = row.index < count && present.contains(row.index)
      codes[place] = interning.code(of: isSet ? word(at: row.index) : 0, after: isSet ? 1 : 0)
      place += 1
    }
    let values = interning.keys.indices.map { code in
      interning.predecessors[code] == 0 ? nil : value(of: interning.keys[code])
    }
    let order = values.indices.sorted { left, right in
      guard let a = values[left] else { return false }
      return values[right].map { AttributeValue.ascends(a, $0) } ?? true
    }
    var ranks = Array(repeating: UInt32(0), count: order.count)
    for (rank, code) in order.enumerated() { ranks[code] = UInt32(truncatingIfNeeded: rank) }
    for place in codes.indices { codes[place] = ranks[Int(codes[place])] }
    return RowGroups(values: order.map { values[$0] }, codes: codes)
  }

  /// What stands for a value that is set: equal for equal values of the column.
  private func word(at place: Int) -> UInt64 {
    switch type {
    case .text: UInt64(codes[place])
    // Minus zero equals zero.
    case .number, .quota: (numbers[place] == 0 ? 0 : numbers[place]).bitPattern
    case .boolean: booleans.contains(place) ? 1 : 0
    case .time: UInt64(bitPattern: times[place])
    }
  }

  private func value(of word: UInt64) -> AttributeValue {
    switch type {
    case .text: .text(dictionary[Int(word)])
    case .number, .quota: .number(Double(bitPattern: word))
    case .boolean: .boolean(word == 1)
    case .time: .time(Int64(bitPattern: word))
    }
  }
}
