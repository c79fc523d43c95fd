@unsafe @preconcurrency import Glibc
import Synchronization

/// What the terminal says by signals while a line is being edited.
enum TerminalSignals {
  private static let resized = Atomic<Bool>(false)
  private static let stopRequested = Atomic<Bool>(false)
  private static let ending = Atomic<Int32>(0)

  /// What was there before, to be put back.
  struct Former {
    fileprivate let actions: [(number: Int32, action: sigaction)]
  }

  /// Answers a new size, Ctrl-Z and the wish that the process ends, until `giveBack`.
  static func take() -> Former {
    resized.store(false, ordering: .relaxed)
    stopRequested.store(false, ordering: .relaxed)
    var former: [(number: Int32, action: sigaction)] = []
    for number in [SIGWINCH, SIGTSTP, SIGTERM, SIGHUP] {
      var before = sigaction()
      unsafe sigaction(number, nil, &before)
      let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
      if unsafe unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == ignored {
        continue
      }
      former.append((number, before))
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        switch number {
        case SIGWINCH: TerminalSignals.resized.store(true, ordering: .relaxed)
        case SIGTSTP: TerminalSignals.stopRequested.store(true, ordering: .relaxed)
        default: TerminalSignals.ending.store(number, ordering: .relaxed)
        }
      }
      unsafe sigaction(number, &action, nil)
    }
    return Former(actions: former)
  }

  static func giveBack(_ former: Former) {
    for (number, action) in former.actions {
      var action = action
      unsafe sigaction(number, &action, nil)
    }
  }

  /// Whether the terminal has a new size since the last question.
  static func takeResize() -> Bool { resized.exchange(false, ordering: .relaxed) }

  /// Whether Ctrl-Z was pressed since the last question.
  static func takeStop() -> Bool { stopRequested.exchange(false, ordering: .relaxed) }

  /// The signal that asks the process to end, or nil.
  static func takeEnd() -> Int32? {
    let number = ending.exchange(0, ordering: .relaxed)
    return number == 0 ? nil : number
  }

  static var stop: Int32 { SIGTSTP }
}
