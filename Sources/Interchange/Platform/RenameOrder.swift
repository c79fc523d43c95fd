import Diagnostics
import Evaluation
import Storage

/// In which order subaccounts get new names, so that no two have one at a time where they need not.
enum RenameOrder {
  /// The updates of subaccounts whose names change.
  ///
  /// A name is given once those who had it have another. Where names go round in a circle, one of
  /// them steps aside first: that is one call more, and the only way.
  static func updates(of rows: [Row], in changes: PlatformChanges) -> [PlatformRequests.Update] {
    if rows.isEmpty { return [] }
    var leaving: [Text: [Int]] = [:]
    var waiting: [Text: [Int]] = [:]
    for (place, row) in rows.enumerated() {
      leaving[changes.before.name(of: row), default: []].append(place)
      waiting[changes.after.name(of: row), default: []].append(place)
    }
    var blockers = rows.map { leaving[changes.after.name(of: $0)]?.count ?? 0 }
    var ready = blockers.indices.filter { blockers[$0] == 0 }
    var hasLeft = Array(repeating: false, count: rows.count)
    var isDone = hasLeft
    var updates: [PlatformRequests.Update] = []
    var next = 0
    var unfinished = 0

    func leave(_ place: Int) {
      guard !hasLeft[place] else { return }
      hasLeft[place] = true
      for other in waiting[changes.before.name(of: rows[place])] ?? [] {
        blockers[other] -= 1
        if blockers[other] == 0 { ready.append(other) }
      }
    }

    while updates.count < rows.count * 2 {
      if next < ready.count {
        let place = ready[next]
        next += 1
        updates.append(PlatformRequests.Update(row: rows[place], isStepAside: false))
        isDone[place] = true
        leave(place)
        continue
      }
      while unfinished < rows.count && isDone[unfinished] { unfinished += 1 }
      guard unfinished < rows.count else { break }
      let place = memberOfCircle(from: unfinished, rows, changes) { name in
        leaving[name]?.first { !hasLeft[$0] }
      }
      updates.append(PlatformRequests.Update(row: rows[place], isStepAside: true))
      leave(place)
    }
    return updates
  }

  /// Follows who waits for whom until somebody turns up again.
  private static func memberOfCircle(
    from start: Int, _ rows: [Row], _ changes: PlatformChanges, holder: (Text) -> Int?
  ) -> Int {
    var seen: Set<Int> = []
    var place = start
    while seen.insert(place).inserted {
      guard let holder = holder(changes.after.name(of: rows[place])) else { return place }
      place = holder
    }
    return place
  }
}
