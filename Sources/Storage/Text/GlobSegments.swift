/// A pattern of literals and `*` alone.
///
/// The leftmost place of each literal in turn is always right, so matching never goes back.
struct GlobSegments: Sendable {
  /// What the text begins with.
  private let head: [UInt8]
  /// What must follow, in this order, anywhere before the tail.
  private let middle: [[UInt8]]
  /// What the text ends with; nil where the whole pattern is `head`.
  private let tail: [UInt8]?

  /// Nil where the pattern has other parts.
  init?(_ nodes: [GlobNode]) {
    var literals: [[UInt8]] = [[]]
    for node in nodes {
      switch node {
      case .scalar(let scalar): UTF8Scalars.append(scalar, to: &literals[literals.count - 1])
      case .anyRun: literals.append([])
      case .anyScalar, .scalarClass, .alternatives: return nil
      }
    }
    head = literals.removeFirst()
    tail = literals.popLast()
    middle = literals
  }

  /// Whether each text that begins with the head matches.
  var isPrefix: Bool { middle.isEmpty && tail?.isEmpty == true }

  /// Whether each text that has a literal somewhere matches.
  func isContaining(_ literal: [UInt8]) -> Bool {
    head.isEmpty && middle == [literal] && tail?.isEmpty == true
  }

  func match(_ folded: Span<UInt8>) -> Bool {
    guard let tail else { return folded.isEqual(to: head.span) }
    guard folded.count >= head.count + tail.count, folded.starts(with: head.span, at: 0),
      folded.starts(with: tail.span, at: folded.count - tail.count)
    else { return false }
    var offset = head.count
    let end = folded.count - tail.count
    for literal in middle {
      guard let place = ByteSearch.first(literal.span, in: folded, from: offset, to: end) else {
        return false
      }
      offset = place + literal.count
    }
    return true
  }

  /// Whether a text matches that is not folded; the buffer is for texts that must be.
  func match(_ bytes: Span<UInt8>, foldingInto buffer: inout [UInt8]) -> Bool {
    // What is tried at every place must be short; the other way is linear in any text.
    if bytes.count <= 256, bytes.isASCII { return matchASCII(bytes) }
    CaseFolding.fold(bytes, into: &buffer)
    return match(buffer.span)
  }

  private func matchASCII(_ bytes: Span<UInt8>) -> Bool {
    guard let tail else {
      return bytes.count == head.count && GlobSegments.isLiteral(head, at: 0, of: bytes)
    }
    let end = bytes.count - tail.count
    guard end >= head.count, GlobSegments.isLiteral(head, at: 0, of: bytes),
      GlobSegments.isLiteral(tail, at: end, of: bytes)
    else { return false }
    var offset = head.count
    for literal in middle {
      while offset + literal.count <= end,
        !GlobSegments.isLiteral(literal, at: offset, of: bytes)
      {
        offset += 1
      }
      offset += literal.count
      if offset > end { return false }
    }
    return true
  }

  /// Whether a literal is at an offset of bytes that reach that far, in any case.
  private static func isLiteral(
    _ literal: [UInt8], at offset: Int, of bytes: Span<UInt8>
  ) -> Bool {
    for index in literal.indices
    where CaseFolding.folded(bytes[offset + index]) != literal[index] {
      return false
    }
    return true
  }
}
