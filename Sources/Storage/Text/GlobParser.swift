import Diagnostics

/// The scalars of `[a-z]`, as folded ranges.
struct ScalarClass: Equatable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>] = []
  let isNegated: Bool

  init(isNegated: Bool) {
    self.isNegated = isNegated
  }

  /// Adds a range and what its members fold to.
  mutating func add(_ range: ClosedRange<UInt32>) {
    ranges.append(range)
    let capitals = range.clamped(to: 0x41...0x5A)
    if range.overlaps(0x41...0x5A) {
      ranges.append(capitals.lowerBound + 0x20...capitals.upperBound + 0x20)
    }
    for entry in CaseFoldingTable.ranges where range.overlaps(entry.first...entry.last) {
      for scalar in stride(from: entry.first, through: entry.last, by: Int(entry.step))
      where range.contains(scalar) {
        let folded = CaseFolding.fold(scalar)
        ranges.append(folded...folded)
      }
    }
  }

  func contains(_ folded: UInt32) -> Bool {
    ranges.contains { $0.contains(folded) } != isNegated
  }
}

/// Reads a pattern.
///
/// ```
/// PATTERN = { "*" | "?" | CLASS | ALTERNATIVES | "\" scalar | scalar }
/// CLASS = "[" [ "!" | "^" ] [ "]" ] { MEMBER [ "-" MEMBER ] } "]"
/// MEMBER = "\" scalar | scalar
/// ALTERNATIVES = "{" PATTERN { "," PATTERN } "}"
/// ```
struct GlobParser {
  static let longest = 256

  private let scalars: [(scalar: UInt32, offset: Int)]
  private var next = 0

  static func parse(_ pattern: Text) throws(GlobProblem) -> [GlobNode] {
    guard pattern.count <= longest else { throw .tooLong(limit: longest) }
    var parser = GlobParser(pattern)
    return try parser.sequence(inAlternatives: false)
  }

  private init(_ pattern: Text) {
    var scalars: [(UInt32, Int)] = []
    var offset = 0
    for scalar in pattern.string.unicodeScalars {
      scalars.append((scalar.value, offset))
      offset += scalar.utf8.count
    }
    self.scalars = scalars
  }

  /// PATTERN; within alternatives it ends before `,` and `}`.
  private mutating func sequence(inAlternatives: Bool) throws(GlobProblem) -> [GlobNode] {
    var nodes: [GlobNode] = []
    while next < scalars.count {
      let (scalar, offset) = scalars[next]
      if inAlternatives && (scalar == comma || scalar == closingBrace) { break }
      next += 1
      switch scalar {
      case star:
        if nodes.last != .anyRun { nodes.append(.anyRun) }
      case questionMark: nodes.append(.anyScalar)
      case openingBracket: nodes.append(.scalarClass(try scalarClass(from: offset)))
      case openingBrace: nodes.append(.alternatives(try alternatives(from: offset)))
      case backslash: nodes.append(.scalar(CaseFolding.fold(try escaped(from: offset))))
      default: nodes.append(.scalar(CaseFolding.fold(scalar)))
      }
    }
    return nodes
  }

  /// ALTERNATIVES, behind the brace at `start`.
  private mutating func alternatives(from start: Int) throws(GlobProblem) -> [[GlobNode]] {
    var all: [[GlobNode]] = []
    while true {
      all.append(try sequence(inAlternatives: true))
      guard next < scalars.count else { throw .unclosedBrace(at: start) }
      next += 1
      if scalars[next - 1].scalar == closingBrace { return all }
    }
  }

  /// CLASS, behind the bracket at `start`.
  private mutating func scalarClass(from start: Int) throws(GlobProblem) -> ScalarClass {
    let isNegated = peek == exclamationMark || peek == caret
    if isNegated { next += 1 }
    var result = ScalarClass(isNegated: isNegated)
    var isFirst = true
    while let scalar = peek {
      if scalar == closingBracket && !isFirst {
        next += 1
        return result
      }
      isFirst = false
      let offset = scalars[next].offset
      let lower = try member()
      guard peek == hyphen, next + 1 < scalars.count, scalars[next + 1].scalar != closingBracket
      else {
        result.add(lower...lower)
        continue
      }
      next += 1
      let upper = try member()
      guard lower <= upper else { throw .backwardRange(at: offset) }
      result.add(lower...upper)
    }
    throw .unclosedClass(at: start)
  }

  private mutating func member() throws(GlobProblem) -> UInt32 {
    let (scalar, offset) = scalars[next]
    next += 1
    return scalar == backslash ? try escaped(from: offset) : scalar
  }

  /// The scalar behind the backslash at `start`.
  private mutating func escaped(from start: Int) throws(GlobProblem) -> UInt32 {
    guard let scalar = peek else { throw .danglingEscape(at: start) }
    next += 1
    return scalar
  }

  private var peek: UInt32? { next < scalars.count ? scalars[next].scalar : nil }
}

private let star: UInt32 = 0x2A
private let questionMark: UInt32 = 0x3F
private let openingBracket: UInt32 = 0x5B
private let closingBracket: UInt32 = 0x5D
private let openingBrace: UInt32 = 0x7B
private let closingBrace: UInt32 = 0x7D
private let comma: UInt32 = 0x2C
private let backslash: UInt32 = 0x5C
private let exclamationMark: UInt32 = 0x21
private let caret: UInt32 = 0x5E
private let hyphen: UInt32 = 0x2D
