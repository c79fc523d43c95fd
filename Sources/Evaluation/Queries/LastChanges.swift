import Diagnostics
import Storage

/// Which change last touched each row's permissions: for `changed` and `changed_by`.
struct LastChanges {
  /// For each row the number of a change; its creation counts.
  let numbers: [UInt32]
  private let store: Store

  init(in store: Store, asOf change: Int?) throws(Diagnostic) {
    do {
      numbers = try store.lastPermissionChange(asOf: change)
    } catch {
      throw Diagnostic(error)
    }
    self.store = store
  }

  /// For each row the place of its actor among all, in their order.
  var actorRanks: [UInt32] {
    var actors: [Text] = []
    var places: [Text: UInt32] = [:]
    let codes = coded(numbers) { number in
      let actor = store.stamp(ofChange: number)?.actor ?? ""
      if let place = places[actor] { return place }
      let place = UInt32(actors.count)
      places[actor] = place
      actors.append(actor)
      return place
    }
    var ranks = Array(repeating: UInt32(0), count: actors.count)
    for (rank, place) in actors.indices.sorted(by: { actors[$0] < actors[$1] }).enumerated() {
      ranks[place] = UInt32(rank)
    }
    return codes.map { ranks[Int($0)] }
  }

  /// The cells of a column that says something of each row's last change.
  func cells(of rows: [Row], _ value: (ChangeStamp) -> ResultValue) -> ResultTable.Cells {
    var values: [ResultValue] = []
    let codes = coded(rows.lazy.map { numbers[$0.index] }) { number in
      values.append(store.stamp(ofChange: number).map(value) ?? .null)
      return UInt32(values.count - 1)
    }
    return .coded(codes, values: values)
  }

  /// Replaces each change's number by a code that is asked for once.
  private func coded(
    _ numbers: some Sequence<UInt32>, _ code: (Int) -> UInt32
  ) -> [UInt32] {
    var codes: [UInt32: UInt32] = [:]
    var last: (number: UInt32, code: UInt32)?
    return numbers.map { number in
      if let last, last.number == number { return last.code }
      let found = codes[number] ?? code(Int(number))
      codes[number] = found
      last = (number, found)
      return found
    }
  }
}
