import Diagnostics
import Language
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `compare store with`: where the store and what the platform says are not the same.
  ///
  /// What the platform doesn't say is not compared, and neither is what it counts itself. A response
  /// of one subaccount is about that one alone.
  func drift(
    from said: ImportedSubaccounts, at file: Placed<Text>
  ) throws(Diagnostic) -> QueryAnswer {
    let targets = try rows(of: said, at: file)
    var report = Report(
      ["id", "name", "what", "store", "platform"], [.text, .text, .text, .text, .text])
    let permissions = said.permissions.sorted { $0.permission < $1.permission }
    let attributes = said.attributes.compactMap { column in
      column.definition.name == EvaluationContext.counter
        ? nil : table.attribute(named: column.definition.name).map { (column, $0) }
    }
    var differing = 0
    for (place, row) in targets.enumerated() {
      let before = report.rows.count
      guard let row else {
        report.add(
          said.ids?[place] ?? "", said.names?[place] ?? "", "subaccount", .boolean(false),
          .boolean(true))
        differing += 1
        continue
      }
      let (id, name) = (table.id(of: row), table.name(of: row))
      if let other = said.names?[place], !other.isEmpty, other != name {
        report.add(id, name, "name", .text(name), .text(other))
      }
      for (column, number) in attributes {
        guard let other = column.values[place] else { continue }
        let own = table.value(of: number, in: row)
        if own != other {
          report.add(id, name, column.definition.name, ResultValue(own), ResultValue(other))
        }
      }
      let fileRow = Row(UInt32(place))
      for column in permissions {
        let isOn = column.on.contains(fileRow)
        guard isOn || column.off.contains(fileRow) else { continue }
        let has = table.has(column.permission, row)
        if has != isOn {
          let permission = table.catalog[column.permission].canonicalName
          report.add(id, name, permission, .boolean(has), .boolean(isOn))
        }
      }
      if report.rows.count > before { differing += 1 }
    }
    let isAboutOne = said.rowCount == 1
    if !isAboutOne {
      for row in table.live.subtracting(RowSet(targets.compactMap { $0 })) {
        report.add(
          table.id(of: row), table.name(of: row), "subaccount", .boolean(true), .boolean(false))
        differing += 1
      }
    }
    let told = Quantity.of(said.rowCount, "subaccount")
    return QueryAnswer(
      .table(
        report.arranged(
          footer: "\(Quantity.of(differing, "subaccount")) \(differing == 1 ? "differs" : "differ")"
            + "; the platform tells of \(told)\(isAboutOne ? ", and only that is compared" : "")",
          table: table)))
  }

  /// What the platform counts by itself.
  private static let counter: Text = "minutes_used"

  /// For each row of the file the subaccount that it is about; nil where the store has none.
  private func rows(
    of said: ImportedSubaccounts, at file: Placed<Text>
  ) throws(Diagnostic) -> [Row?] {
    let matching: ImportMatching
    do {
      matching = try ImportMatching(of: said, with: table, by: nil)
    } catch {
      throw diagnostic(error, at: file.place.range)
    }
    let noted = notedPlatformIDs()
    return matching.targets.enumerated().map { place, target in
      if let id = said.ids?[place], let row = noted[id] { return row }
      return target == KeyMatch.noRow ? nil : Row(target)
    }
  }

  private func notedPlatformIDs() -> [Text: Row] {
    guard let number = table.attribute(named: Table.platformID) else { return [:] }
    var rows: [Text: Row] = [:]
    for row in table.rows(whereAttribute: number, .isSet) { rows[table.platformID(of: row)] = row }
    return rows
  }
}

extension Report {
  fileprivate mutating func add(
    _ id: Text, _ name: Text, _ what: Text, _ store: ResultValue, _ platform: ResultValue
  ) {
    rows.append([.text(id), .text(name), .text(what), store, platform])
  }
}
