import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show store`: what there is to know about the store itself, with what the open
  /// transaction has changed so far.
  func storeReport() -> ResultTable {
    let facts = store.facts
    let fields: [(name: Text, kind: ResultTable.Kind, value: ResultValue)] = [
      ("path", .text, facts.path.map { .text($0) } ?? .null),
      ("uuid", .text, facts.uuid.map { .text($0) } ?? .null),
      ("format", .integer, .integer(Int(facts.format))),
      ("read_only", .boolean, .boolean(facts.isReadOnly)),
      ("subaccounts", .integer, .integer(table.live.count)),
      ("protected", .integer, .integer(table.protected.count)),
      ("permissions", .integer, .integer(table.catalog.count)),
      ("attributes", .integer, .integer(table.attributes.count)),
      ("changes", .integer, .integer(lastChange)),
      ("first_change", .time, time(ofChange: min(1, lastChange))),
      ("last_change", .time, time(ofChange: lastChange)),
      ("journal_bytes", .integer, .integer(facts.journalBytes)),
      ("journal_files", .integer, .integer(facts.journalFiles)),
    ]
    return ResultTable(
      columns: fields.map { Column(name: $0.name, kind: $0.kind, cells: .values([$0.value])) },
      rowCount: 1, isSingleObject: true, presentation: .card, table: table)
  }

  private func time(ofChange number: Int) -> ResultValue {
    store.stamp(ofChange: number).map { .time($0.time) } ?? .null
  }
}
