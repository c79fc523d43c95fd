import Diagnostics
import Synchronization

/// What is derived from a table's columns when it is first asked for: indexes of names and ids.
///
/// Asking does not mutate a table, so this is behind a lock. A table that is a copy gets lookups of
/// its own when either is mutated; until then both share what was made.
struct Lookups: Sendable {
  private struct Content: Sendable {
    var ids = TextLookup()
    var names = TextLookup()
  }

  private final class Box: Sendable {
    let content: Mutex<Content>

    init(_ content: Content = Content()) {
      self.content = Mutex(content)
    }
  }

  private var box = Box()

  init() {}
}

/// Finds the places of a text: in the file's order, and by hash where they came after it.
///
/// A search in the file's order costs nothing beforehand, but as much as some hundred texts cost in an
/// index. So the index is made when as much has been spent on searching: at most twice of what would
/// have been best is spent then, however many are looked for.
private struct TextLookup: Sendable {
  /// Over the texts of the file, once enough of them were looked for.
  private var inFile: TextIndex?
  /// Some texts of the file that were found together.
  private var wanted: WantedTexts?
  private var searches = 0
  private static let textsPerSearch = 100
  /// Over the texts that are in no file.
  private var appended: TextIndex?
  private var appendedCount = 0
  /// Over what was put in the place of others.
  private var replacements: TextIndex?
  private var replacementCount = 0
  private var generation = 0

  /// Calls a body with each place of a text, in no order.
  mutating func forEachPlace(
    of bytes: Span<UInt8>, in texts: PatchedTexts, _ body: (Int) -> Void
  ) {
    bringUpToDate(with: texts)
    let column = texts.base
    if let places = wanted?.places(of: bytes) {
      for place in places where place < column.baseCount && texts.isBase(Int(place)) {
        body(Int(place))
      }
    } else if let base = column.base, let inFile = inFile(column, base) {
      inFile.forEachPlace(of: bytes, in: BaseTexts(base: base, count: column.baseCount)) { place in
        if place < column.baseCount, texts.isBase(place) { body(place) }
      }
    } else if let base = column.base {
      for rank in base.ranks(of: bytes, in: base.order) {
        let place = base.place(ofRank: rank, in: base.order)
        if place < column.baseCount, texts.isBase(place) { body(place) }
      }
    }
    appended?.forEachPlace(of: bytes, in: AppendedTexts(column: column)) { index in
      let place = column.baseCount + index
      if texts.isBase(place) { body(place) }
    }
    replacements?.forEachPlace(of: bytes, in: texts.replacements) { index in
      let place = texts.replacedPlaces[index]
      if texts.patches[place] == index { body(Int(place)) }
    }
  }

  /// Finds texts together that will be looked for, where that costs less than one by one.
  mutating func expect(_ expected: [Text], in texts: PatchedTexts) {
    guard let base = texts.base.base,
      expected.count * TextLookup.textsPerSearch > texts.base.baseCount
    else { return }
    bringUpToDate(with: texts)
    guard inFile == nil else { return }
    wanted = WantedTexts(expected, in: base)
  }

  private mutating func inFile(_ column: TextColumn, _ base: TextBase) -> TextIndex? {
    searches += 1
    if inFile == nil, searches * TextLookup.textsPerSearch > column.baseCount {
      inFile = TextIndex(over: BaseTexts(base: base, count: column.baseCount))
    }
    return inFile
  }

  func isUpToDate(with texts: PatchedTexts) -> Bool {
    generation == texts.generation && appendedCount == AppendedTexts(column: texts.base).count
  }

  private mutating func bringUpToDate(with texts: PatchedTexts) {
    if generation != texts.generation {
      self = TextLookup()
      generation = texts.generation
    }
    let column = AppendedTexts(column: texts.base)
    if appendedCount < column.count {
      if appended == nil { appended = TextIndex() }
      appended?.insert(appendedCount..<column.count, of: column)
      appendedCount = column.count
    }
    if replacementCount < texts.replacements.count {
      if replacements == nil { replacements = TextIndex() }
      replacements?.insert(replacementCount..<texts.replacements.count, of: texts.replacements)
      replacementCount = texts.replacements.count
    }
  }

  /// Puts texts that are in no file into the index, some at a time, for as long as `goesOn` says so.
  ///
  /// - Returns: whether none is left.
  mutating func advance(with texts: PatchedTexts, while goesOn: () -> Bool) -> Bool {
    if generation != texts.generation {
      self = TextLookup()
      generation = texts.generation
    }
    let column = AppendedTexts(column: texts.base)
    if appended == nil { appended = TextIndex() }
    while appendedCount < column.count {
      guard goesOn() else { return false }
      let next = min(column.count, appendedCount + TextLookup.textsAtOnce)
      appended?.insert(appendedCount..<next, of: column)
      appendedCount = next
    }
    return true
  }

  /// So many are put into the index within a millisecond.
  private static let textsAtOnce = 4096

  /// To be told while the last texts are still there.
  mutating func removing(_ places: Range<Int>, of texts: PatchedTexts) {
    guard generation == texts.generation else { return }
    let column = AppendedTexts(column: texts.base)
    let first = max(0, places.lowerBound - texts.base.baseCount)
    while appendedCount > first {
      appendedCount -= 1
      appended?.remove(appendedCount, of: column)
    }
  }
}

// MARK: - Asking

extension Lookups {
  /// Calls a body with each row, in no order, whose id or name is this.
  func forEachPlace(
    named bytes: Span<UInt8>, in texts: PatchedTexts, areNames: Bool, _ body: (Int) -> Void
  ) {
    box.content.withLock { content in
      if areNames {
        content.names.forEachPlace(of: bytes, in: texts, body)
      } else {
        content.ids.forEachPlace(of: bytes, in: texts, body)
      }
    }
  }

  /// Makes what finds names at once, as long as `goesOn` says so; what is made stays.
  ///
  /// - Returns: whether it is made.
  func prepare(for names: PatchedTexts, while goesOn: () -> Bool) -> Bool {
    box.content.withLock { $0.names.advance(with: names, while: goesOn) }
  }

  /// Finds names together that will be looked for.
  func expect(_ expected: [Text], in names: PatchedTexts) {
    box.content.withLock { $0.names.expect(expected, in: names) }
  }

  /// Whether nothing is to be made before a name is found.
  func findsAtOnce(in names: PatchedTexts) -> Bool {
    box.content.withLock { $0.names.isUpToDate(with: names) }
  }
}

// MARK: - Keeping up to date

extension Lookups {
  /// To be told while the rows are still there.
  mutating func removing(_ rows: Range<Int>, ids: PatchedTexts, names: PatchedTexts) {
    update { content in
      content.ids.removing(rows, of: ids)
      content.names.removing(rows, of: names)
    }
  }

  /// To be told before rows are added or names replaced: what is derived from then on is not for those
  /// who share what was derived before.
  mutating func willChange() { update { _ in } }

  private mutating func update(_ body: (inout Content) -> Void) {
    if !isKnownUniquelyReferenced(&box) {
      box = Box(box.content.withLock { $0 })
    }
    box.content.withLock { body(&$0) }
  }
}
