import Diagnostics
import Permissions
import Storage

extension EvaluationContext {
  /// Answers `show changes`: the newest first.
  func changes(
    _ filter: ResolvedChangeFilter, _ show: ResolvedShow
  ) throws(Diagnostic) -> ResultTable {
    let numbers = try numbers(of: filter, limit: show.sort.isEmpty ? show.limit : nil)
    var report = Report(
      ReportFields.changes,
      [
        .integer, .time, .text, .text, .text, .integer, .integer, .integer, .text, .integer, .text,
        .text,
      ], usual: 8)
    for number in numbers {
      let heading = try reading { () throws(StoreProblem) in
        try store.heading(ofChange: number)
      }
      report.rows.append(row(of: heading))
    }
    return report.arranged(by: show, footer: footer(numbers.count, filter, show), table: table)
  }

  private func row(of heading: ChangeHeading) -> [ResultValue] {
    let extent = store.extent(ofChange: heading.number)
    let context = heading.context
    return [
      .integer(heading.number), .time(context.time), .text(context.actor),
      .text(heading.statement), heading.reason.map { .text($0) } ?? .null,
      .integer(Int(extent.subaccounts)), .integer(Int(extent.gained)), .integer(Int(extent.lost)),
      context.script.map { .text($0) } ?? .null, .integer(heading.line), .text(context.user),
      .text(context.host),
    ]
  }

  private func footer(
    _ found: Int, _ filter: ResolvedChangeFilter, _ show: ResolvedShow
  ) -> String {
    let all = Quantity.of(lastChange, "change")
    if found == lastChange, show.limit ?? found >= found { return all }
    let shown = min(found, show.limit ?? found)
    return shown < found || show.limit == found
      ? "the first \(Quantity.grouped(shown)) found of \(all)"
      : "\(Quantity.grouped(found)) of \(all)"
  }

  /// The changes that a filter lets through, the newest first.
  private func numbers(
    of filter: ResolvedChangeFilter, limit: Int?
  ) throws(Diagnostic) -> [Int] {
    var first = 0
    var last = lastChange
    if let since = filter.since { first = try change(at: since) }
    if let until = filter.until { last = min(last, try change(at: until)) }
    guard first < last, limit != 0 else { return [] }
    var rows: RowSet?
    if let selection = filter.subaccounts {
      let selected = try findingDeleted().rows(of: selection)
      if selected.isEmpty { return [] }
      rows = selected
    }
    var found: [Int] = []
    func isEnough(_ number: Int) throws(Diagnostic) -> Bool {
      if try passes(number, filter, rows) { found.append(number) }
      return found.count == limit || isInterrupted()
    }
    if let permissions = filter.permissions {
      let candidates = store.changes(flipping: permissions.set, after: first, upTo: last)
      for number in candidates.reversed() where try isEnough(number) { break }
    } else {
      for number in (first + 1...last).reversed() where try isEnough(number) { break }
    }
    return found
  }

  /// Reads the change only where what is known of it without leaves a doubt.
  private func passes(
    _ number: Int, _ filter: ResolvedChangeFilter, _ rows: RowSet?
  ) throws(Diagnostic) -> Bool {
    if let actor = filter.actor, store.stamp(ofChange: number)?.actor != actor { return false }
    guard let rows, let low = rows.first, let high = rows.last else { return true }
    let extent = store.extent(ofChange: number)
    guard low.number < extent.end, extent.first <= high.number else { return false }
    let span = RowSet(extent.first..<extent.end)
    if extent.subaccounts == extent.end - extent.first, filter.permissions == nil {
      return !rows.isDisjoint(with: span)
    }
    if rows.isDisjoint(with: span) { return false }
    let effects = try reading { () throws(StoreProblem) in try store.change(number) }.effects
    guard let permissions = filter.permissions else {
      return !rows.isDisjoint(with: effects.touchedBefore)
        || effects.created.count > 0 && !rows.isDisjoint(with: store.rows(createdBy: number))
    }
    return effects.flips.contains {
      permissions.set.contains($0.permission) && !rows.isDisjoint(with: $0.rows)
    }
  }
}
