/// What a pattern is made of, for whoever says the same in another language.
package indirect enum GlobPiece: Equatable, Sendable {
  /// One of these scalars, or one of all others; those that differ in case alone are all there.
  case scalars([ClosedRange<UInt32>], isNegated: Bool)
  case anyRun
  case alternatives([[GlobPiece]])
}

extension Glob {
  /// The pattern's pieces: a text matches as it is, nothing has to be folded any more.
  ///
  /// - Throws: never for a pattern that was made.
  package var pieces: [GlobPiece] {
    get throws(GlobProblem) { GlobPiece.pieces(of: try GlobParser.parse(pattern)) }
  }
}

extension GlobPiece {
  fileprivate static func pieces(of nodes: [GlobNode]) -> [GlobPiece] {
    nodes.map { node in
      switch node {
      case .scalar(let folded): .scalars(unfolded([folded...folded]), isNegated: false)
      case .anyScalar: .scalars([], isNegated: true)
      case .anyRun: .anyRun
      case .scalarClass(let members):
        .scalars(unfolded(members.ranges), isNegated: members.isNegated)
      case .alternatives(let all): .alternatives(all.map { pieces(of: $0) })
      }
    }
  }

  /// All scalars that fold into some ranges: ascending, apart from each other.
  private static func unfolded(_ folded: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var ranges: [ClosedRange<UInt32>] = []
    for range in folded {
      var start = range.lowerBound
      for scalar in changing where range.contains(scalar) {
        if scalar > start { ranges.append(start...scalar - 1) }
        start = scalar + 1
      }
      if start <= range.upperBound { ranges.append(start...range.upperBound) }
    }
    for scalar in changing {
      let target = CaseFolding.fold(scalar)
      if folded.contains(where: { $0.contains(target) }) { ranges.append(scalar...scalar) }
    }
    return joined(ranges)
  }

  /// Every scalar that folding changes, ascending.
  private static let changing: [UInt32] =
    Array(0x41...0x5A)
    + CaseFoldingTable.ranges.flatMap {
      Array(stride(from: $0.first, through: $0.last, by: Int($0.step)))
    }.sorted()

  private static func joined(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var joined: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound <= last.upperBound + 1 {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}
