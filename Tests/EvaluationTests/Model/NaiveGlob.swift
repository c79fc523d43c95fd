/// Patterns matched in the plainest way: alternatives are written out, each is tried by recursion.
///
/// It shares nothing with the store's matcher and is only fit for short texts.
struct NaiveGlob {
  private enum Piece {
    case run
    case one
    case scalar(Unicode.Scalar)
    case oneOf([ClosedRange<UInt32>], isOpposite: Bool)
  }

  private let alternatives: [[Piece]]

  init(_ pattern: String) {
    alternatives = NaiveGlob.written(out: Array(pattern.unicodeScalars)).map(NaiveGlob.pieces)
  }

  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return alternatives.contains { NaiveGlob.matches($0[...], scalars[...]) }
  }

  private static func matches(
    _ pieces: ArraySlice<Piece>, _ text: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let piece = pieces.first else { return text.isEmpty }
    let rest = pieces.dropFirst()
    if case .run = piece {
      return (0...text.count).contains { matches(rest, text.dropFirst($0)) }
    }
    guard let scalar = text.first else { return false }
    let isMatch =
      switch piece {
      case .run, .one: true
      case .scalar(let wanted): folded(wanted) == folded(scalar)
      case .oneOf(let ranges, let isOpposite):
        ranges.contains { range in cases(of: scalar).contains { range.contains($0.value) } }
          != isOpposite
      }
    return isMatch && matches(rest, text.dropFirst())
  }

  private static func folded(_ scalar: Unicode.Scalar) -> String {
    scalar.properties.lowercaseMapping
  }

  private static func cases(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let mappings = [
      String(scalar), scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping,
    ]
    return mappings.filter { $0.unicodeScalars.count == 1 }.flatMap { Array($0.unicodeScalars) }
  }

  /// Every pattern that the braces stand for.
  private static func written(out pattern: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    guard let open = firstBrace(in: pattern) else { return [pattern] }
    var depth = 0
    var parts: [[Unicode.Scalar]] = [[]]
    var index = open
    while index < pattern.count {
      let scalar = pattern[index]
      if scalar == "\\" && index + 1 < pattern.count {
        parts[parts.count - 1] += [scalar, pattern[index + 1]]
        index += 2
        continue
      }
      if scalar == "{" { depth += 1 }
      if scalar == "}" { depth -= 1 }
      if depth == 0 { break }
      if scalar == "," && depth == 1 {
        parts.append([])
      } else if !(scalar == "{" && depth == 1) {
        parts[parts.count - 1].append(scalar)
      }
      index += 1
    }
    let before = pattern[..<open]
    let after = pattern[(index + 1)...]
    return parts.flatMap { written(out: before + $0 + after) }
  }

  private static func firstBrace(in pattern: [Unicode.Scalar]) -> Int? {
    var index = 0
    while index < pattern.count {
      if pattern[index] == "\\" {
        index += 2
      } else if pattern[index] == "{" {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  private static func pieces(_ pattern: [Unicode.Scalar]) -> [Piece] {
    var pieces: [Piece] = []
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case "*": pieces.append(.run)
      case "?": pieces.append(.one)
      case "\\":
        index += 1
        pieces.append(.scalar(pattern[index]))
      case "[":
        var end = index + 1
        let isOpposite = pattern[end] == "!" || pattern[end] == "^"
        if isOpposite { end += 1 }
        var members: [Unicode.Scalar] = []
        repeat {
          members.append(pattern[end])
          end += 1
        } while pattern[end] != "]"
        pieces.append(.oneOf(ranges(members), isOpposite: isOpposite))
        index = end
      default: pieces.append(.scalar(pattern[index]))
      }
      index += 1
    }
    return pieces
  }

  private static func ranges(_ members: [Unicode.Scalar]) -> [ClosedRange<UInt32>] {
    var ranges: [ClosedRange<UInt32>] = []
    var index = 0
    while index < members.count {
      if index + 2 < members.count && members[index + 1] == "-" {
        ranges.append(members[index].value...members[index + 2].value)
        index += 3
      } else {
        ranges.append(members[index].value...members[index].value)
        index += 1
      }
    }
    return ranges
  }
}
