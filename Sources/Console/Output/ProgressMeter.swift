package import Diagnostics
import Synchronization

/// Shows on standard error how far something long is; nothing is shown of what is done in half a second.
///
/// It needs no escape sequences: the line is written over, and blanked before anything else is said.
package final class ProgressMeter: Sendable {
  private struct State {
    var task: LongTask?
    /// When what is waited for began.
    var began: Int64 = 0
    var start: Int64 = 0
    var latest: Int64 = 0
    /// Columns that are on the screen now.
    var shown = 0
    /// Somebody waits.
    var isOn = false
    /// The screen is others' as long as this is more than 0.
    var pauses = 0
  }

  private let state = Mutex(State())
  private static let patience: Int64 = 500_000_000
  private static let pace: Int64 = 100_000_000

  package init() {}

  /// Somebody waits from now on, until `finish`.
  package func begin() {
    let now = SystemCall.monotonicNanoseconds
    state.withLock { state in
      if state.isOn { return }
      state.isOn = true
      (state.began, state.latest) = (now, now)
    }
  }

  package func report(_ task: LongTask, done: Int, total: Int) {
    let now = SystemCall.monotonicNanoseconds
    state.withLock { state in
      guard state.isOn, state.pauses == 0 else { return }
      if state.task != task || done == 0 {
        state.task = task
        state.start = now
      }
      // Of what has no parts there is no second chance to tell.
      let isLate = now - state.began >= ProgressMeter.patience
      let isTurn = now - state.latest >= ProgressMeter.pace || done >= total
      guard total == 0 || isLate && isTurn else { return }
      let text = ProgressLine.text(
        task, done: done, total: total, elapsed: now - state.start, width: ProgressMeter.width)
      show(text, &state, now)
    }
  }

  /// Another statement begins: only a script's own progress still says something about it.
  package func beginStatement() {
    state.withLock { state in
      guard state.task != .running else { return }
      state.task = nil
    }
  }

  /// Makes room for something else, until as many calls of `goOn`.
  package func pause() {
    state.withLock { state in
      state.pauses += 1
      blank(&state)
    }
  }

  /// Takes back one call of `pause`.
  package func goOn() {
    state.withLock { $0.pauses -= 1 }
  }

  /// Nobody waits any more.
  package func finish() {
    state.withLock { state in
      blank(&state)
      state.task = nil
      state.isOn = false
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
