@unsafe @preconcurrency import Glibc

/// A thread beside the run that does something every tenth of a second.
///
/// It answers no signals: those are the run's.
enum Ticker {
  private final class Work: Sendable {
    let tick: @Sendable () -> Bool

    init(_ tick: @escaping @Sendable () -> Bool) {
      self.tick = tick
    }
  }

  private static let microseconds: UInt32 = 100_000

  /// Begins with it; the thread ends once `tick` says no.
  ///
  /// - Returns: false where the system has no thread to give.
  static func start(_ tick: @escaping @Sendable () -> Bool) -> Bool {
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = unsafe Unmanaged.passRetained(Work(tick))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        let work = unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue()
        repeat { usleep(Ticker.microseconds) } while work.tick()
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      unsafe work.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
