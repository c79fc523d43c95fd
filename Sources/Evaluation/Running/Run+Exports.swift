import Diagnostics
import Language
import Storage

extension Run {
  mutating func export(
    _ export: ResolvedExport, at place: Place
  ) throws(Stop) {
    let (file, count) = try write(export)
    try settle(file, at: export.file.place)
    // What has been written to the results is its own answer.
    if file.isStandardOutput { return }
    try deliver(.table(ResultTable.exported(export.file.value, count: count, table: store.table)))
  }

  private func write(_ export: ResolvedExport) throws(Stop) -> (any PendingFile, Int) {
    let present = context()
    let (context, rows) = try attempt { () throws(Diagnostic) in
      let context = try present.looking(at: export.asOf)
      return (context, try context.rows(of: export.selection))
    }
    do {
      let file = try files.write(
        ExportRequest(
          path: export.file.value, format: export.format,
          isSpreadsheetSafe: export.isSpreadsheetSafe, rows: Array(rows), table: context.table))
      return (file, rows.count)
    } catch {
      throw .failed(error.at(resolver.source, export.file.place))
    }
  }

  /// `export requests`: what brings the platform from one moment to another.
  mutating func export(_ requests: ResolvedRequests) throws(Stop) {
    let (file, calls) = try write(requests)
    try settle(file, at: requests.file.place)
    if file.isStandardOutput { return }
    try deliver(.table(ResultTable.exported(requests.file.value, calls, table: store.table)))
  }

  private func write(_ requests: ResolvedRequests) throws(Stop) -> (any PendingFile, CallCounts) {
    let context = context()
    let changes = try attempt { () throws(Diagnostic) in
      try context.platformChanges(since: requests.since, until: requests.until)
    }
    do {
      return try files.write(changes, to: requests.file.value)
    } catch {
      throw .failed(error.at(resolver.source, requests.file.place))
    }
  }

  /// What was exported is true at once where nothing waits for a commit; else it waits too.
  mutating func settle(_ file: any PendingFile, at place: Place) throws(Stop) {
    for note in file.notes { sink.report(note) }
    let waiting = WaitingExport(file: file, source: resolver.source, place: place)
    if isRehearsing || options.isDryRun {
      file.discard()
    } else if hasPendingChanges {
      pendingFiles.append(waiting)
    } else {
      try publish(waiting)
    }
  }

  /// `compare store with "FILE"`.
  mutating func compareStore(with file: Placed<Text>) throws(Stop) {
    let context = context()
    let said: ImportedSubaccounts
    do {
      said = try files.read(
        ImportRequest(
          path: file.value, format: nil, catalog: context.table.catalog,
          attributes: context.table.attributes))
    } catch {
      throw .failed(error.place == nil ? error.at(resolver.source, file.place) : error)
    }
    let answer = try attempt { () throws(Diagnostic) in try context.drift(from: said, at: file) }
    try deliver(answer.outcome)
  }
}

extension ResultTable {
  /// What an export says: the file and how many subaccounts it has.
  fileprivate static func exported(_ file: Text, count: Int, table: Table) -> ResultTable {
    sentence(
      [("file", .text(file)), ("subaccounts", .integer(count))],
      "exported \(Quantity.of(count, "subaccount")) to '\(file)'", table)
  }

  /// What an export of requests says: the file and how many calls of each kind it has.
  fileprivate static func exported(
    _ file: Text, _ calls: CallCounts, table: Table
  ) -> ResultTable {
    let kinds = [("DELETE", calls.deletions), ("PUT", calls.updates), ("POST", calls.creations)]
      .filter { $0.1 > 0 }.map { "\(Quantity.grouped($0.1)) \($0.0)" }.joined(separator: ", ")
    return sentence(
      [
        ("file", .text(file)), ("requests", .integer(calls.all)),
        ("notes", .integer(calls.notes)),
      ],
      "exported \(Quantity.of(calls.all, "request")) to '\(file)'"
        + (kinds.isEmpty ? "" : ": \(kinds)"), table)
  }

  private static func sentence(
    _ cells: [(name: Text, value: ResultValue)], _ footer: String, _ table: Table
  ) -> ResultTable {
    ResultTable(
      columns: cells.enumerated().map { index, cell in
        Column(
          name: cell.name, kind: index == 0 ? .text : .integer, cells: .values([cell.value]))
      }, rowCount: 1, isSingleObject: true, presentation: .sentence, footer: footer, table: table)
  }
}
