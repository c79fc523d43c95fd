/// A pattern with classes, alternatives or `?`, as states that run side by side.
///
/// Each scalar of a text moves a set of at most a few hundred states once, so no pattern makes the
/// matching go back.
struct GlobMachine: Sendable {
  private enum Step: Sendable {
    case scalar(UInt32)
    case anyScalar
    case scalarClass(ScalarClass)
    /// Stays where it is for any scalar.
    case anyRun
    case end
  }

  private var steps: [Step] = []
  /// The states reached from each state without reading anything, itself included.
  private var closures: [StateSet] = []
  /// The first word of each closure.
  private let firstWords: [UInt64]
  private let start: StateSet

  /// Sets of states that go up to a pattern's length plus its alternatives.
  private typealias StateSet = [UInt64]

  init(_ nodes: [GlobNode]) {
    var builder = Builder()
    let entry = builder.add(nodes, before: builder.add(.end))
    steps = builder.steps.map { step in
      switch step {
      case .step(let step): step
      case .fork: .end
      }
    }
    let width = (builder.steps.count + 63) / 64
    closures = builder.steps.indices.map { builder.closure(of: $0, width: width) }
    firstWords = closures.map { $0[0] }
    start = closures[entry]
    next = builder.next
    accepting = 0
  }

  private let next: [Int]
  private let accepting: Int

  func match(_ folded: Span<UInt8>) -> Bool {
    start.count == 1 ? matchInOneWord(folded) : matchInWords(folded)
  }

  /// The usual pattern has few states: they fit one word, and nothing is allocated for a text.
  private func matchInOneWord(_ folded: Span<UInt8>) -> Bool {
    var current = start[0]
    var offset = 0
    while offset < folded.count {
      let scalar = UTF8Scalars.scalar(in: folded, at: &offset)
      var following: UInt64 = 0
      while current != 0 {
        let state = current.trailingZeroBitCount
        current &= current - 1
        if let target = target(of: state, reading: scalar) { following |= firstWords[target] }
      }
      if following == 0 { return false }
      current = following
    }
    return current >> UInt64(accepting) & 1 == 1
  }

  private func matchInWords(_ folded: Span<UInt8>) -> Bool {
    var current = start
    var following = [UInt64](repeating: 0, count: current.count)
    var offset = 0
    while offset < folded.count {
      let scalar = UTF8Scalars.scalar(in: folded, at: &offset)
      var isAlive: UInt64 = 0
      for word in following.indices { following[word] = 0 }
      for word in current.indices {
        var rest = current[word]
        while rest != 0 {
          let state = word << 6 + rest.trailingZeroBitCount
          rest &= rest - 1
          guard let target = target(of: state, reading: scalar) else { continue }
          for word in following.indices {
            following[word] |= closures[target][word]
            isAlive |= closures[target][word]
          }
        }
      }
      if isAlive == 0 { return false }
      swap(&current, &following)
    }
    return current[accepting >> 6] >> UInt64(accepting & 63) & 1 == 1
  }

  private func target(of state: Int, reading scalar: UInt32) -> Int? {
    switch steps[state] {
    case .scalar(let wanted): wanted == scalar ? next[state] : nil
    case .anyScalar: next[state]
    case .scalarClass(let members): members.contains(scalar) ? next[state] : nil
    case .anyRun: state
    case .end: nil
    }
  }

  private struct Builder {
    enum Piece {
      case step(Step)
      /// Goes on at each of these states without reading.
      case fork([Int])
    }

    var steps: [Piece] = []
    var next: [Int] = []

    mutating func add(_ step: Step, before following: Int = 0) -> Int {
      steps.append(.step(step))
      next.append(following)
      return steps.count - 1
    }

    /// Adds a sequence that goes on at `following`; the state where it begins.
    mutating func add(_ nodes: [GlobNode], before following: Int) -> Int {
      var entry = following
      for node in nodes.reversed() {
        switch node {
        case .scalar(let scalar): entry = add(.scalar(scalar), before: entry)
        case .anyScalar: entry = add(.anyScalar, before: entry)
        case .anyRun: entry = add(.anyRun, before: entry)
        case .scalarClass(let members): entry = add(.scalarClass(members), before: entry)
        case .alternatives(let all):
          let exit = entry
          let entries = all.map { add($0, before: exit) }
          steps.append(.fork(entries))
          next.append(exit)
          entry = steps.count - 1
        }
      }
      return entry
    }

    func closure(of state: Int, width: Int) -> StateSet {
      var set = StateSet(repeating: 0, count: width)
      var pending = [state]
      while let state = pending.popLast() {
        let bit = UInt64(1) << UInt64(state & 63)
        guard set[state >> 6] & bit == 0 else { continue }
        set[state >> 6] |= bit
        switch steps[state] {
        case .fork(let entries): pending.append(contentsOf: entries)
        case .step(.anyRun): pending.append(next[state])
        case .step: break
        }
      }
      return set
    }
  }
}
