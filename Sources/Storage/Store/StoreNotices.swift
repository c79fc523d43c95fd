/// What there is to tell of a store, and what was told: each thing once.
///
/// A reader finds what a writer then puts right, or is refused for. What is known last is told, and only
/// that.
struct StoreNotices {
  private var waiting: [StoreNotice] = []
  private var told: [StoreNotice] = []

  mutating func note(_ notice: StoreNotice) {
    if let place = waiting.firstIndex(where: notice.isOfSame) {
      waiting[place] = notice
    } else if !told.contains(where: notice.isOfSame) {
      waiting.append(notice)
    }
  }

  /// Takes what is to be told now; `mayWrite` keeps back what a write would tell otherwise.
  mutating func take(mayWrite: Bool) -> [StoreNotice] {
    let taken = waiting.filter { !(mayWrite && $0.isOfWriters) }
    waiting.removeAll { !(mayWrite && $0.isOfWriters) }
    told += taken
    return taken
  }

  /// Leaves out what an error tells.
  mutating func leaveOut(_ notice: StoreNotice) {
    waiting.removeAll(where: notice.isOfSame)
    told.append(notice)
  }
}

extension StoreNotice {
  /// Whether two tell of the same thing, whatever has become of it.
  fileprivate func isOfSame(_ other: StoreNotice) -> Bool {
    switch (self, other) {
    case (.tornTail(let file, let bytes), .tailCut(let same, let count, _)),
      (.tailCut(let file, let bytes, _), .tornTail(let same, let count)):
      file == same && bytes == count
    case (.snapshotDamaged(let file, _), .snapshotDamaged(let same, _)): file == same
    default: self == other
    }
  }

  /// Whether a writer puts it right, or is refused for it.
  fileprivate var isOfWriters: Bool {
    switch self {
    case .tornTail, .damaged, .snapshotDamaged(_, quarantine: nil): true
    case .tailCut, .snapshotDamaged, .snapshotFailed, .recovered: false
    }
  }
}
