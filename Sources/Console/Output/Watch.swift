import Diagnostics
import Language

/// What is told of statements besides their results: `--echo` and `--timing`.
package struct Watch: Sendable {
  package let echoes: Bool
  package var showsTiming: Bool
  private var running: (place: String, start: Int64)?
  /// The lines of the script last asked about.
  private var latest: (bytes: [UInt8], lines: LineTable)?

  package init(echoes: Bool = false, showsTiming: Bool = false) {
    self.echoes = echoes
    self.showsTiming = showsTiming
  }

  /// The statement as written; of a block, the line that opens it.
  static func echo(of statement: Statement, in source: SourceText) -> String {
    let range = statement.place.range
    var text = String(decoding: source.bytes[range.lower..<range.upper], as: UTF8.self)
    switch statement.kind {
    case .conditional, .previewBlock: text = String(text.prefix { $0 != "\n" })
    default: break
    }
    return TerminalEscape.escape(text, keepsLineEnds: true) + "\n"
  }

  mutating func start(_ statement: Statement, in source: SourceText) {
    if latest?.bytes != source.bytes { latest = (source.bytes, LineTable(source)) }
    let line = latest?.lines.line(at: statement.place.range.lower) ?? 1
    let place = "\(TerminalEscape.escape(source.name)):\(line)"
    running = (place, SystemCall.monotonicNanoseconds)
  }

  /// A line that tells how long the statement took, or nil where none ran.
  mutating func stop() -> String? {
    defer { running = nil }
    return running.map { Timing.line($0.place, since: $0.start) }
  }
}
