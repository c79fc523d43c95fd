package import Diagnostics
package import Evaluation
import Interchange

/// A file that gets a copy of what is asked and answered: without colours, in full width.
package final class Tee {
  private let file: AppendedFile
  private var diagnostics = DiagnosticWriter(.human(hasColors: false))

  /// - Throws: where the file can't be written to.
  package init(_ path: Text) throws(DotProblem) {
    do {
      file = try AppendedFile(path)
    } catch {
      throw .unusableFile(path, SystemFile.describe(error.number))
    }
  }

  package func copy(_ outcome: Outcome, format: OutputFormat) {
    var buffer = OutputBuffer(to: nil)
    try? ResultWriter(format: format, screen: .unbounded).write(outcome, to: &buffer)
    file.append(buffer.bytes)
  }

  package func copy(_ diagnostic: Diagnostic) {
    var bytes: [UInt8] = []
    diagnostics.write(diagnostic, to: &bytes)
    file.append(bytes)
  }

  /// What was typed, as a comment marks none of it: `> count`.
  package func copy(input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map {
      "> \(TerminalEscape.escape(String($0)))"
    }
    file.append(Array((lines.joined(separator: "\n") + "\n").utf8))
  }
}
