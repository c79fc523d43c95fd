package import Diagnostics
import Synchronization

/// Shows on standard error how far something long is; nothing is shown of what is done in half a second.
///
/// It needs no escape sequences: the line is written over, and blanked before anything else is said.
/// Where nothing is reported for a while, the line says that it goes on, and since when.
package final class ProgressMeter: Sendable {
  private struct State {
    var task: LongTask?
    var done = 0
    var total = 0
    /// When what is waited for began, and since when nothing else was said.
    var began: Int64 = 0
    var quiet: Int64 = 0
    var start: Int64 = 0
    var latest: Int64 = 0
    /// Columns that are on the screen now.
    var shown = 0
    /// Somebody waits.
    var isOn = false
    /// The screen is others' as long as this is more than 0.
    var pauses = 0
    var isTicking = false
  }

  private let state = Mutex(State())
  private static let patience: Int64 = 500_000_000
  private static let pace: Int64 = 100_000_000

  package init() {}

  /// Somebody waits from now on, until `finish`.
  package func begin() {
    let now = SystemCall.monotonicNanoseconds
    let needsTicker = state.withLock { state in
      if state.isOn { return false }
      state.isOn = true
      (state.began, state.quiet, state.latest) = (now, now, now)
      defer { state.isTicking = true }
      return !state.isTicking
    }
    if needsTicker, !Ticker.start({ self.tick() }) { state.withLock { $0.isTicking = false } }
  }

  package func report(_ task: LongTask, done: Int, total: Int) {
    let now = SystemCall.monotonicNanoseconds
    state.withLock { state in
      guard state.isOn else { return }
      if state.task != task || done == 0 {
        state.task = task
        state.start = now
      }
      (state.done, state.total) = (done, total)
      let isTurn = now - state.latest >= ProgressMeter.pace || done >= total
      guard state.pauses == 0, now - state.quiet >= ProgressMeter.patience, isTurn else { return }
      let text = ProgressLine.text(
        task, done: done, total: total, elapsed: now - state.start, width: ProgressMeter.width)
      show(text, &state, now)
    }
  }

  /// Says that it goes on where nothing else does.
  ///
  /// - Returns: whether somebody still waits.
  private func tick() -> Bool {
    let now = SystemCall.monotonicNanoseconds
    return state.withLock { state in
      state.isTicking = state.isOn
      if state.isOn, state.pauses == 0, now - state.quiet >= ProgressMeter.patience,
        now - state.latest >= ProgressMeter.patience
      {
        let text = ProgressLine.waiting(
          state.task, done: state.done, total: state.total, elapsed: now - state.began,
          width: ProgressMeter.width)
        show(text, &state, now)
      }
      return state.isOn
    }
  }

  /// Another statement begins: only a script's own progress still says something about it.
  package func beginStatement() {
    state.withLock { state in
      guard state.task != .running else { return }
      state.task = nil
      (state.done, state.total) = (0, 0)
    }
  }

  /// Makes room for something else, until as many calls of `goOn`.
  package func pause() {
    state.withLock { state in
      state.pauses += 1
      blank(&state)
    }
  }

  package func goOn() {
    let now = SystemCall.monotonicNanoseconds
    state.withLock { state in
      state.pauses -= 1
      state.quiet = now
    }
  }

  /// Nobody waits any more.
  package func finish() {
    state.withLock { state in
      blank(&state)
      state.task = nil
      state.isOn = false
      (state.done, state.total) = (0, 0)
    }
  }

  private static var width: Int { (SystemCall.terminalWidth(2) ?? 80) - 1 }

  private func show(_ text: String, _ state: inout State, _ now: Int64) {
    state.latest = now
    let columns = text.unicodeScalars.count
    let rest = String(repeating: " ", count: max(0, state.shown - columns))
    write("\r\(text)\(rest)")
    state.shown = columns
  }

  private func blank(_ state: inout State) {
    guard state.shown > 0 else { return }
    write("\r\(String(repeating: " ", count: state.shown))\r")
    state.shown = 0
  }

  private func write(_ text: String) {
    try? SystemCall.write(Array(text.utf8)[...], to: 2)
  }
}
