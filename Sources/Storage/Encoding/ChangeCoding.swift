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
///
/// What an import did is kept as it is, and packed only when it is written: it shares its columns with
/// the table, so that it is not in memory twice.
struct ChangePacker {
  /// The changes, but for what those did that are kept as they are.
  private var bytes: [UInt8] = []
  /// Where each change begins in `bytes`.
  private var offsets: [Int] = []
  private var kept: [Int: Kept] = [:]
  private var previous = ChangeHead()
  private var scratch: [UInt8] = []

  /// What a change did, and how many bytes that takes.
  private struct Kept {
    let effects: Effects
    let size: Int
  }

  static let restartInterval = 16
  /// A change that makes as many rows, or changes as many values, is kept as it is.
  static let keptRows = 10_000

  var count: Int { offsets.count }

  /// How many bytes all changes take.
  var byteCount: Int { kept.values.reduce(bytes.count) { $0 + $1.size } }

  /// Where the changes begin that stand for themselves.
  var restarts: [Int] {
    stride(from: 0, to: count, by: ChangePacker.restartInterval).map { index in
      kept.reduce(offsets[index]) { $0 + ($1.key < index ? $1.value.size : 0) }
    }
  }

  mutating func append(_ effects: Effects, statement: Text, line: Int, reason: Text?) {
    if count % ChangePacker.restartInterval == 0 { previous = ChangeHead() }
    scratch.removeAll(keepingCapacity: true)
    let head = ChangeHead(line: line, statement: statement.bytes, reason: reason)
    head.write(after: previous, to: &scratch)
    if effects.cellCount >= ChangePacker.keptRows {
      var counter = ByteCounter()
      effects.write(to: &counter)
      kept[count] = Kept(effects: effects, size: counter.count)
    } else {
      effects.write(to: &scratch)
    }
    offsets.append(bytes.count)
    bytes.write(varint: scratch.count + (kept[count - 1]?.size ?? 0))
    bytes.append(contentsOf: scratch)
    previous = head
  }

  /// Writes all changes.
  func write(to output: inout some ByteOutput) {
    write(0..<count, to: &output)
  }

  private func write(_ changes: Range<Int>, to output: inout some ByteOutput) {
    var next = changes.lowerBound
    for index in kept.keys.filter({ changes.contains($0) }).sorted() {
      let end = range(of: index).upperBound
      output.append(bytes: bytes.span.extracting(offsets[next]..<end))
      kept[index]?.effects.write(to: &output)
      next = index + 1
    }
    guard next < changes.upperBound else { return }
    output.append(
      bytes: bytes.span.extracting(offsets[next]..<range(of: changes.upperBound - 1).upperBound))
  }

  /// Forgets the changes from `count` on.
  mutating func truncate(to count: Int) throws(Damage) {
    guard count < offsets.count else { return }
    bytes.removeSubrange(offsets[count]...)
    offsets.removeSubrange(count...)
    kept = kept.filter { $0.key < count }
    previous = ChangeHead()
    for index in count / ChangePacker.restartInterval * ChangePacker.restartInterval..<count {
      previous = try head(of: index, after: previous)
    }
  }

  private func head(of index: Int, after previous: ChangeHead) throws(Damage) -> ChangeHead {
    var input = ByteReader(bytes, range(of: index))
    _ = try input.varint("change")
    return try ChangeHead(from: &input, after: previous)
  }

  func change(_ index: Int, rowCount: Int) throws(Damage) -> (head: ChangeHead, effects: Effects) {
    let first = index / ChangePacker.restartInterval * ChangePacker.restartInterval
    if let kept = kept[index] {
      var head = ChangeHead()
      for index in first...index { head = try self.head(of: index, after: head) }
      return (head, kept.effects)
    }
    var packed: [UInt8] = []
    write(first..<index + 1, to: &packed)
    var unpacker = ChangeUnpacker(packed, from: 0)
    for _ in first..<index { try unpacker.skip() }
    return try unpacker.next(rowCount: rowCount)
  }

  private func range(of index: Int) -> Range<Int> {
    offsets[index]..<(index + 1 < offsets.count ? offsets[index + 1] : bytes.count)
  }
}

/// Reads packed changes from one that stands for itself.
///
/// Either all of them with their heads, or all of them without.
struct ChangeUnpacker {
  /// What a change did.
  enum Deed {
    case flip(CellFlip)
    case effects(Effects)
  }

  private var input: ByteReader
  private var previous = ChangeHead()
  private var passed = PassedHead()
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

  /// What the next change did, for who has no use for its head.
  mutating func nextDeed(rowCount: Int) throws(Damage) -> Deed {
    if index % ChangePacker.restartInterval == 0 { passed = PassedHead() }
    index += 1
    let length = try input.count("change")
    var content = ByteReader(input.bytes, try input.take(length, "change"))
    try passed.passOver(&content)
    if let flip = Effects.readCellFlip(content) { return .flip(flip) }
    return .effects(try Effects(from: &content, rowCount: rowCount))
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

private enum ReasonTag {
  static let none: UInt8 = 0
  static let given: UInt8 = 1
  static let sameAsBefore: UInt8 = 2
}

extension ChangeHead {
  func write(after previous: ChangeHead, to output: inout some ByteOutput) {
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
    output.append(bytes: statement.span.extracting(shared...))
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

/// As much of a change's head as it takes to pass over the next one.
private struct PassedHead {
  private var line = 0
  private var statementLength = 0

  mutating func passOver(_ input: inout ByteReader) throws(Damage) {
    switch try input.byte("change") {
    case ReasonTag.none, ReasonTag.sameAsBefore: break
    case ReasonTag.given: _ = try input.text("reason")
    default: throw Damage("change")
    }
    let (line, overflow) = self.line.addingReportingOverflow(Int(try input.zigzag("line")))
    guard !overflow else { throw Damage("line") }
    self.line = line
    let shared = try input.number(atMost: statementLength, "statement")
    let rest = try input.take(try input.count("statement"), "statement")
    statementLength = shared + rest.count
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

extension Effects {
  /// About how many cells there are to be written.
  fileprivate var cellCount: Int {
    cells.reduce(created.count) { $0 + $1.new.count }
  }
}
