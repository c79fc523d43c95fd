import CSystem
package import Diagnostics
package import Evaluation
@unsafe @preconcurrency import Glibc
import Interchange

/// The libc calls of this room, each as a function on values.
package enum SystemCall {
  package static func exists(_ path: Text) -> Bool {
    unsafe access(path.string, F_OK) == 0
  }

  /// The `errno` of a call that a signal ended.
  package static var interruptedNumber: Int32 { EINTR }

  /// Writes all bytes, however many calls it takes.
  package static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32)
    throws(OutputFailure)
  {
    var rest = bytes
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if written >= 0 {
        rest = rest.dropFirst(written)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable(descriptor)
      case EPIPE: throw .closed
      case let error: throw .system(error)
      }
    }
  }

  /// Somebody else made the descriptor non-blocking, as programs that share a terminal do.
  private static func waitUntilWritable(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&request, 1, -1)
  }

  /// Reads some bytes into the end of `bytes`.
  package static func read(
    from descriptor: Int32, atMost count: Int, into bytes: inout [UInt8]
  ) -> ReadResult {
    let before = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    let found = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: before), count)
    }
    let error = errno
    bytes.removeLast(count - max(found, 0))
    if found > 0 { return .some(found) }
    if found == 0 { return .end }
    return error == EINTR ? .interrupted : .failed(error)
  }

  package enum ReadResult: Equatable, Sendable {
    /// So many bytes.
    case some(Int)
    case end
    /// A signal came first.
    case interrupted
    case failed(Int32)
  }

  /// Makes sure that 0, 1 and 2 are open, so that no file of the store can come to be one of them.
  ///
  /// What was closed can be neither read nor written afterwards.
  package static func reserveStandardDescriptors() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest free number is this one: those before it are open.
      _ = unsafe open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal, or nil where it is none or does not say.
  package static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Waits, or until a signal comes.
  package static func wait(milliseconds: Int) {
    var time = timespec(
      tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    _ = unsafe nanosleep(&time, nil)
  }

  /// The terminal's columns and rows, or nil where it is none or does not say.
  static func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
      size.ws_row > 0
    else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// A variable of the environment, or nil where it is absent or not UTF-8.
  package static func environment(_ name: String) -> Text? {
    environmentBytes(name).flatMap { Text(validating: $0) }
  }

  /// A variable of the environment as it is, or nil where it is absent.
  package static func environmentBytes(_ name: String) -> [UInt8]? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe SystemFile.bytes(of: value)
  }

  /// The arguments after the program's name, as bytes.
  package static var arguments: [[UInt8]] {
    (1..<max(1, permql_argument_count())).compactMap { index in
      unsafe permql_argument(index).map { unsafe SystemFile.bytes(of: $0) }
    }
  }

  package static var hostName: Text {
    var buffer = [UInt8](repeating: 0, count: 256)
    let result = unsafe buffer.withUnsafeMutableBytes { raw in
      unsafe raw.withMemoryRebound(to: CChar.self) {
        unsafe $0.baseAddress.map { unsafe gethostname($0, 255) }
      }
    }
    guard result == 0 else { return "localhost" }
    return Text(validating: buffer.prefix { $0 != 0 }) ?? "localhost"
  }

  package static var userNumber: UInt32 { getuid() }

  /// Milliseconds since 1970-01-01T00:00Z.
  package static var now: Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Nanoseconds of a clock that never goes back.
  package static var monotonicNanoseconds: Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// A small file's bytes; none where it can't be read.
  package static func contents(of path: String) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20 {
      guard case .some = read(from: descriptor, atMost: 1 << 12, into: &bytes) else { break }
    }
    return bytes
  }
}
