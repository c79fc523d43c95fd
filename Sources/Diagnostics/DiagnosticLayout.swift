/// Lays a diagnostic out for people: what, where, the line itself with the place underlined, and help.
///
///     error[E0201]: unknown permission 'outbond'
///       nightly.pql:3:7
///       3 | grant outbond to all
///         |       ^^^^^^^ did you mean 'outbound'?
///
/// Colours are not its business: `paint` gets each part and gives it back as it is to be shown.
package struct DiagnosticLayout {
  /// What a piece of the layout is.
  package enum Part: Hashable, Sendable {
    case severity(Diagnostic.Severity)
    case message
    case place
    case gutter
    case source
    case underline(Diagnostic.Severity)
    case help
  }

  /// Columns of source that are shown of a line; a longer one is cut around the place.
  private static let widest = 90
  /// A narrower terminal breaks them all the same.
  private static let narrowest = 10
  private static let tabStop = 4

  /// The terminal's columns; nil where nothing bounds a line.
  package var width: Int?
  private let paint: (String, Part) -> String
  /// The lines of the source last asked about: a script's diagnostics come one after the other.
  private var latest: (bytes: [UInt8], lines: LineTable)?

  package init(paint: @escaping (String, Part) -> String = { text, _ in text }) {
    self.paint = paint
  }

  /// The whole layout; each of its lines ends with a line feed.
  package mutating func text(of diagnostic: Diagnostic) -> String {
    let severity = diagnostic.severity
    var text =
      Folding.fold(
        paint("\(severity.rawValue)[\(diagnostic.code)]", .severity(severity))
          + paint(": " + TerminalEscape.escape(diagnostic.message), .message), to: width) + "\n"
    if let place = diagnostic.place {
      text += excerpt(place.source, place.range, diagnostic)
    } else if let label = diagnostic.label {
      text += "  " + paint(TerminalEscape.escape(label), .help) + "\n"
    }
    if let help = diagnostic.help {
      let line = "  " + paint("help: " + TerminalEscape.escape(help), .help)
      text += Folding.fold(line, to: width) + "\n"
    }
    return text
  }

  private mutating func excerpt(
    _ source: SourceText, _ range: SourceRange, _ diagnostic: Diagnostic
  ) -> String {
    let lines = lines(of: source)
    let position = lines.position(of: range.lower)
    let name = TerminalEscape.escape(source.name)
    var text = "  " + paint("\(name):\(position.line):\(position.column)", .place) + "\n"

    // The byte after a line end belongs to the next line; what ends there ends on this one.
    let last = lines.line(at: max(range.lower, range.upper - 1))
    let shown = last == position.line ? [last] : [position.line, last]
    let gutter = String(last).count
    for line in shown {
      if line == last, last > position.line + 1 {
        text += "  " + paint(String(repeating: " ", count: gutter) + " | ", .gutter) + "…\n"
      }
      let piece = piece(of: source.bytes, lines.range(ofLine: line), range, gutter: gutter)
      let number = String(line)
      let padding = String(repeating: " ", count: gutter - number.count)
      text += "  " + paint("\(padding)\(number) | ", .gutter) + paint(piece.source, .source) + "\n"
      var marks = String(repeating: "^", count: max(1, piece.width))
      if line == last, let label = diagnostic.label { marks += " " + TerminalEscape.escape(label) }
      text +=
        "  " + paint(String(repeating: " ", count: gutter) + " | ", .gutter)
        + String(repeating: " ", count: piece.indent)
        + paint(marks, .underline(diagnostic.severity)) + "\n"
    }
    return text
  }

  private mutating func lines(of source: SourceText) -> LineTable {
    if let latest, latest.bytes == source.bytes { return latest.lines }
    let lines = LineTable(source)
    latest = (source.bytes, lines)
    return lines
  }

  /// A line as it is shown, and the columns before and under the mark.
  private func piece(
    of bytes: [UInt8], _ line: Range<Int>, _ range: SourceRange, gutter: Int
  ) -> (source: String, indent: Int, width: Int) {
    let isFirst = range.lower >= line.lowerBound
    let lower = isFirst ? min(range.lower, line.upperBound) : firstVisible(bytes, line)
    let upper = max(lower, min(range.upper, line.upperBound))
    let window = window(in: bytes, line, around: lower)
    let clusters = Cluster.split(bytes, window)

    var shown: [(text: String, width: Int, range: Range<Int>)] = []
    var column = 0
    for cluster in clusters {
      let isTab = bytes[cluster.range.lowerBound] == 0x09
      let blanks = DiagnosticLayout.tabStop - column % DiagnosticLayout.tabStop
      let text = isTab ? String(repeating: " ", count: blanks) : cluster.shown
      let width = DisplayWidth.of(text)
      shown.append((text, width, cluster.range))
      column += width
    }
    let before = shown.prefix { $0.range.upperBound <= lower }
    let marked = shown.dropFirst(before.count).prefix { $0.range.lowerBound < upper }
    let cut = cut(
      total: column, isCut: window != line, indent: before.reduce(0) { $0 + $1.width },
      marked: marked.reduce(0) { $0 + $1.width }, gutter: gutter)

    var result = ""
    var indent = 0
    var width = 0
    column = 0
    for (index, cluster) in shown.enumerated() {
      defer { column += cluster.width }
      guard column >= cut.lowerBound, column + cluster.width <= cut.upperBound else { continue }
      result += cluster.text
      if index < before.count { indent += cluster.width }
      if marked.indices.contains(index) { width += cluster.width }
    }
    let isCutBefore = cut.lowerBound > 0 || window.lowerBound > line.lowerBound
    let isCutAfter = cut.upperBound < column || window.upperBound < line.upperBound
    return (
      (isCutBefore ? "…" : "") + result + (isCutAfter ? "…" : ""),
      indent + (isCutBefore ? 1 : 0), width
    )
  }

  /// The columns to show: all where they fit, else a window that begins a little before the mark.
  private func cut(
    total: Int, isCut: Bool, indent: Int, marked: Int, gutter: Int
  ) -> Range<Int> {
    // Before it stand its number and a bar, around it the marks of what is cut.
    let widest = min(
      DiagnosticLayout.widest, max(DiagnosticLayout.narrowest, (width ?? .max) - gutter - 7))
    if total <= widest { return 0..<total }
    let context = max(min(10, widest / 2), min(40, widest - marked))
    let lower = max(0, min(indent - context, total - widest))
    return lower..<min(total, lower + widest)
  }

  /// The bytes near the mark, so that a line of a megabyte costs no more than a short one.
  private func window(in bytes: [UInt8], _ line: Range<Int>, around offset: Int) -> Range<Int> {
    var lower = max(line.lowerBound, offset - 400)
    var upper = min(line.upperBound, offset + 800)
    while lower > line.lowerBound, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
    while upper < line.upperBound, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
    return lower..<upper
  }

  private func firstVisible(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
    bytes[line].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.lowerBound
  }
}
