import Diagnostics

// What damage has cost: looked for in all that is still there.
extension Journal {
  /// What is known of the changes behind the last good one.
  func lostChanges() throws(StoreProblem) -> LostChanges {
    var lost = LostChanges(first: nextChange, after: lastChange > 0 ? lastTime : nil)
    if let slot = head.newest, slot.store == store {
      lost.note(upTo: slot.lastChange, time: slot.time)
    }
    for witness in witnesses where witness.store == store {
      lost.note(upTo: witness.position.change, time: witness.position.time)
    }
    for name in try segmentNames() where name >= (segments.last?.name ?? name) {
      try note(name, &lost)
    }
    return lost
  }

  private func note(_ name: SegmentName, _ lost: inout LostChanges) throws(StoreProblem) {
    let file = try directory.open(name.text, as: .read)
    defer { directory.disk.close(file) }
    let size = try directory.facts(of: file, name.text).size
    var offset = name == segments.last?.name ? segments.last?.end ?? 0 : 0
    while offset < size {
      let bytes = try directory.read(file, name.text, at: offset, count: 1 << 20)
      if bytes.isEmpty { return }
      if offset == 0, let header = try? SegmentHeader(bytes) {
        lost.note(upTo: header.name.firstChange - 1, time: header.previousTime)
      }
      for place in stride(from: 0, to: bytes.count, by: RecordHeader.alignment) {
        guard let header = RecordHeader(bytes.span, at: place),
          max(header.firstChange, header.count) <= UInt64(Int.max / 4)
        else { continue }
        lost.note(upTo: Int(header.firstChange) + Int(header.count) - 1, time: header.time)
      }
      offset += bytes.count
    }
  }
}

extension LostChanges {
  fileprivate mutating func note(upTo change: Int, time: Int64) {
    guard change >= first, change > last ?? 0 else { return }
    last = change
    until = time
  }
}
