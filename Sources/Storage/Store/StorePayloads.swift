import Diagnostics

/// What was read last of a committed transaction's payload.
struct RecentPayload {
  /// Its place in the history; nil before the first.
  private(set) var index: Int?
  /// Where in the payload the bytes begin.
  private(set) var start = 0
  private(set) var bytes: [UInt8] = []
  /// Where every sixteenth change begins; of a payload that was read whole.
  fileprivate(set) var restarts: [Int] = []
  /// Who committed the transaction that was asked about last, and where the changes begin.
  fileprivate(set) var origin: (index: Int, context: CommitContext, end: Int)?

  mutating func hold(_ bytes: [UInt8], from start: Int, of index: Int) {
    self.index = index
    self.start = start
    self.bytes = bytes
    restarts = []
  }

  func holds(_ range: Range<Int>, of index: Int) -> Bool {
    self.index == index && start <= range.lowerBound && range.upperBound <= start + bytes.count
  }
}

/// One change of a transaction: its head, and where in the payload it says what it did.
struct FoundChange {
  let context: CommitContext
  let head: ChangeHead
  let effects: Range<Int>
}

// Single changes of payloads that may be long: only the blocks are read that they are in.
extension Store {
  /// Finds a change of a committed transaction, without reading what it did.
  func find(_ number: Int, of index: Int) throws(StoreProblem) -> FoundChange {
    let entry = history[index]
    let place = number - entry.firstChange
    let (context, first) = try origin(of: index)
    let group = try group(of: place, in: index, from: first)
    var head = ChangeHead()
    var effects = group.lowerBound..<group.lowerBound
    for _ in 0...place % ChangePacker.restartInterval {
      (head, effects) = try self.head(at: effects.upperBound, upTo: group.upperBound, head, index)
    }
    return FoundChange(context: context, head: head, effects: effects)
  }

  /// What a change did that was found.
  func effects(of change: FoundChange, in index: Int) throws(StoreProblem) -> Effects {
    var input = try part(change.effects, of: index)
    return try decode { () throws(Damage) in
      try Effects(from: &input, rowCount: table.rowCount)
    }
  }

  /// Who committed a transaction, and where its changes begin.
  private func origin(of index: Int) throws(StoreProblem) -> (CommitContext, Int) {
    if let origin = recent.origin, origin.index == index { return (origin.context, origin.end) }
    let entry = history[index]
    let (context, end) = try read(0..<entry.place.length, of: index) { input throws(Damage) in
      try CommitContext(from: &input, time: entry.time)
    }
    recent.origin = (index, context, end)
    return (context, end)
  }

  /// Reads the head of the change that begins at an offset, and where its effects are.
  private func head(
    at start: Int, upTo end: Int, _ previous: ChangeHead, _ index: Int
  ) throws(StoreProblem) -> (ChangeHead, Range<Int>) {
    var length = 0
    let (head, position) = try read(start..<end, of: index) { input throws(Damage) in
      let before = input.position
      length = try input.number(atMost: end - start, "change")
      length += input.position - before
      return try ChangeHead(from: &input, after: previous)
    }
    guard position <= start + length, start + length <= end else {
      throw doubtful(Damage("change"), of: index)
    }
    return (head, position..<start + length)
  }

  /// Where the changes are that share their texts with the one at a place among a transaction's.
  private func group(
    of place: Int, in index: Int, from first: Int
  ) throws(StoreProblem) -> Range<Int> {
    let length = history[index].place.length
    if let map = history.map(of: index) {
      guard let group = map.group(of: place), group.lowerBound >= first else {
        throw doubtful(Damage("history"), of: index)
      }
      return group
    }
    if recent.index != index || recent.restarts.isEmpty {
      let input = try part(first..<length, of: index)
      var changes = ChangeUnpacker(input.bytes, from: input.position)
      recent.restarts = try decode { () throws(Damage) in
        var restarts: [Int] = []
        for place in 0..<history[index].count {
          if place % ChangePacker.restartInterval == 0 { restarts.append(changes.position) }
          try changes.leap()
        }
        return restarts
      }
    }
    let number = place / ChangePacker.restartInterval
    let restarts = recent.restarts
    guard number < restarts.count else { throw doubtful(Damage("history"), of: index) }
    return restarts[number]..<(number + 1 < restarts.count ? restarts[number + 1] : length)
  }

  /// Reads something short at the beginning of a range, and says where it ends.
  ///
  /// How long it is is not known before: where a block does not do, more are read.
  private func read<Result>(
    _ range: Range<Int>, of index: Int, _ body: (inout ByteReader) throws(Damage) -> Result
  ) throws(StoreProblem) -> (Result, Int) {
    var count = PayloadMaps.blockSize / 4
    while true {
      let end = min(range.upperBound, range.lowerBound + count)
      var input = try part(range.lowerBound..<end, of: index)
      let start = input.position
      do throws(Damage) {
        let result = try body(&input)
        return (result, range.lowerBound + input.position - start)
      } catch {
        guard end < range.upperBound else { throw doubtful(error, of: index) }
      }
      count *= 8
    }
  }

  /// Some of the bytes of a transaction's payload, as they were written.
  private func part(_ range: Range<Int>, of index: Int) throws(StoreProblem) -> ByteReader {
    if !recent.holds(range, of: index) { try load(range, of: index) }
    guard recent.holds(range, of: index) else { throw doubtful(Damage("history"), of: index) }
    let start = range.lowerBound - recent.start
    return ByteReader(recent.bytes, start..<start + range.count)
  }

  /// Reads the blocks that some bytes of a payload are in, or the whole of one that is short.
  private func load(_ range: Range<Int>, of index: Int) throws(StoreProblem) {
    switch history[index].place {
    case .memory(let bytes): recent.hold(bytes, from: 0, of: index)
    case .journal(let segment, let offset, let length, let checksum):
      guard let journal = files?.journal, segment < journal.segments.count,
        offset <= journal.segments[segment].end - length
      else { throw doubtful(Damage("history"), of: index) }
      guard let map = history.map(of: index) else {
        let bytes = try journal.payload(
          segment: segment, offset: offset, length: length, checksum: checksum)
        return recent.hold(bytes, from: 0, of: index)
      }
      let blocks = map.blocks(around: range)
      let bytes = try journal.bytes(segment: segment, at: offset + blocks.lowerBound, blocks.count)
      if bytes.count == blocks.count, map.holds(bytes.span, at: blocks.lowerBound) {
        return recent.hold(bytes, from: blocks.lowerBound, of: index)
      }
      // The record itself tells which of the two is not as it was written.
      _ = try journal.payload(segment: segment, offset: offset, length: length, checksum: checksum)
      throw doubtful(Damage("history"), of: index)
    }
  }

  /// What to say where what is known of a payload does not fit it: a snapshot may be to blame.
  private func doubtful(_ damage: Damage, of index: Int) -> StoreProblem {
    history.condemn()
    return damaged(damage)
  }
}

extension History.Place {
  /// How long the payload is.
  var length: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .journal(_, _, let length, _): length
    }
  }
}
