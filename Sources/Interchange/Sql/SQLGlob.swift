import Diagnostics
import Storage

/// Patterns as the engines have them, exactly.
///
/// Every letter becomes the set of all that differ from it in case alone, so that no engine's own
/// idea of case comes in.
extension SQLDialect {
  /// As many patterns may stand for one with alternatives.
  private static let mostPatterns = 256

  /// A condition on a text that is set.
  func condition(_ column: String, matches glob: Glob) throws(SQLProblem) -> String {
    let pieces: [GlobPiece]
    do { pieces = try glob.pieces } catch { throw .pattern }
    switch self {
    case .postgresql:
      return "\(column) ~ \(literal(Text("^(?:\(expression(pieces)))$")))"
    case .duckdb:
      return "regexp_full_match(\(column), \(literal(Text(expression(pieces)))), 's')"
    case .sqlite:
      let patterns = try SQLDialect.expanded(pieces)
      var parts: [String] = []
      for pattern in patterns {
        parts.append("\(column) glob \(literal(Text(try SQLDialect.glob(pattern))))")
      }
      return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " or ")))"
    }
  }
}

// MARK: - Regular expressions

extension SQLDialect {
  private func expression(_ pieces: [GlobPiece]) -> String {
    pieces.map { piece in
      switch piece {
      case .anyRun: ".*"
      case .scalars([], isNegated: true): "."
      case .scalars(let ranges, false) where ranges.count == 1 && ranges[0].count == 1:
        expression(ranges[0].lowerBound)
      case .scalars(let ranges, let isNegated): expression(ranges, isNegated: isNegated)
      case .alternatives(let all):
        "(?:\(all.map { expression($0) }.joined(separator: "|")))"
      }
    }.joined()
  }

  private func expression(_ ranges: [ClosedRange<UInt32>], isNegated: Bool) -> String {
    let members = SQLDialect.withoutSurrogates(ranges).map { range in
      range.count == 1
        ? expression(range.lowerBound)
        : "\(expression(range.lowerBound))-\(expression(range.upperBound))"
    }
    // A class of nothing but what no text holds.
    if members.isEmpty { return isNegated ? "." : "(?:$.)" }
    return "[\(isNegated ? "^" : "")\(members.joined())]"
  }

  /// One scalar, in a class or outside; letters and digits as they are.
  private func expression(_ scalar: UInt32) -> String {
    switch scalar {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(Character(Unicode.Scalar(UInt8(scalar))))
    case _ where self == .duckdb: "\\x{\(String(scalar, radix: 16))}"
    case ..<0x10000: "\\u\(Excerpt.hexadecimal(scalar, digits: 4))"
    default: "\\U\(Excerpt.hexadecimal(scalar, digits: 8))"
    }
  }

  /// Without what no text holds: NUL and surrogates.
  private static func withoutSurrogates(
    _ ranges: [ClosedRange<UInt32>]
  ) -> [ClosedRange<UInt32>] {
    ranges.flatMap { range in
      [1...0xD7FF, 0xE000...0x10FFFF].compactMap { (part: ClosedRange<UInt32>) in
        range.overlaps(part) ? range.clamped(to: part) : nil
      }
    }
  }
}

// MARK: - SQLite's GLOB

extension SQLDialect {
  /// The patterns without alternatives that together say the same.
  private static func expanded(_ pieces: [GlobPiece]) throws(SQLProblem) -> [[GlobPiece]] {
    var patterns: [[GlobPiece]] = [[]]
    for piece in pieces {
      guard case .alternatives(let all) = piece else {
        for index in patterns.indices { patterns[index].append(piece) }
        continue
      }
      var parts: [[GlobPiece]] = []
      for alternative in all { parts += try expanded(alternative) }
      guard parts.count * patterns.count <= mostPatterns else {
        throw .tooManyAlternatives(limit: mostPatterns)
      }
      patterns = patterns.flatMap { pattern in parts.map { pattern + $0 } }
    }
    return patterns
  }

  private static func glob(_ pieces: [GlobPiece]) throws(SQLProblem) -> String {
    var pattern = ""
    for piece in pieces {
      switch piece {
      case .anyRun: pattern += "*"
      case .scalars([], isNegated: true): pattern += "?"
      case .scalars(let ranges, let isNegated):
        pattern += try scalarClass(withoutSurrogates(ranges), isNegated: isNegated)
      case .alternatives: throw .pattern
      }
    }
    return pattern
  }

  /// A class; one scalar that means itself stands alone.
  ///
  /// `]` comes first, `-` behind a range or at the very end, `^` never first: there they mean
  /// themselves.
  private static func scalarClass(
    _ ranges: [ClosedRange<UInt32>], isNegated: Bool
  ) throws(SQLProblem) -> String {
    let shared = (0xFFFD...0xFFFF).count { (scalar: UInt32) in
      ranges.contains { $0.contains(scalar) }
    }
    guard shared == 0 || shared == 3 else { throw .sharedScalars }
    if !isNegated, ranges.count == 1, ranges[0].count == 1,
      ![0x2A, 0x3F, 0x5B].contains(ranges[0].lowerBound)
    {
      return text(ranges[0].lowerBound)
    }
    var first = ""
    var middle = ""
    var last = ""
    func add(_ scalar: UInt32) {
      switch scalar {
      case 0x5D: first = "]"
      case 0x5E: last = "^" + last
      case 0x2D: last += "-"
      default: middle += text(scalar)
      }
    }
    for range in ranges {
      var (low, high) = (range.lowerBound, range.upperBound)
      while low <= high, isSpecial(low) {
        add(low)
        low += 1
      }
      while high > low, isSpecial(high) {
        add(high)
        high -= 1
      }
      if low == high {
        add(low)
      } else if low < high {
        middle += "\(text(low))-\(text(high))"
      }
    }
    if !isNegated && first.isEmpty && middle.isEmpty && last.hasPrefix("^") {
      // `^` alone among its kind: doubled from behind, it does not come first.
      last = last == "^" ? "[^]" : last
      return last == "[^]" ? "^" : "[-^]"
    }
    return "[\(isNegated ? "^" : "")\(first)\(middle)\(last)]"
  }

  private static func isSpecial(_ scalar: UInt32) -> Bool {
    scalar == 0x5D || scalar == 0x5E || scalar == 0x2D
  }

  private static func text(_ scalar: UInt32) -> String {
    Unicode.Scalar(scalar).map { String(Character($0)) } ?? ""
  }
}
