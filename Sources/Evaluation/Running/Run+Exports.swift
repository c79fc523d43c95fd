import Diagnostics
import Language
import Storage

extension Run {
  mutating func export(
    _ export: ResolvedExport, at place: Place
  ) throws(Stop) {
    let (file, count) = try write(export)
    try settle(
      file, at: export.file.place, ExportAnswer(subaccounts: count, to: export.file.value))
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
    try settle(file, at: requests.file.place, ExportAnswer(calls, to: requests.file.value))
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

extension ExportAnswer {
  fileprivate init(subaccounts count: Int, to file: Text) {
    self.init(
      file: file, counts: [("subaccounts", count)], content: Quantity.of(count, "subaccount"))
  }

  fileprivate init(_ calls: CallCounts, to file: Text) {
    let kinds = [("DELETE", calls.deletions), ("PUT", calls.updates), ("POST", calls.creations)]
      .filter { $0.1 > 0 }.map { "\(Quantity.grouped($0.1)) \($0.0)" }.joined(separator: ", ")
    self.init(
      file: file, counts: [("requests", calls.all), ("notes", calls.notes)],
      content: Quantity.of(calls.all, "request"), detail: kinds.isEmpty ? "" : ": \(kinds)")
  }
}
