import Diagnostics

/// The places of some texts among those of a file, all found in one pass over the file.
///
/// An index of what is wanted fits into the processor's cache, where one of a million texts does not, and
/// each text of the file is looked up in it as it comes by. A script of 100,000 statements finds its names
/// among a million so in three quarters of the time, and without the million's index in memory.
struct WantedTexts: Sendable {
  /// What is wanted, each once.
  private var texts = TextColumn()
  private var index = TextIndex()
  /// Where the places of each wanted text begin among `places`; one number more than there are texts.
  private var starts: [Int] = [0]
  private var places: [UInt32] = []

  init(_ wanted: [Text], in base: TextBase) {
    for text in wanted where index.first(text.utf8.span, in: texts) == nil {
      texts.append(text)
      index.insert(texts.count - 1, of: texts)
    }
    var found: [UInt64] = []
    TextColumn(base).forEachText { place, bytes in
      guard let number = index.first(bytes, in: texts) else { return }
      found.append(UInt64(number) << 32 | UInt64(place))
    }
    found.sort()
    starts.reserveCapacity(texts.count + 1)
    places.reserveCapacity(found.count)
    for entry in found {
      while starts.count <= Int(entry >> 32) { starts.append(places.count) }
      places.append(UInt32(truncatingIfNeeded: entry))
    }
    while starts.count <= texts.count { starts.append(places.count) }
  }

  /// The places of a text, ascending; nil where it is not one that was wanted.
  func places(of bytes: Span<UInt8>) -> ArraySlice<UInt32>? {
    index.first(bytes, in: texts).map { places[starts[$0]..<starts[$0 + 1]] }
  }
}
