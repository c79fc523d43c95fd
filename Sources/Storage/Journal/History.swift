import Diagnostics

/// Where each committed transaction is, when it was made and by whom.
struct History {
  struct Entry {
    let firstChange: Int
    let count: Int
    let time: Int64
    /// Place among `actors`.
    fileprivate let actor: Int
    let place: Place

    var lastChange: Int { firstChange + count - 1 }
  }

  /// Where a transaction's payload can be read again.
  enum Place {
    case memory([UInt8])
    case journal(segment: Int, offset: Int, length: Int, checksum: UInt64)
  }

  private(set) var entries: [Entry] = []
  private var actors: [Text] = []
  private var placeOfActor: [Text: Int] = [:]

  var lastChange: Int { entries.last.map { $0.firstChange + $0.count - 1 } ?? 0 }
  var lastTime: Int64? { entries.last?.time }

  mutating func append(count: Int, time: Int64, actor: Text, place: Place) {
    let number = placeOfActor[actor] ?? actors.count
    if number == actors.count {
      actors.append(actor)
      placeOfActor[actor] = number
    }
    entries.append(
      Entry(
        firstChange: lastChange + 1, count: count, time: time, actor: number, place: place))
  }

  /// The place of the transaction that made a change.
  func index(of change: Int) -> Int? {
    guard change >= 1, change <= lastChange else { return nil }
    var low = 0
    var high = entries.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if entries[middle].firstChange <= change { low = middle } else { high = middle - 1 }
    }
    return low
  }

  func stamp(of index: Int) -> ChangeStamp {
    ChangeStamp(time: entries[index].time, actor: actors[entries[index].actor])
  }

  /// For each transaction whether its actor satisfies a test, which is made once for each actor.
  func transactions(whereActor test: (Text) -> Bool) -> [Bool] {
    let holds = actors.map(test)
    return entries.map { holds[$0.actor] }
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
