import Synchronization

/// The few words of a bitmap that are not as in the file, or that the file does not have.
///
/// A change of one row then costs as much as that word, however long the file's column is. Who asks for
/// all words gets them laid over a copy of the file's, which is made once.
struct WordPatch: Sendable {
  /// How many words there are, with those that are only here.
  private(set) var wordCount: Int
  /// By place, the word as it is now; what is behind the file's and not here is 0.
  private var changed: [Int: UInt64] = [:]
  private var whole = Whole()

  /// All words, once somebody has asked for them.
  private final class Whole: Sendable {
    let words = Mutex<[UInt64]?>(nil)
  }

  init(wordCount: Int) {
    self.wordCount = wordCount
  }

  var changedCount: Int { changed.count }

  /// Whether all words were asked for since the last change.
  var isLaid: Bool { whole.words.withLock { $0 != nil } }

  subscript(place: Int) -> UInt64? { changed[place] }

  mutating func set(_ place: Int, to word: UInt64) {
    willChange()
    changed[place] = word
    wordCount = max(wordCount, place + 1)
  }

  /// Forgets the words from `count` on, which must not be the file's.
  ///
  /// - Returns: how many of their bits were on.
  mutating func truncate(to count: Int) -> Int {
    willChange()
    var lost = 0
    for (place, word) in changed where place >= count {
      lost += word.nonzeroBitCount
      changed[place] = nil
    }
    wordCount = count
    return lost
  }

  /// Copies of this one may have asked for all words, or may yet.
  private mutating func willChange() {
    if isLaid || !isKnownUniquelyReferenced(&whole) { whole = Whole() }
  }

  /// All words: those of a file, and these in the place of some.
  func laid(over words: Stored<UInt64>) -> Stored<UInt64> {
    Stored(
      whole.words.withLock { whole in
        if let whole { return whole }
        var laid = words.array
        if laid.count < wordCount {
          laid.append(contentsOf: repeatElement(0, count: wordCount - laid.count))
        }
        for (place, word) in changed { laid[place] = word }
        whole = laid
        return laid
      })
  }
}
