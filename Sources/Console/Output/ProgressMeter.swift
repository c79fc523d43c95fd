package import Diagnostics
import Synchronization

/// Shows on standard error how far something long is; nothing is shown of what is done in half a second.
///
/// It needs no escape sequences: the line is written over, and blanked before anything else is said.
package final class ProgressMeter: Sendable {
  private struct State {
    var task: LongTask?
    /// When the first of several tasks began that follow one another.
    var first: Int64 = 0
    var start: Int64 = 0
    var latest: Int64 = 0
    /// Columns that are on the screen now.
    var shown = 0
  }

  private let state = Mutex(State())
  private static let patience: Int64 = 500_000_000
  private static let pace: Int64 = 100_000_000

  package init() {}

  package func report(_ task: LongTask, done: Int, total: Int) {
    let now = SystemCall.monotonicNanoseconds
    state.withLock { state in
      if state.task == nil { state.first = now }
      if state.task != task || done == 0 {
        state.task = task
        state.start = now
        state.latest = now
      }
      // Of what has no parts there is no second chance to tell.
      let isLate = now - state.first >= ProgressMeter.patience
      let isTurn = now - state.latest >= ProgressMeter.pace || done >= total
      guard total == 0 || isLate && isTurn else { return }
      state.latest = now
      let width = (SystemCall.terminalWidth(2) ?? 80) - 1
      let text = ProgressLine.text(
        task, done: done, total: total, elapsed: now - state.start, width: width)
      let columns = text.unicodeScalars.count
      let rest = String(repeating: " ", count: max(0, state.shown - columns))
      write("\r\(text)\(rest)")
      state.shown = columns
    }
  }

  /// Makes room for something else; what goes on is shown again at the next report.
  package func clear() {
    state.withLock { state in
      guard state.shown > 0 else { return }
      write("\r\(String(repeating: " ", count: state.shown))\r")
      state.shown = 0
    }
  }

  /// What was reported before is over.
  package func finish() {
    clear()
    state.withLock { $0.task = nil }
  }

  private func write(_ text: String) {
    try? SystemCall.write(Array(text.utf8)[...], to: 2)
  }
}
