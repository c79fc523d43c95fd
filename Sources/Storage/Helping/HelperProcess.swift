internal import CSystem
@unsafe @preconcurrency import Glibc

/// How work is shared between two processors.
package enum Helping: Sendable {
  /// Not at all.
  case none
  /// By a process of its own.
  case process
  /// Done here at once, as a helper would: for tests.
  case here

  /// A process of its own, where there is a second processor for it.
  package static var likely: Helping { permql_processors() > 1 ? .process : .none }
}

/// A second process that does a part of the work and says what came of it.
///
/// It is no thread: references are counted without locks here, so nothing may be shared. It begins with
/// all that this process has, and what it changes is its own. Whatever keeps it from answering, its
/// part can still be done here: nobody has to trust that it lives.
package struct HelperProcess: ~Copyable {
  private enum Place {
    case process(pid_t, answer: Int32)
    case memory([UInt8])
  }

  private let place: Place

  private init(_ place: Place) {
    self.place = place
  }

  deinit {
    guard case .process(let number, let answer) = place else { return }
    close(answer)
    kill(number, SIGKILL)
    while waitpid(number, nil, 0) < 0 && errno == EINTR {}
  }

  /// Starts a helper; nil where none can be had.
  ///
  /// What it computes must not write anywhere. What can't be computed has no answer.
  package static func start<Value>(
    _ helping: Helping, _ compute: () -> Value?,
    _ write: (consuming Value, inout HelperOutput) -> Void
  ) -> HelperProcess? {
    switch helping {
    case .none: return nil
    case .here:
      var output = HelperOutput(nil)
      if let value = compute() { write(value, &output) }
      return HelperProcess(.memory(output.bytes))
    case .process:
      var ends: [Int32] = [-1, -1]
      guard unsafe permql_large_pipe(&ends) == 0 else { return nil }
      let number = permql_fork()
      if number == 0 {
        guard let value = compute() else { _exit(1) }
        var output = HelperOutput(ends[1])
        write(value, &output)
        output.flush()
        _exit(0)
      }
      close(ends[1])
      guard number > 0 else {
        close(ends[0])
        return nil
      }
      return HelperProcess(.process(number, answer: ends[0]))
    }
  }

  /// Waits for the answer, and reads it.
  ///
  /// - Returns: nil where there is none, or where the wait was ended by a signal that is to stop it.
  package func answer<Value>(
    stopsWhen isInterrupted: () -> Bool, _ read: (inout HelperInput) throws(HelperLost) -> Value
  ) throws(HelperLost) -> Value? {
    var input: HelperInput
    switch place {
    case .memory(let bytes):
      if bytes.isEmpty { return nil }
      input = HelperInput(bytes)
    case .process(_, let answer):
      guard wait(for: answer, isInterrupted) else { return nil }
      input = HelperInput(answer)
    }
    return try read(&input)
  }

  /// True as soon as an answer begins; false at its end before any.
  private func wait(for answer: Int32, _ isInterrupted: () -> Bool) -> Bool {
    var request = pollfd(fd: answer, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&request, 1, -1) < 0 {
      if errno != EINTR || isInterrupted() { return false }
    }
    return request.revents & Int16(POLLIN) != 0
  }
}
