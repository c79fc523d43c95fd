import Synchronization

/// Whether somebody has pressed a key while something is worked out that they don't wait for.
final class KeyWatch: Sendable {
  private let hasCome = Atomic<Bool>(false)
  private let latest = Atomic<Int64>(SystemCall.monotonicNanoseconds)
  private let longest = Atomic<Int64>(0)

  init() {}

  /// To be asked every now and then; no for ever once a key, or a signal, has come.
  var isQuiet: Bool {
    let now = SystemCall.monotonicNanoseconds
    let gap = now - latest.exchange(now, ordering: .relaxed)
    longest.max(gap, ordering: .relaxed)
    if hasCome.load(ordering: .relaxed) { return false }
    guard EditLine.wait(milliseconds: 0) != .timeIsOver else { return true }
    hasCome.store(true, ordering: .relaxed)
    return false
  }

  /// The longest time between two questions, in nanoseconds: so long may a key have waited.
  var longestGap: Int64 { longest.load(ordering: .relaxed) }
}
