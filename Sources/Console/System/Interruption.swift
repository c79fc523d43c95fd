@unsafe @preconcurrency import Glibc
import Synchronization

/// Signals, as a question that a run asks now and then.
package enum Interruption {
  private static let count = Atomic<Int>(0)
  private static let isPaused = Atomic<Bool>(false)

  /// Takes Ctrl-C: the first one asks the run to stop, the third ends the process where it stands.
  ///
  /// A journal's record is whole or absent, so even that leaves no half change. Where the caller
  /// ignores Ctrl-C, as a shell does for what runs in its background, it stays ignored.
  package static func handle() {
    reset()
    var inherited = sigaction()
    unsafe sigaction(SIGINT, nil, &inherited)
    let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
    if unsafe unsafeBitCast(inherited.__sigaction_handler.sa_handler, to: Int.self) == ignored {
      return
    }
    var action = sigaction()
    // Without SA_RESTART a read that waits for input is interrupted too.
    unsafe action.__sigaction_handler.sa_handler = { _ in
      if Interruption.isPaused.load(ordering: .relaxed) { return }
      if Interruption.count.add(1, ordering: .relaxed).newValue >= 3 { _exit(130) }
    }
    unsafe sigaction(SIGINT, &action, nil)
  }

  package static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Forgets a Ctrl-C that has been obeyed.
  package static func reset() { count.store(0, ordering: .relaxed) }

  /// Lets Ctrl-C be another program's, which shares the terminal.
  package static func pause() { isPaused.store(true, ordering: .relaxed) }

  package static func resume() { isPaused.store(false, ordering: .relaxed) }

  /// A reader that has gone is told by the write's own result.
  package static func ignoreClosedPipes() { _ = signal(SIGPIPE, SIG_IGN) }
}
