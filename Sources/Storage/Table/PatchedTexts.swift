import Diagnostics

/// The texts of all rows, of which a few have been replaced since.
///
/// A column of texts grows only at its end, so replacements are kept beside it until they are many.
struct PatchedTexts: IndexedTexts, Sendable {
  private(set) var base = TextColumn()
  /// Place in `replacements`, by row.
  private(set) var patches: [UInt32: Int] = [:]
  /// What was put in the place of others, the newest last; some no longer count.
  private(set) var replacements = TextColumn()
  /// The place of each replacement.
  private(set) var replacedPlaces: [UInt32] = []
  /// Changes whenever a text of the base column is no longer what it was.
  private(set) var generation = 0

  init(_ base: TextColumn = TextColumn()) {
    self.base = base
  }

  var count: Int { base.count }

  subscript(place: Int) -> Text {
    if !patches.isEmpty, let patch = patches[UInt32(place)] { return replacements[patch] }
    return base[place]
  }

  func withBytes<Result>(of place: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    if !patches.isEmpty, let patch = patches[UInt32(place)] {
      return replacements.withBytes(of: patch, body)
    }
    return base.withBytes(of: place, body)
  }

  mutating func append(contentsOf texts: TextColumn) {
    base.append(contentsOf: texts)
  }

  mutating func removeLast(_ removed: Int) {
    for place in base.count - removed..<base.count where !patches.isEmpty {
      patches[UInt32(place)] = nil
    }
    if base.base != nil && removed > base.ends.count { generation += 1 }
    base.removeLast(removed)
  }

  /// Whether a place still has the base column's text.
  func isBase(_ place: Int) -> Bool { patches.isEmpty || patches[UInt32(place)] == nil }

  mutating func replace(_ place: Int, by text: Text) {
    patches[UInt32(place)] = replacements.count
    replacements.append(text)
    replacedPlaces.append(UInt32(place))
    if replacements.count > 1024 + base.count / 4 { rebuild() }
  }

  /// All places in the order of their texts.
  var order: TextRanks {
    var replaced = Bitmap()
    for place in patches.keys { replaced.insert(Int(place)) }
    return base.order(of: self, where: replaced)
  }

  /// All texts in one column.
  var merged: TextColumn {
    if patches.isEmpty { return base }
    var column = TextColumn()
    column.reserveCapacity(base.count, bytes: base.byteCount)
    for place in 0..<base.count { withBytes(of: place) { column.append(bytes: $0) } }
    return column
  }

  private mutating func rebuild() {
    base = merged
    patches = [:]
    replacements = TextColumn()
    replacedPlaces = []
    generation += 1
  }
}
