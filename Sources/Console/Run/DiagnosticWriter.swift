package import Diagnostics
import Interchange

/// Writes what is wrong, for a person or for a program.
package struct DiagnosticWriter {
  package enum Style: Equatable, Sendable {
    case human(hasColors: Bool)
    /// One object a line.
    case objects
  }

  private let style: Style
  private var layout: DiagnosticLayout
  /// The lines of the script last asked about: its diagnostics come one after the other.
  private var latest: (bytes: [UInt8], lines: LineTable)?

  package init(_ style: Style) {
    self.style = style
    let screen = Screen(width: nil, hasColors: style == .human(hasColors: true))
    layout = DiagnosticLayout { text, part in
      var bytes: [UInt8] = []
      screen.append(part.style, to: &bytes) { $0.append(text) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The columns of the terminal that it goes to; nil where it goes elsewhere.
  package var width: Int? {
    get { layout.width }
    set { layout.width = newValue }
  }

  package mutating func write(_ diagnostic: Diagnostic, to bytes: inout [UInt8]) {
    switch style {
    case .human: bytes.append(layout.text(of: diagnostic))
    case .objects: writeObject(diagnostic, to: &bytes)
    }
  }

  /// Keys are always all there, so that a program need not ask which are.
  private mutating func writeObject(_ diagnostic: Diagnostic, to bytes: inout [UInt8]) {
    var position: SourcePosition?
    var length: Int?
    if let place = diagnostic.place {
      let lines = lines(of: place.source)
      position = lines.position(of: place.range.lower)
      length = lines.length(of: place.range)
    }
    bytes.append("{\"severity\":\"\(diagnostic.severity.rawValue)\"")
    append("code", text: Text(diagnostic.code), to: &bytes)
    append("message", text: Text(diagnostic.message), to: &bytes)
    append("file", text: diagnostic.place?.source.name, to: &bytes)
    append("line", number: position?.line, to: &bytes)
    append("column", number: position?.column, to: &bytes)
    append("length", number: length, to: &bytes)
    let help = [diagnostic.label, diagnostic.help].compactMap { $0 }.joined(separator: "; ")
    append("help", text: help.isEmpty ? nil : Text(help), to: &bytes)
    bytes.append("}\n")
  }

  private mutating func lines(of source: SourceText) -> LineTable {
    if let latest, latest.bytes == source.bytes { return latest.lines }
    let lines = LineTable(source)
    latest = (source.bytes, lines)
    return lines
  }

  private func append(_ key: String, text: Text?, to bytes: inout [UInt8]) {
    bytes.append(",\"\(key)\":")
    if let text {
      JSONWriter.append(text, to: &bytes)
    } else {
      JSONWriter.appendNull(to: &bytes)
    }
  }

  private func append(_ key: String, number: Int?, to bytes: inout [UInt8]) {
    bytes.append(",\"\(key)\":")
    if let number {
      NumberText.append(number, to: &bytes)
    } else {
      JSONWriter.appendNull(to: &bytes)
    }
  }
}

extension DiagnosticLayout.Part {
  /// How a terminal shows it.
  fileprivate var style: Style {
    switch self {
    case .severity(let severity), .underline(let severity):
      switch severity {
      case .error: .bad
      case .warning: .doubtful
      case .note: .remark
      }
    case .message: .strong
    case .place, .gutter: .faint
    case .source, .help: .plain
    }
  }
}
