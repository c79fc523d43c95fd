package import Diagnostics

/// A pattern over a whole text, in any case: `*`, `?`, `[a-z]`, `[!a-z]`, `{dental,legal}`, `\`.
///
/// Compiled once. A pattern of literals, `*` and a few alternatives is compared piece by piece; any
/// other runs as a set of states over each text, whose cost is the text's length times the pattern's,
/// whatever they are.
package struct Glob: Sendable {
  /// As written.
  package let pattern: Text
  /// The scalars that every match begins with, folded.
  let beginning: [UInt32]
  /// Bytes that every match has, in any case: the longest such run; none where there is no such run.
  private let required: [UInt8]
  private let plan: Plan

  private enum Plan: Sendable {
    /// One of these.
    case segments([GlobSegments])
    case machine(GlobMachine)
  }

  /// - Throws: where the pattern is none.
  package init(_ pattern: Text) throws(GlobProblem) {
    self.pattern = pattern
    let nodes = try GlobParser.parse(pattern)
    beginning = GlobNode.beginning(of: nodes)
    required = GlobNode.required(by: nodes)
    let segments = GlobNode.alternatives(to: nodes, atMost: 8)?.map { GlobSegments($0) }
    if let segments, segments.allSatisfy({ $0 != nil }) {
      plan = .segments(segments.compactMap { $0 })
    } else {
      plan = .machine(GlobMachine(nodes))
    }
  }

  /// Whether every text that begins with `beginning` matches, in any case.
  var isPrefix: Bool {
    if case .segments(let all) = plan, all.count == 1 { all[0].isPrefix } else { false }
  }

  package func matches(_ text: Text) -> Bool {
    matches(text.string.utf8.span)
  }

  func matches(_ bytes: Span<UInt8>) -> Bool {
    var folded: [UInt8] = []
    return matches(bytes, foldingInto: &folded)
  }

  private func matches(_ bytes: Span<UInt8>, foldingInto buffer: inout [UInt8]) -> Bool {
    switch plan {
    case .segments(let all):
      for index in all.indices where all[index].match(bytes, foldingInto: &buffer) { return true }
      return false
    case .machine(let machine):
      CaseFolding.fold(bytes, into: &buffer)
      return machine.match(buffer.span)
    }
  }
}

// MARK: - Searching whole columns

extension Glob {
  /// The places of a column whose text matches.
  ///
  /// All its bytes are searched for those that a match must have, and only the texts in which they are
  /// found are looked at.
  func places(in column: TextColumn, while goesOn: () -> Bool = { true }) -> Bitmap {
    var buffer: [UInt8] = []
    guard !required.isEmpty else {
      return column.places(while: goesOn) { matches($0, foldingInto: &buffer) }
    }
    let isEnough =
      if case .segments(let all) = plan, all.count == 1 {
        all[0].isContaining(required)
      } else {
        false
      }
    var words = [UInt64](repeating: 0, count: (column.count + 63) / 64)
    var hits = LiteralHits(required)
    column.forEachStretch(where: { hits.find(in: $0) }, while: goesOn) { first, bytes, ends in
      hits.forEachText(in: bytes, endingAt: ends) { text, range in
        guard isEnough || matches(bytes.extracting(range), foldingInto: &buffer) else { return }
        words[(first + text) >> 6] |= 1 << UInt64((first + text) & 63)
      }
    }
    return Bitmap(words: words)
  }
}

extension Glob: Hashable {
  package static func == (left: Glob, right: Glob) -> Bool { left.pattern == right.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}
