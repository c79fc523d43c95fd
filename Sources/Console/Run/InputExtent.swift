import Diagnostics
import Language

/// Whether what was typed so far is something that can run.
package enum InputExtent {
  /// White space and nothing else.
  package static func isBlank(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 <= 0x20 } }

  /// Whether Enter runs it: the parser says that it is whole or hopeless, or an empty line ends it.
  ///
  /// A dot command is one line.
  package static func isWhole(_ bytes: [UInt8]) -> Bool {
    if isBlank(bytes) { return false }
    if isDotCommand(bytes) || isFarewell(bytes) || endsWithEmptyLine(bytes) { return true }
    return Parser.completeness(of: SourceText(name: "<prompt>", bytes: bytes)) != .incomplete
  }

  package static func isDotCommand(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: ".")
  }

  /// `quit` or `exit`, in any case.
  package static func isFarewell(_ bytes: [UInt8]) -> Bool {
    let word = bytes.filter { $0 > 0x20 && $0 != UInt8(ascii: ";") }.map { $0 | 0x20 }
    return word == Array("quit".utf8) || word == Array("exit".utf8)
  }

  /// The last line, without its line end, is blank, and is not the only one.
  private static func endsWithEmptyLine(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What ends with a line end has an empty piece behind it.
    let whole = lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
    return whole.count > 1 && whole.last?.allSatisfy { $0 <= 0x20 } == true
  }
}
