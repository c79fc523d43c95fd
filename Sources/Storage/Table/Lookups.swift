import Synchronization

/// What is derived from a table's columns when it is first asked for: indexes and folded names.
///
/// Asking does not mutate a table, so this is behind a lock. A table that is a copy gets lookups of
/// its own when either is mutated; until then both share what was made.
struct Lookups: Sendable {
  private struct Content: Sendable {
    var ids: TextIndex?
    var names: TextIndex?
    /// As many as there were at the last question, and as are still there.
    var foldedNames = TextColumn()
  }

  private final class Box: Sendable {
    let content: Mutex<Content>

    init(_ content: Content = Content()) {
      self.content = Mutex(content)
    }
  }

  private var box = Box()

  init() {}

  /// More renames at once than this forget the index, for it is made anew faster.
  private static let fewRenames = 256
}

// MARK: - Asking

extension Lookups {
  /// Calls a body with each row, in no order, whose id or name is this.
  func forEachPlace(
    named bytes: Span<UInt8>, in texts: PatchedTexts, areNames: Bool, _ body: (Int) -> Void
  ) {
    box.content.withLock { content in
      if areNames {
        if content.names == nil { content.names = TextIndex(over: texts) }
        content.names?.forEachPlace(of: bytes, in: texts, body)
      } else {
        if content.ids == nil { content.ids = TextIndex(over: texts) }
        content.ids?.forEachPlace(of: bytes, in: texts, body)
      }
    }
  }

  /// Whether the index of names is there already.
  var hasNames: Bool { box.content.withLock { $0.names != nil } }

  /// The names without their replacements, case-folded; `extend` adds those that are missing.
  func foldedNames(_ extend: (inout TextColumn) -> Void) -> TextColumn {
    box.content.withLock { content in
      extend(&content.foldedNames)
      return content.foldedNames
    }
  }
}

// MARK: - Keeping up to date

extension Lookups {
  mutating func added(_ rows: Range<Int>, ids: PatchedTexts, names: PatchedTexts) {
    update { content in
      content.ids?.insert(rows, of: ids)
      content.names?.insert(rows, of: names)
    }
  }

  /// To be told while the rows are still there.
  mutating func removing(_ rows: Range<Int>, ids: PatchedTexts, names: PatchedTexts) {
    update { content in
      for row in rows.reversed() {
        content.ids?.remove(row, of: ids)
        content.names?.remove(row, of: names)
      }
      let lost = content.foldedNames.count - rows.lowerBound
      if lost > 0 { content.foldedNames.removeLast(lost) }
    }
  }

  mutating func willRename(_ count: Int) {
    guard count > Lookups.fewRenames else { return }
    update { $0.names = nil }
  }

  /// To be told before the name is replaced.
  mutating func removingName(of row: Int, names: PatchedTexts) {
    update { $0.names?.remove(row, of: names) }
  }

  /// To be told after the name was replaced.
  mutating func addedName(of row: Int, names: PatchedTexts) {
    update { content in
      content.names?.insert(row, of: names)
      if names.patches.isEmpty { content.foldedNames = TextColumn() }
    }
  }

  private mutating func update(_ body: (inout Content) -> Void) {
    if !isKnownUniquelyReferenced(&box) {
      box = Box(box.content.withLock { $0 })
    }
    box.content.withLock { body(&$0) }
  }
}
