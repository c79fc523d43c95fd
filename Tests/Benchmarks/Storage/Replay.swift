import Diagnostics
import Foundation
import Permissions
import Storage

/// How long it takes to read a journal's tail, kind by kind of what may be in it:
/// `swift run -c release StorageBenchmarks replay [COUNT]`.
///
/// Each tail is as long as `StoreLimits.longestTail` allows, on an agency of so many subaccounts. What
/// opening takes without it is subtracted. `weight` is what the store takes it for.
struct ReplayBenchmark {
  let folder: String
  let count: Int
  private let allowed = StoreLimits().longestTail

  init(in folder: String, count: Int) {
    self.folder = folder
    self.count = count
  }

  func run() throws {
    try measure("one grant to one, each its own transaction", each: 1) { number in
      .init(flipping: PermissionNumber(20), RowSet(Row(scattered(number))))
    }
    try measure("grants to one, in one transaction", each: .max) { number in
      .init(flipping: PermissionNumber(20), RowSet(Row(scattered(number))))
    }
    try measure("grants to one of 36 permissions", each: .max) { number in
      .init(flipping: PermissionNumber(number % 36), RowSet(Row(scattered(number))))
    }
    try measure("grants to all", each: 1) { number in
      .init(flipping: PermissionNumber(20 + number % 2), RowSet(0..<UInt32(count)))
    }
    let half = RowSet(
      (0..<UInt32(count)).lazy.filter { $0 &* 2_654_435_761 % 7 < 3 }.map { Row($0) })
    try measure("grants to many here and there", each: 1) { _ in
      .init(flipping: PermissionNumber(20), half)
    }
    let few = RowSet((0..<UInt32(count)).lazy.filter { $0 % 997 == 3 }.map { Row($0) })
    try measure("grants to one in a thousand", each: 1) { _ in
      .init(flipping: PermissionNumber(20), few)
    }
    try measure("renames of one", each: .max) { number in
      var effects = Effects()
      let row = scattered(number)
      effects.renames = [Rename(row: Row(row), old: "Subaccount", new: Text("Renamed \(number)"))]
      return effects
    }
    try measure("renames of a thousand", each: 1) { number in
      var effects = Effects()
      effects.renames = (0..<1_000).map {
        Rename(row: Row($0 * 7 % UInt32(count)), old: "Subaccount", new: Text("Renamed \(number)"))
      }
      return effects
    }
    try measure("values set for one", each: .max) { number in
      cells(RowSet(Row(scattered(number))), old: "pro", new: Text("plan \(number % 9)"))
    }
    try measure("values set for all", each: 1) { number in
      cells(RowSet(0..<UInt32(count)), old: "pro", new: Text("plan \(number % 9)"))
    }
    try measure("imports of a hundred", each: 1) { agency(100, from: count + $0 * 100) }
    try measure("subaccounts made one by one", each: .max) { agency(1, from: count + $0) }
    try measure("protections of one", each: .max) { number in
      var effects = Effects()
      effects.protection = RowSet(Row(scattered(number)))
      return effects
    }
    try measure("deletions of one", each: .max) { number in
      var effects = Effects()
      effects.deleted = RowSet(Row(UInt32(number)))
      return effects
    }
  }

  private func scattered(_ number: Int) -> UInt32 { UInt32(number &* 7_919 % count) }

  private func cells(_ rows: RowSet, old: Text, new: Text) -> Effects {
    var effects = Effects()
    var values = (old: ValueColumn(type: .text), new: ValueColumn(type: .text))
    for _ in 0..<rows.count {
      values.old.appendText(bytes: old.bytes.span)
      values.new.appendText(bytes: new.bytes.span)
    }
    effects.cells = [
      AttributeCells(
        attribute: AttributeNumber(0), rows: rows, old: values.old, new: values.new)
    ]
    return effects
  }

  private func agency(_ count: Int, from first: Int) -> Effects {
    var effects = Effects()
    for number in first..<first + count {
      effects.created.ids.append(Text("\(1_726_005_822_670 + number)x239735712159542050"))
      effects.created.names.append(Text("Subaccount \(number)"))
      effects.created.times.append(1_700_000_000_000 + Int64(number) * 977)
    }
    let rows = RowSet(UInt32(first)..<UInt32(first + count))
    effects.flips = (0..<18).map {
      PermissionFlips(permission: PermissionNumber($0 * 2), rows: rows)
    }
    effects.cells = cells(rows, old: "", new: "pro").cells
    return effects
  }

  /// Makes a tail of changes, so many in each transaction, and measures how long it is read.
  private func measure(_ what: String, each size: Int, _ effects: (Int) -> Effects) throws {
    let path = Text("\(folder)/replay-\(UInt32.random(in: 0 ... .max)).permdb")
    let context = CommitContext(actor: "ada", user: "ada", host: "here", time: 1_700_000_000_000)
    var limits = StoreLimits()
    limits.longestTail = .max
    let store = try Store.open(path, limits: limits)
    try store.begin(context)
    store.append(agency(count, from: 0), statement: "import \"agency.csv\"", line: 1)
    try store.commit()
    _ = try store.takeSnapshot(context)
    let without = try openingTime(path)
    var number = 0
    while store.tailWeight < allowed {
      try store.begin(context)
      for _ in 0..<size where store.tailWeight < allowed {
        store.append(effects(number), statement: Text("statement \(number)"), line: number)
        number += 1
      }
      try store.commit()
    }
    let time = try openingTime(path) - without
    let name = what.padding(toLength: 44, withPad: " ", startingAt: 0)
    let milliseconds = rounded(time * 1000)
    print(
      "\(name) \(number) changes: \(milliseconds) ms, weight \(rounded(Double(store.tailWeight) / 1e6))"
    )
    try FileManager.default.removeItem(atPath: path.string)
  }

  /// The least processor time of some, in seconds, that opening takes.
  private func openingTime(_ path: Text) throws -> Double {
    try (0..<7).map { _ in
      let start = clock()
      _ = try Store.open(path, access: .readOnly).lastChange
      return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }.min() ?? 0
  }
}
