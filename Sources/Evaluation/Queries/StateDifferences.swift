import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show differences`: the net, whatever happened in between.
  func differences(
    since: ResolvedMoment, until: ResolvedMoment?, of selection: ResolvedSelection?,
    _ show: ResolvedShow
  ) throws(Diagnostic) -> ResultTable {
    let first = try change(at: since)
    let last = try until.map { moment throws(Diagnostic) in try change(at: moment) } ?? lastChange
    let later = try looking(at: .change(last))
    let rows = try selection.map { selection throws(Diagnostic) in
      try later.findingDeleted().rows(of: selection)
    }
    guard first < last else {
      return Differences(of: [], in: later.table).table(saying: "", in: later.table)
        .arranged(by: show)
    }
    let before = try reading { () throws(StoreProblem) in try store.table(asOf: first) }
    let differences = Differences(from: before, to: later.table, among: rows)
    let came = later.table.live.subtracting(before.live)
    let went = before.live.subtracting(later.table.live)
    func count(_ moved: RowSet, _ word: String) -> String {
      let told = rows.map { moved.intersection($0) } ?? moved
      return told.isEmpty ? "" : "; \(Quantity.grouped(told.count)) \(word)"
    }
    return differences.table(
      saying: count(came, "came into being") + count(went, "deleted"), in: later.table
    ).arranged(by: show)
  }
}

extension Differences {
  /// As `show differences` has it.
  fileprivate func table(saying more: String, in table: Table) -> ResultTable {
    ResultTable(
      columns: columns(in: table), rowCount: rows.count,
      footer: "\(Quantity.of(rows.count, "subaccount")) gained or lost permissions\(more)",
      table: table)
  }
}
