import Diagnostics
import Language
import Storage

/// Which row of the table each row of a file is.
struct ImportMatching {
  /// For each row of the file the number of its row in the table: one that is there, one that is
  /// to be made, or `KeyMatch.noRow` for one that is not to be touched.
  private(set) var targets: [UInt32]
  /// Rows match by id, where they have one, and so may bring new names.
  let hasIDs: Bool
  private(set) var notes: [ImportProblem] = []

  init(
    of file: ImportedSubaccounts, with table: Table, by key: ImportFile.Key?
  ) throws(ImportProblem) {
    hasIDs = try ImportMatching.usesIDs(key, file)
    targets = Array(repeating: KeyMatch.noRow, count: file.rowCount)
    guard hasIDs, let ids = file.ids else {
      try matchAllNames(of: file, table)
      return
    }
    let withoutID = ImportMatching.emptyPlaces(of: ids)
    if withoutID.isEmpty {
      targets = try ImportMatching.match(ids, .id, file, table).rows
    } else if key == .id {
      throw .rowWithoutKey(.id, line: file.line(of: withoutID[0]))
    } else {
      try match(ids, exceptAt: withoutID, of: file, table)
    }
    notes += SimilarIDs.warnings(about: ids, of: file)
  }

  /// Leaves some rows of the table alone.
  mutating func forget(_ rows: RowSet) {
    for place in targets.indices
    where targets[place] != KeyMatch.noRow && rows.contains(Row(targets[place])) {
      targets[place] = KeyMatch.noRow
    }
  }

  private static func usesIDs(
    _ key: ImportFile.Key?, _ file: ImportedSubaccounts
  ) throws(ImportProblem) -> Bool {
    switch key {
    case .id where file.ids == nil, .name where file.names == nil:
      if let key { throw .noColumn(key) }
      return false
    case .id: return true
    case .name: return false
    case nil:
      if file.ids == nil && file.names == nil { throw .noKeys }
      return file.ids != nil
    }
  }

  private static func emptyPlaces(of column: TextColumn) -> [Int] {
    var places: [Int] = []
    var next = column.firstEmpty()
    while let place = next {
      places.append(place)
      next = column.firstEmpty(from: place + 1)
    }
    return places
  }

  /// Matches a whole column, in which no key may be twice.
  private static func match(
    _ keys: TextColumn, _ key: Table.Key, _ file: ImportedSubaccounts, _ table: Table
  ) throws(ImportProblem) -> KeyMatch {
    let match = table.match(keys, with: key)
    if let twice = match.repeats.first {
      throw .twice(
        key == .id ? .id : .name, keys[twice.second], file.lines(twice),
        others: match.repeats.count - 1)
    }
    return match
  }
}

// MARK: - By name

extension ImportMatching {
  private mutating func matchAllNames(
    of file: ImportedSubaccounts, _ table: Table
  ) throws(ImportProblem) {
    guard let names = file.names else { throw .noKeys }
    if let place = names.firstEmpty() { throw .rowWithoutKey(.name, line: file.line(of: place)) }
    let match = try ImportMatching.match(names, .name, file, table)
    if let place = match.shared.first {
      throw .sharedName(
        names[place], line: file.line(of: place), count: table.rows(named: names[place]).count)
    }
    targets = match.rows
    guard let ids = file.ids else { return }
    let others = targets.indices.count { place in
      targets[place] != KeyMatch.noRow
        && ids.withBytes(of: place) { id in
          !id.isEmpty && !table.withID(of: Row(targets[place])) { $0.isEqual(to: id) }
        }
    }
    if others > 0 { notes.append(.otherIDs(others)) }
  }

