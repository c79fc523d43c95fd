package import Diagnostics

/// A pattern over a whole text, in any case: `*`, `?`, `[a-z]`, `[!a-z]`, `{dental,legal}`, `\`.
///
/// Compiled once. A pattern of literals and `*` is searched for in whole columns; any other runs as
/// a set of states over each text, whose cost is the text's length times the pattern's, whatever
/// they are.
package struct Glob: Sendable {
  /// As written.
  package let pattern: Text
  /// The scalars that every match begins with, folded.
  let beginning: [UInt32]
  private let plan: Plan

  private enum Plan: Sendable {
    case segments(GlobSegments)
    case machine(GlobMachine)
  }

  /// - Throws: where the pattern is none.
  package init(_ pattern: Text) throws(GlobProblem) {
    self.pattern = pattern
    let nodes = try GlobParser.parse(pattern)
    var beginning: [UInt32] = []
    for node in nodes {
      guard case .scalar(let scalar) = node else { break }
      beginning.append(scalar)
    }
    self.beginning = beginning
    plan = GlobSegments(nodes).map(Plan.segments) ?? .machine(GlobMachine(nodes))
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
    case .segments(let segments):
      return segments.match(bytes, foldingInto: &buffer)
    case .machine(let machine):
      CaseFolding.fold(bytes, into: &buffer)
      return machine.match(buffer.span)
    }
  }

  /// The places of a column whose text matches.
  func places(in column: TextColumn) -> Bitmap {
    if case .segments(let segments) = plan { return segments.places(in: column) }
    var folded: [UInt8] = []
    return Bitmap(count: column.count) { place in
      column.withBytes(of: place) { matches($0, foldingInto: &folded) }
    }
  }
}

extension Glob: Hashable {
  package static func == (left: Glob, right: Glob) -> Bool { left.pattern == right.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}
