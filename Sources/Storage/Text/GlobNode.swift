/// What a pattern is made of; scalars are case-folded.
enum GlobNode: Equatable, Sendable {
  case scalar(UInt32)
  /// `?`
  case anyScalar
  /// `*`
  case anyRun
  case scalarClass(ScalarClass)
  case alternatives([[GlobNode]])
}

extension GlobNode {
  /// The scalars that every match begins with.
  static func beginning(of nodes: [GlobNode]) -> [UInt32] {
    var beginning: [UInt32] = []
    for node in nodes {
      guard case .scalar(let scalar) = node else { break }
      beginning.append(scalar)
    }
    return beginning
  }

  /// The longest run of bytes that every match has, where in a text each is one byte of ASCII.
  static func required(by nodes: [GlobNode]) -> [UInt8] {
    var longest: [UInt8] = []
    var run: [UInt8] = []
    for node in nodes {
      if case .scalar(let scalar) = node, let byte = UInt8(exactly: scalar), isOneByte(byte) {
        run.append(byte)
        if run.count > longest.count { longest = run }
      } else {
        run = []
      }
    }
    return longest
  }

  /// Not so the letters for which there are others beyond ASCII, such as the sign for kelvin.
  private static func isOneByte(_ byte: UInt8) -> Bool {
    byte < 0x80 && CaseFolding.variants(of: UInt32(byte)).allSatisfy { $0 < 0x80 }
  }

  /// Patterns without alternatives of which a text must match one; nil where they are many.
  static func alternatives(to nodes: [GlobNode], atMost limit: Int) -> [[GlobNode]]? {
    var all: [[GlobNode]] = [[]]
    for node in nodes {
      var choices = [[node]]
      if case .alternatives(let sequences) = node {
        choices = []
        for sequence in sequences {
          guard let some = alternatives(to: sequence, atMost: limit) else { return nil }
          choices += some
        }
      }
      guard all.count * choices.count <= limit else { return nil }
      all = all.flatMap { start in choices.map { start + $0 } }
    }
    return all
  }
}
