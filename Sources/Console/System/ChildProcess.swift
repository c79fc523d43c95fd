import Diagnostics
@unsafe @preconcurrency import Glibc
import Interchange

/// Other programs that a person at a prompt works with: a pager, an editor.
///
/// They share the terminal, so Ctrl-C is theirs while they run.
enum ChildProcess {
  /// A program that runs, and the pipe into its standard input.
  struct Running {
    fileprivate let number: pid_t
    let input: Int32
  }

  /// Starts a shell's command whose standard input is a pipe; nil where that can't be done.
  static func start(_ command: Text) -> Running? {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let number = spawn(command, [], input: ends[0])
    close(ends[0])
    guard let number else {
      close(ends[1])
      return nil
    }
    Interruption.pause()
    return Running(number: number, input: ends[1])
  }

  /// Tells a program that nothing more comes, and waits for its end.
  static func finish(_ running: Running) {
    close(running.input)
    _ = wait(for: running.number)
    Interruption.resume()
  }

  /// Runs a shell's command to its end.
  ///
  /// - Returns: its exit status; 127 where it could not be started.
  static func run(_ command: Text, _ arguments: [Text]) -> Int32 {
    Interruption.pause()
    defer { Interruption.resume() }
    guard let number = spawn(command, arguments, input: nil) else { return 127 }
    return wait(for: number)
  }

  /// Whether a command's first word is a program that can be found.
  static func isThere(_ command: Text) -> Bool {
    let word = String(command.string.prefix { $0 != " " })
    if word.contains("/") { return unsafe access(word, X_OK) == 0 }
    let path = SystemCall.environment("PATH")?.string ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").contains { folder in
      unsafe access("\(folder)/\(word)", X_OK) == 0
    }
  }

  private static func spawn(_ command: Text, _ arguments: [Text], input: Int32?) -> pid_t? {
    // What the shell is given as arguments is never read as a part of the command.
    let tail = arguments.isEmpty ? "" : " \"$@\""
    let words = ["sh", "-c", "\(command)\(tail)", "sh"] + arguments.map(\.string)
    let vector = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe vector.forEach { unsafe free($0) } }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let input { unsafe posix_spawn_file_actions_adddup2(&actions, input, 0) }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var number: pid_t = 0
    let result = unsafe posix_spawn(&number, "/bin/sh", &actions, &attributes, vector, environ)
    return result == 0 ? number : nil
  }

  private static func wait(for number: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(number, &status, 0) < 0 {
      if errno != EINTR { return 127 }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
