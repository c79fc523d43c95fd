/// Why a pattern is none, and where: byte offsets into the pattern.
package enum GlobProblem: Error, Hashable, Sendable {
  case tooLong(limit: Int)
  case unclosedClass(at: Int)
  case unclosedBrace(at: Int)
  /// The pattern ends with the backslash that was to escape something.
  case danglingEscape(at: Int)
  /// `[z-a]`: nothing is between.
  case backwardRange(at: Int)
}
