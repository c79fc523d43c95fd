import Diagnostics

/// A change without what it did.
struct ChangeHead: Equatable {
  var line = 0
  var statement: [UInt8] = []
  var reason: Text?
}

/// Packs the changes of one transaction one after another.
///
/// Statements of a script resemble each other, so each is written as what it shares with the one
/// before and the rest. Every sixteenth stands for itself, so that one can be read without all.
struct ChangePacker {
  private(set) var bytes: [UInt8] = []
  /// Where each change begins.
  private(set) var offsets: [Int] = []
  private var previous = ChangeHead()
  private var scratch: [UInt8] = []

  static let restartInterval = 16

  var count: Int { offsets.count }

  /// Where the changes begin that stand for themselves.
  var restarts: [Int] {
    stride(from: 0, to: count, by: ChangePacker.restartInterval).map { offsets[$0] }
  }

  mutating func append(_ effects: Effects, statement: Text, line: Int, reason: Text?) {
    if count % ChangePacker.restartInterval == 0 { previous = ChangeHead() }
    scratch.removeAll(keepingCapacity: true)
    let head = ChangeHead(line: line, statement: statement.bytes, reason: reason)
    head.write(after: previous, to: &scratch)
    effects.write(to: &scratch)
    offsets.append(bytes.count)
    bytes.write(varint: scratch.count)
    bytes.append(contentsOf: scratch)
    previous = head
    // A million-row import should not keep its bytes twice.
    if scratch.capacity > 1 << 20 { scratch = [] }
  }

  /// Forgets the changes from `count` on.
  mutating func truncate(to count: Int) throws(Damage) {
    guard count < offsets.count else { return }
    bytes.removeSubrange(offsets[count]...)
    offsets.removeSubrange(count...)
    previous = ChangeHead()
    for index in count / ChangePacker.restartInterval * ChangePacker.restartInterval..<count {
      var input = ByteReader(bytes, range(of: index))
      _ = try input.varint("change")
      previous = try ChangeHead(from: &input, after: previous)
    }
  }

  func change(_ index: Int, rowCount: Int) throws(Damage) -> (head: ChangeHead, effects: Effects) {
    let interval = ChangePacker.restartInterval
    var unpacker = ChangeUnpacker(bytes, from: offsets[index / interval * interval])
    for _ in 0..<index % interval { try unpacker.skip() }
    return try unpacker.next(rowCount: rowCount)
  }

  private func range(of index: Int) -> Range<Int> {
    offsets[index]..<(index + 1 < offsets.count ? offsets[index + 1] : bytes.count)
  }
}

/// Reads packed changes from one that stands for itself.
struct ChangeUnpacker {
  private var input: ByteReader
  private var previous = ChangeHead()
  private var index = 0

  /// Where the next change begins.
  var position: Int { input.position }

  init(_ bytes: [UInt8], from offset: Int, to end: Int? = nil) {
    input = ByteReader(bytes, offset..<(end ?? bytes.count))
  }

  var isAtEnd: Bool { input.isAtEnd }

  mutating func skip() throws(Damage) {
    _ = try nextHead()
  }

  /// Passes over a change without looking into it, up to the next one that stands for itself.
  mutating func leap() throws(Damage) {
    let length = try input.count("change")
    _ = try input.take(length, "change")
    index += 1
  }

  /// The next change; `rowCount` is how many rows there were before it, at most.
  mutating func next(rowCount: Int) throws(Damage) -> (head: ChangeHead, effects: Effects) {
    var rest = try nextHead()
    return (previous, try Effects(from: &rest, rowCount: rowCount))
  }

  /// Reads a head and returns what follows it in its change.
  private mutating func nextHead() throws(Damage) -> ByteReader {
    if index % ChangePacker.restartInterval == 0 { previous = ChangeHead() }
    index += 1
    let length = try input.count("change")
    var content = ByteReader(input.bytes, try input.take(length, "change"))
    previous = try ChangeHead(from: &content, after: previous)
    return content
  }
}

extension ChangeHead {
  private enum ReasonTag {
    static let none: UInt8 = 0
    static let given: UInt8 = 1
    static let sameAsBefore: UInt8 = 2
  }

  func write(after previous: ChangeHead, to output: inout [UInt8]) {
    if reason == nil {
      output.append(ReasonTag.none)
    } else if reason == previous.reason {
      output.append(ReasonTag.sameAsBefore)
    } else if let reason {
      output.append(ReasonTag.given)
      output.write(reason)
    }
    output.write(zigzag: Int64(line - previous.line))
    var shared = 0
    let most = min(statement.count, previous.statement.count)
    while shared < most && statement[shared] == previous.statement[shared] { shared += 1 }
    output.write(varint: shared)
    output.write(varint: statement.count - shared)
    output.append(contentsOf: statement[shared...])
  }

  init(from input: inout ByteReader, after previous: ChangeHead) throws(Damage) {
    switch try input.byte("change") {
    case ReasonTag.none: reason = nil
    case ReasonTag.given: reason = try input.text("reason")
    case ReasonTag.sameAsBefore: reason = previous.reason
    default: throw Damage("change")
    }
    let (line, overflow) = previous.line.addingReportingOverflow(Int(try input.zigzag("line")))
    guard !overflow else { throw Damage("line") }
    self.line = line
    let shared = try input.number(atMost: previous.statement.count, "statement")
    let rest = try input.take(try input.count("statement"), "statement")
    statement = Array(previous.statement[..<shared])
    statement += input.bytes[rest]
  }
}

extension Change {
  init(number: Int, context: CommitContext, head: ChangeHead, effects: Effects) throws(Damage) {
    guard let statement = Text(validating: head.statement) else { throw Damage("statement") }
    self.init(
      number: number, context: context, line: head.line, statement: statement,
      reason: head.reason, effects: effects)
  }
}
