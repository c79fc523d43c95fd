import Synchronization

/// What a file says of a bitmap's words: verified once, for all copies of the bitmap.
final class BitmapClaim: Sendable {
  private enum State {
    static let unknown: UInt8 = 0
    static let right: UInt8 = 1
    static let wrong: UInt8 = 2
  }

  /// So many bits are on.
  private let count: Int
  /// All bits that are on are below this.
  private let limit: Int
  private let state = Atomic(State.unknown)

  init(count: Int, limit: Int) {
    self.count = count
    self.limit = limit
  }

  /// Reads all words the first time.
  func isTrue(of words: Stored<UInt64>) -> Bool {
    if state.load(ordering: .relaxed) == State.unknown {
      state.store(holds(for: words) ? State.right : State.wrong, ordering: .relaxed)
    }
    return state.load(ordering: .relaxed) == State.right
  }

  private func holds(for words: Stored<UInt64>) -> Bool {
    let beyond = words.count == (limit + 63) >> 6 ? limit & 63 : 0
    return words.count <= (limit + 63) >> 6 && words.withSpan { Bitmap.count($0) } == count
      && (beyond == 0 || words[words.count - 1] >> UInt64(beyond) == 0)
  }
}
