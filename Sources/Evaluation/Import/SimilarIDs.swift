import Diagnostics
import Storage

/// Finds ids that a person would take for one: they differ only by spaces at the ends or by how
/// their letters are encoded.
enum SimilarIDs {
  /// As many pairs are named.
  private static let limit = 10

  /// Costs a look at each byte; only ids that are not plain are compared, as Swift compares strings,
  /// for which all encodings of a letter are equal.
  static func warnings(
    about ids: TextColumn, of file: ImportedSubaccounts
  ) -> [ImportProblem] {
    let odd = ids.indices.filter { ids.withBytes(of: $0) { !isPlain($0) } }
    guard !odd.isEmpty else { return [] }
    var pairs: [(first: Int, second: Int)] = []
    var firstPlaces: [String: Int] = [:]
    var trimmed = TextColumn()
    for place in odd {
      let core = trimmedSpaces(ids[place].string)
      trimmed.append(Text(core))
      if let first = firstPlaces[core] {
        pairs.append((first, place))
      } else {
        firstPlaces[core] = place
      }
    }
    for (plain, index) in plainPlaces(of: trimmed, in: ids, except: odd) {
      pairs.append((plain, odd[index]))
    }
    return pairs.prefix(limit).map { .similarIDs(file.lines($0)) }
  }

  /// Plain ids that others become without their spaces, and which of these.
  private static func plainPlaces(
    of trimmed: TextColumn, in ids: TextColumn, except odd: [Int]
  ) -> [(plain: Int, index: Int)] {
    var indices: [Text: Int] = [:]
    for index in trimmed.indices where trimmed.withBytes(of: index, isPlain) {
      indices[trimmed[index]] = index
    }
    guard !indices.isEmpty else { return [] }
    let lengths = Set(indices.keys.map(\.count))
    return ids.indices.compactMap { place in
      guard ids.withBytes(of: place, { lengths.contains($0.count) && isPlain($0) }) else {
        return nil
      }
      return indices[ids[place]].map { (place, $0) }
    }
  }

  /// Whether an id is ASCII without a space at either end.
  private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    guard !bytes.isEmpty else { return true }
    let space = UInt8(ascii: " ")
    if bytes[0] <= space || bytes[bytes.count - 1] <= space { return false }
    for index in bytes.indices where bytes[index] >= 0x80 { return false }
    return true
  }

  private static func trimmedSpaces(_ text: String) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || scalar.value <= 0x20
    }
    let scalars = text.unicodeScalars.drop(while: isSpace)
    let end = scalars.lastIndex { !isSpace($0) }.map { scalars.index(after: $0) }
    return String(scalars[..<(end ?? scalars.startIndex)])
  }
}
