import Diagnostics
import Evaluation

/// Output of one answer on its way to a terminal: through a pager where it is taller than the screen.
final class Pager {
  private let command: Text
  /// Lines that the screen has beside the prompt.
  private let height: Int
  private var held: [UInt8] = []
  private var lines = 0
  private var running: ChildProcess.Running?

  init(_ command: Text, height: Int) {
    self.command = command
    self.height = height
  }

  /// The person's own, else the usual one, where it is installed; nil where none is.
  static func command(chosen: Text?) -> Text? {
    let command = chosen.flatMap { $0.isEmpty ? nil : $0 } ?? "less -FRSX"
    return ChildProcess.isThere(command) ? command : nil
  }

  /// - Throws: `closed` once the person has left the pager.
  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    if let running { return try SystemCall.write(bytes[...], to: running.input) }
    held.append(contentsOf: bytes)
    lines += bytes.count { $0 == UInt8(ascii: "\n") }
    guard lines > height else { return }
    running = ChildProcess.start(command)
    if let running { try SystemCall.write(held[...], to: running.input) }
  }

  /// Shows what was short enough, or waits until the pager is left.
  func finish() throws(OutputFailure) {
    if let running {
      ChildProcess.finish(running)
    } else {
      try SystemCall.write(held[...], to: 1)
    }
  }
}
