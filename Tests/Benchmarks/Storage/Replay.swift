import Diagnostics
import Foundation
import Permissions
import Storage

/// How long it takes to read a journal's tail, kind by kind of what may be in it:
/// `swift run -c release StorageBenchmarks replay [COUNT]`.
///
/// Each tail is as long as `StoreLimits.longestTail` allows, on an agency of so many subaccounts: one
/// change more, and a snapshot would be taken. What opening takes without it is subtracted; `weight` is
/// what the store takes it for. The last line is the figure: the tail that takes longest.
struct ReplayBenchmark {
  let folder: String
  let count: Int
  private let allowed = StoreLimits().longestTail

  /// A tail of changes of one kind, so many in each transaction.
  private struct Tail {
    let what: String
    let size: Int
    let effects: (_ number: Int) -> Effects

    init(_ what: String, each size: Int, _ effects: @escaping (_ number: Int) -> Effects) {
      self.what = what
      self.size = size
      self.effects = effects
    }
  }

  init(in folder: String, count: Int) {
    self.folder = folder
    self.count = count
  }

  func run() throws {
    var slowest = (what: "", milliseconds: 0.0)
    for tail in tails {
      let milliseconds = try measure(tail)
      if milliseconds > slowest.milliseconds { slowest = (tail.what, milliseconds) }
    }
    print("the longest: \(slowest.milliseconds) ms, \(slowest.what)  (target: under 10 ms)")
  }

  private var tails: [Tail] {
    let half = RowSet(
      (0..<UInt32(count)).lazy.filter { $0 &* 2_654_435_761 % 7 < 3 }.map { Row($0) })
    let few = RowSet((0..<UInt32(count)).lazy.filter { $0 % 997 == 3 }.map { Row($0) })
    return [
      Tail("one grant to one, each its own transaction", each: 1) { number in
        .init(flipping: PermissionNumber(20), RowSet(Row(scattered(number))))
      },
      Tail("grants to one, in one transaction", each: .max) { number in
        .init(flipping: PermissionNumber(20), RowSet(Row(scattered(number))))
      },
      Tail("grants to one of 36 permissions", each: .max) { number in
        .init(flipping: PermissionNumber(number % 36), RowSet(Row(scattered(number))))
      },
      Tail("grants to all", each: 1) { number in
        .init(flipping: PermissionNumber(20 + number % 2), RowSet(0..<UInt32(count)))
      },
      Tail("grants to many here and there", each: 1) { _ in
        .init(flipping: PermissionNumber(20), half)
      },
      Tail("grants to one in a thousand", each: 1) { _ in
        .init(flipping: PermissionNumber(20), few)
      },
      Tail("renames of one", each: .max) { number in
        var effects = Effects()
        let row = scattered(number)
        effects.renames = [Rename(row: Row(row), old: "Subaccount", new: Text("Renamed \(number)"))]
        return effects
      },
      Tail("renames of a thousand", each: 1) { number in
        var effects = Effects()
        effects.renames = (0..<1_000).map {
          Rename(
            row: Row($0 * 7 % UInt32(count)), old: "Subaccount", new: Text("Renamed \(number)"))
        }
        return effects
      },
      Tail("values set for one", each: .max) { number in
        cells(RowSet(Row(scattered(number))), old: "pro", new: Text("plan \(number % 9)"))
      },
      Tail("values set for all", each: 1) { number in
        cells(RowSet(0..<UInt32(count)), old: "pro", new: Text("plan \(number % 9)"))
      },
      Tail("imports of a hundred", each: 1) { agency(100, from: count + $0 * 100) },
      Tail("subaccounts made one by one", each: .max) { agency(1, from: count + $0) },
      Tail("protections of one", each: .max) { number in
        var effects = Effects()
        effects.protection = RowSet(Row(scattered(number)))
        return effects
      },
      Tail("deletions of one", each: .max) { number in
        var effects = Effects()
        effects.deleted = RowSet(Row(UInt32(number)))
        return effects
      },
    ]
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

  /// Makes a tail as long as is allowed, and measures how long it is read.
  ///
  /// - Returns: for how long, in milliseconds.
  private func measure(_ tail: Tail) throws -> Double {
    let path = Text("\(folder)/replay-\(UInt32.random(in: 0 ... .max)).permdb")
    defer { try? FileManager.default.removeItem(atPath: path.string) }
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
    var isFull = false
    while !isFull {
      try store.begin(context)
      var left = tail.size
      while left > 0, !isFull {
        let savepoint = store.savepoint
        store.append(tail.effects(number), statement: Text("statement \(number)"), line: number)
        isFull = store.tailWeight > allowed
        if isFull { store.rollback(to: savepoint) } else { number += 1 }
        left -= 1
      }
      try store.commit()
    }
    let milliseconds = rounded((try openingTime(path) - without) * 1000)
    let weight = rounded(Double(store.tailWeight) / 1e6)
    print(
      column(tail.what, 44), column("\(number) changes", 14), column("\(milliseconds) ms", 9),
      "weight \(weight)")
    return milliseconds
  }

  private func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
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
