import Diagnostics

/// Where each committed transaction is, when it was made and by whom.
struct History: Sendable {
  struct Entry {
    let firstChange: Int
    let count: Int
    let time: Int64
    let place: Place

    var lastChange: Int { firstChange + count - 1 }
  }

  /// Where a transaction's payload can be read again.
  enum Place {
    case memory([UInt8])
    case journal(segment: Int, offset: Int, length: Int, checksum: UInt64)
  }

  /// One transaction, as it lies in a snapshot.
  private struct Transaction: BitwiseCopyable, Sendable {
    var time: Int64
    var offset: UInt64
    var length: UInt64
    var checksum: UInt64
    var firstChange: UInt32
    var count: UInt32
    /// Place among `actors`.
    var actor: UInt32
    /// Place among the journal's segments; `inMemory` where `offset` is a place among `payloads`.
    var segment: UInt32

    static let inMemory = UInt32.max
  }

  private var transactions = Series<Transaction>()
  private var payloads: [[UInt8]] = []
  private var maps = PayloadMaps()
  private var actors: [Text] = []
  private var placeOfActor: [Text: Int] = [:]

  init() {}

  /// How many transactions there are.
  var count: Int { transactions.count }
  private(set) var lastChange = 0
  var firstTime: Int64? { transactions.isEmpty ? nil : transactions[0].time }
  var lastTime: Int64? { transactions.last?.time }

  mutating func append(count: Int, time: Int64, actor: Text, place: Place) {
    let number = placeOfActor[actor] ?? actors.count
    if number == actors.count {
      actors.append(actor)
      placeOfActor[actor] = number
    }
    var transaction = Transaction(
      time: time, offset: 0, length: 0, checksum: 0, firstChange: UInt32(lastChange + 1),
      count: UInt32(count), actor: UInt32(number), segment: Transaction.inMemory)
    switch place {
    case .memory(let bytes):
      transaction.offset = UInt64(payloads.count)
      payloads.append(bytes)
    case .journal(let segment, let offset, let length, let checksum):
      transaction.segment = UInt32(segment)
      transaction.offset = UInt64(offset)
      transaction.length = UInt64(length)
      transaction.checksum = checksum
    }
    transactions.append(transaction)
    lastChange += count
  }

  /// Takes up what the payload of the transaction appended last looks like.
  ///
  /// `restarts` is where in it every sixteenth change begins, from the first on.
  mutating func noteLastPayload(_ payload: Span<UInt8>, restarts: [Int]) {
    noteLastPayload(
      length: payload.count, blocks: PayloadMaps.checksums(of: payload), restarts: restarts)
  }

  /// The same of a payload whose blocks' checksums are known.
  mutating func noteLastPayload(length: Int, blocks: [UInt64], restarts: [Int]) {
    maps.note(length, blocks: blocks, restarts: restarts, of: transactions.count - 1)
  }

  /// What is known of a transaction's payload; nil where it is to be read whole.
  func map(of index: Int) -> PayloadMap? {
    let transaction = transactions[index]
    return maps.map(
      of: index, length: Int(clamping: transaction.length), changes: Int(transaction.count))
  }

  /// Whether another says the same of each payload that this one knows in parts.
  func agreesOnPayloads(with other: History) -> Bool { maps.agree(with: other.maps) }

  subscript(index: Int) -> Entry {
    let transaction = transactions[index]
    return Entry(
      firstChange: Int(transaction.firstChange), count: Int(transaction.count),
      time: transaction.time, place: place(transaction))
  }

  private func place(_ transaction: Transaction) -> Place {
    if transaction.segment == Transaction.inMemory, transaction.offset < payloads.count {
      return .memory(payloads[Int(transaction.offset)])
    }
    return .journal(
      segment: Int(transaction.segment), offset: Int(clamping: transaction.offset),
      length: Int(clamping: transaction.length), checksum: transaction.checksum)
  }

  /// Says that what a snapshot tells of the transactions makes no sense.
  func condemn() { transactions.condemn() }

  /// The place of the transaction that made a change.
  func index(of change: Int) -> Int? {
    guard change >= 1, change <= lastChange else { return nil }
    let place = transactions.end { Int($0.firstChange) <= change } - 1
    guard place >= 0, change - Int(transactions[place].firstChange) < transactions[place].count
    else {
      condemn()
      return nil
    }
    return place
  }

  /// How many transactions were made at a time or before it.
  func count(upTo time: Int64) -> Int { transactions.end { $0.time <= time } }

  func stamp(of index: Int) -> ChangeStamp {
    ChangeStamp(time: transactions[index].time, actor: actor(of: index) ?? "")
  }

  private func actor(of index: Int) -> Text? {
    let number = Int(transactions[index].actor)
    if number < actors.count { return actors[number] }
    condemn()
    return nil
  }

  /// Whether a transaction's actor satisfies a test, which is made once for each actor.
  func transactions(whereActor test: (Text) -> Bool) -> (Int) -> Bool {
    let holds = actors.map(test)
    return { index in
      let number = Int(transactions[index].actor)
      return number < holds.count && holds[number]
    }
  }
}

// MARK: - In a snapshot

extension History {
  func write(to output: inout some SectionWriter) {
    transactions.write(SectionName(.transactions), to: &output)
    var bytes: [UInt8] = []
    bytes.write(actors) { $1.write($0) }
    output.write(SectionName(.actors), bytes.span)
    maps.write(to: &output)
  }

  init(from input: some SectionReader) throws(Damage) {
    transactions = Series(try input.values(SectionName(.transactions), as: Transaction.self))
    maps = try PayloadMaps(from: input)
    let bytes = try input.values(SectionName(.actors), as: UInt8.self).array
    guard let last = transactions.last else {
      guard bytes.count <= 1 else { throw Damage("actors") }
      return
    }
    var reader = ByteReader(bytes)
    for _ in 0..<(try reader.count("actors")) { actors.append(try reader.text("actor")) }
    for (number, actor) in actors.enumerated() { placeOfActor[actor] = number }
    lastChange = Int(last.firstChange) + Int(last.count) - 1
    guard reader.isAtEnd, lastChange >= 1, lastChange < UInt32.max else {
      throw Damage("transactions")
    }
  }
}

/// What a commit record's payload begins with: who committed, and from where.
extension CommitContext {
  func write(to output: inout [UInt8]) {
    output.write(actor)
    output.write(user)
    output.write(host)
    output.write(optional: script)
  }

  init(from input: inout ByteReader, time: Int64) throws(Damage) {
    self.init(
      actor: try input.text("actor"), user: try input.text("user"),
      host: try input.text("host"), script: try input.optionalText("script"), time: time)
  }
}