  /// In a file with ids, a row without one still names its subaccount.
  private mutating func match(
    _ ids: TextColumn, exceptAt withoutID: [Int], of file: ImportedSubaccounts, _ table: Table
  ) throws(ImportProblem) {
    let isWithoutID = RowSet(withoutID.lazy.map { Row(UInt32($0)) })
    let withID = RowSet(0..<UInt32(file.rowCount)).subtracting(isWithoutID).map(\.index)
    let byID = table.match(ids.texts(at: withID), with: .id)
    if let twice = byID.repeats.first {
      let places = (first: withID[twice.first], second: withID[twice.second])
      throw .twice(
        .id, ids[places.second], file.lines(places), others: byID.repeats.count - 1)
    }
    for (index, place) in withID.enumerated() { targets[place] = byID.rows[index] }
    guard let names = file.names else {
      throw .rowWithoutKey(.id, line: file.line(of: withoutID[0]))
    }
    let byName = table.match(names, with: .name)
    let shared = RowSet(byName.shared.lazy.map { Row(UInt32($0)) })
    if let place = withoutID.first(where: { names[$0].isEmpty }) {
      throw .rowWithoutKey(.name, line: file.line(of: place))
    }
    let repeated = byName.repeats.filter {
      isWithoutID.contains(Row(UInt32($0.first))) || isWithoutID.contains(Row(UInt32($0.second)))
    }
    if let twice = repeated.first {
      throw .twice(
        .name, names[twice.second], file.lines(twice), others: repeated.count - 1)
    }
    let found = RowSet(byID.rows.lazy.filter { $0 != KeyMatch.noRow }.map { Row($0) })
    for place in withoutID {
      let name = names[place]
      if shared.contains(Row(UInt32(place))) {
        throw .sharedName(
          name, line: file.line(of: place), count: table.rows(named: name).count)
      }
      let row = byName.rows[place]
      if row != KeyMatch.noRow, found.contains(Row(row)), let other = targets.firstIndex(of: row) {
        throw .twice(
          .name, name, file.lines((min(place, other), max(place, other))), others: 0)
      }
      targets[place] = row
    }
  }
}

// MARK: - New rows

extension ImportMatching {
  /// Numbers those whom the table does not have in order of their creation, after its last row.
  ///
  /// - Returns: their places in the file, in that order.
  mutating func numberNewRows(
    of file: ImportedSubaccounts, after rowCount: Int, now: Int64
  ) -> [Int] {
    var places = targets.indices.filter { targets[$0] == KeyMatch.noRow }
    if let created = file.created {
      let times = created.times(at: places, otherwise: now)
      if times.indices.dropFirst().contains(where: { times[$0] < times[$0 - 1] }) {
        let order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
        places = order.map { places[$0] }
      }
    }
    for (index, place) in places.enumerated() { targets[place] = UInt32(rowCount + index) }
    return places
  }

  /// What is made for the new rows, whose places in the file are given in their order.
  func createdRows(
    of file: ImportedSubaccounts, in places: [Int], table: Table, now: Int64,
    makeIDs: (Int) -> [Text]
  ) throws(ImportProblem) -> CreatedRows {
    var rows = CreatedRows()
    guard !places.isEmpty else { return rows }
    guard let names = file.names else {
      throw .newWithoutName(line: file.line(of: places[0]), id: file.ids?[places[0]] ?? "")
    }
    rows.names = names.texts(at: places)
    if let index = rows.names.firstEmpty() {
      let place = places[index]
      throw .newWithoutName(line: file.line(of: place), id: file.ids?[place] ?? "")
    }
    rows.times =
      file.created?.times(at: places, otherwise: now)
      ?? Array(repeating: now, count: places.count)
    guard let ids = file.ids else {
      for id in makeIDs(places.count) { rows.ids.append(id) }
      return rows
    }
    rows.ids = ids.texts(at: places)
    if rows.ids.firstEmpty() != nil {
      let given = rows.ids
      var made = makeIDs(given.count { $0.isEmpty })[...]
      rows.ids = TextColumn()
      for id in given { rows.ids.append(id.isEmpty ? made.popFirst() ?? id : id) }
    }
    if !hasIDs { try refuseTakenIDs(rows.ids, places, file, table) }
    return rows
  }

  /// Where rows match by name, the ids of new ones have not been looked at yet.
  private func refuseTakenIDs(
    _ ids: TextColumn, _ places: [Int], _ file: ImportedSubaccounts, _ table: Table
  ) throws(ImportProblem) {
    let match = table.match(ids, with: .id)
    if let index = match.rows.firstIndex(where: { $0 != KeyMatch.noRow }) {
      throw .idTaken(ids[index], line: file.line(of: places[index]))
    }
    if let twice = match.repeats.first {
      throw .twice(
        .id, ids[twice.second], file.lines((places[twice.first], places[twice.second])),
        others: match.repeats.count - 1)
    }
  }
}

extension ImportedSubaccounts {
  /// Where a row begins in the file, from 1.
  func line(of place: Int) -> Int { Int(lines[place]) }

  func lines(_ places: (first: Int, second: Int)) -> ImportProblem.Lines {
    ImportProblem.Lines(
      first: line(of: min(places.first, places.second)),
      second: line(of: max(places.first, places.second)))
  }
}
