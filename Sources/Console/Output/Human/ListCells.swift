import Diagnostics
import Evaluation
import Permissions

/// Lists in a table's cells, made short enough to be read.
///
/// Of permissions, a whole area is one word, `integrations.*`, and a name that is unique goes without
/// its area. On a screen a list takes as many lines as it needs; in a pipe it is one line.
struct ListCells {
  private let catalog: Catalog
  private let wraps: Bool
  /// What came of the lists so far: there are few different ones.
  private var known: [[Text]: [Text]] = [:]

  init(_ catalog: Catalog, wraps: Bool) {
    self.catalog = catalog
    self.wraps = wraps
  }

  /// The list in one line.
  mutating func append(_ list: [Text], to bytes: inout [UInt8]) -> Style {
    if list.isEmpty { return HumanText.append(.null, to: &bytes) }
    let start = bytes.count
    for (index, word) in words(list).enumerated() {
      if index > 0 { bytes.append(wraps ? ", " : ";") }
      bytes.append(word)
    }
    return HumanText.finishText(from: start, in: &bytes)
  }

  /// The list in lines of a width, each but the last ended by a comma.
  mutating func lines(_ list: [Text], width: Int) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    let words = words(list)
    for (index, word) in words.enumerated() {
      var bytes: [UInt8] = []
      bytes.append(word)
      HumanText.escape(from: 0, in: &bytes)
      if index < words.count - 1 { bytes.append(ascii: ",") }
      let needed = HumanText.width(of: line[...]) + 1 + HumanText.width(of: bytes[...])
      if !line.isEmpty, needed > width {
        lines.append(line)
        line = []
      }
      if !line.isEmpty { line.append(ascii: " ") }
      line.append(contentsOf: bytes)
    }
    lines.append(line)
    return lines
  }

  private mutating func words(_ list: [Text]) -> [Text] {
    if let words = known[list] { return words }
    let words = catalog.shortNames(of: list)
    known[list] = words
    return words
  }
}

extension Catalog {
  /// Permissions as a person may write them; a list of anything else stays as it is.
  fileprivate func shortNames(of canonicalNames: [Text]) -> [Text] {
    var members = PermissionSet()
    for name in canonicalNames {
      let parts = name.string.split(separator: ".")
      guard parts.count == 2,
        let number = lookup(area: Text(parts[0]), field: Text(parts[1]))
      else { return canonicalNames }
      members.insert(number)
    }
    var short: [Text] = []
    for area in areas {
      guard let all = lookup(area: area.name) else { continue }
      let here = all.subtracting(all.subtracting(members))
      // What is always on is never switched, so it is not missed.
      if here.count > 1, all.subtracting(alwaysEnabled).isSubset(of: members) {
        short.append("\(area.name).*")
        continue
      }
      for number in here {
        let permission = self[number]
        let isUnique = lookup(bareName: permission.field) == .one(number)
        short.append(isUnique ? permission.field : permission.canonicalName)
      }
    }
    return short
  }
}
