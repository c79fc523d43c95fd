import Diagnostics
import Storage

/// What others have committed between a transaction's `begin` and its `commit`, and what comes of it.
package struct Interference: Equatable, Sendable {
  /// Whose changes came in between.
  package struct Others: Equatable, Sendable {
    let first: Int
    let last: Int
    /// The last one's actor.
    let by: Text
  }

  /// What a statement would do now, other than was told.
  package enum Outcome: Equatable, Sendable {
    /// It would touch other subaccounts; the names are the first of those.
    case others(told: Int, now: Int, added: Names, dropped: Names)
    /// The same subaccounts, but something else of them.
    case otherwise(Names)
    case fails(String)
  }

  package struct Names: Equatable, Sendable {
    let names: [Text]
    let count: Int
  }

  let others: Others
  let outcome: Outcome
}

extension Interference {
  /// Compares what a statement did when it was told and what it does now.
  ///
  /// - Parameters:
  ///   - others: who came in between.
  ///   - told: as the rows are numbered now.
  ///   - now: what it does on what is there now.
  ///   - rowCount: how many rows there were before it.
  ///   - table: what is there now, with what the statement does.
  init(
    _ others: Others, told: [Effects], now: [Effects], rowCount: Int, in table: borrowing Table
  ) {
    self.others = others
    let before = Interference.touched(told, rowCount)
    let after = Interference.touched(now, rowCount)
    if before == after {
      outcome = .otherwise(Names(after, in: table))
    } else {
      outcome = .others(
        told: before.count, now: after.count, added: Names(after.subtracting(before), in: table),
        dropped: Names(before.subtracting(after), in: table))
    }
  }

  private static func touched(_ effects: [Effects], _ rowCount: Int) -> RowSet {
    var rows = RowSet()
    var rowCount = rowCount
    for effects in effects {
      rows.formUnion(effects.touchedRows(rowCount: rowCount))
      rowCount += effects.created.count
    }
    return rows
  }
}

extension Interference.Names {
  init(_ rows: RowSet, in table: borrowing Table) {
    names = rows.prefix(rows: RunProblem.namesShown).filter { $0.index < table.rowCount }
      .map { table.name(of: $0) }
    count = rows.count
  }

  /// Such as `'a', 'b' and 3 more`; nil where there is nobody.
  fileprivate var words: String? {
    if count == 0 { return nil }
    if names.isEmpty { return Quantity.of(count, "new subaccount") }
    let more = count - names.count
    return RunProblem.list(names, joinedBy: more > 0 ? "," : " and")
      + (more > 0 ? " and \(Quantity.grouped(more)) more" : "")
  }
}

extension Interference.Others {
  /// Such as `change 7 by 'ben' came in between`.
  var words: String {
    first == last
      ? "change \(first) by '\(by)' came in between"
      : "changes \(first) to \(last), the last by '\(by)', came in between"
  }
}

extension Interference {
  /// What is refused, and why.
  var words: String {
    switch outcome {
    case .fails(let message): "\(others.words), and now this fails: \(message)"
    case .otherwise(let names):
      "\(others.words), and now this would do something else"
        + (names.words.map { " to \($0)" } ?? "")
    case .others(let told, let now, let added, let dropped):
      "\(others.words), and now this would change "
        + "\(Quantity.of(now, "subaccount")) instead of \(Quantity.grouped(told))"
        + [added.words.map { "also \($0)" }, dropped.words.map { "no longer \($0)" }]
        .compactMap { $0 }.joined(separator: ", ").prefixed(by: ": ")
    }
  }
}

extension String {
  fileprivate func prefixed(by prefix: String) -> String { isEmpty ? self : prefix + self }
}
