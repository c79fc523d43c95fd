import Diagnostics
import Evaluation
import Interchange

/// Cells as people read them: escaped, and never empty.
extension ResultTable {
  /// Appends a cell and says how it looks.
  func appendHuman(row: Int, column: Int, to bytes: inout [UInt8]) -> Style {
    let start = bytes.count
    if appendText(row: row, column: column, to: &bytes) {
      return HumanText.finishText(from: start, in: &bytes)
    }
    let value = value(row: row, column: column)
    switch (value, columns[column].cells) {
    case (.boolean(let isTrue), .permission): return HumanText.append(mark: isTrue, to: &bytes)
    case (.time(let milliseconds), _) where !isSingleObject:
      HumanText.append(second: milliseconds, to: &bytes)
      return .plain
    case (.number(let share), _) where columns[column].kind == .share:
      bytes.append(Quantity.percentage(share))
      return .plain
    default: return HumanText.append(value, to: &bytes)
    }
  }

  /// Numbers stand to the right, so that their digits are in line.
  func isRightAligned(column: Int) -> Bool {
    switch columns[column].kind {
    case .integer, .number, .share: true
    case .text, .boolean, .time, .list, .flags: false
    }
  }

  /// What of a cell may be cut off on a narrow screen.
  func canShrink(column: Int) -> Bool {
    switch columns[column].kind {
    case .text, .list, .flags: true
    case .integer, .number, .share, .boolean, .time: false
    }
  }

  /// `1 row`, or what the query says of itself.
  var humanFooter: String { footer ?? Quantity.of(rowCount, "row") }
}

/// Text for people: whatever comes from data passes through here.
enum HumanText {
  static let unset = "—"
  static let on = "✓"
  static let off = "·"

  static func append(mark isOn: Bool, to bytes: inout [UInt8]) -> Style {
    bytes.append(isOn ? on : off)
    return isOn ? .good : .faint
  }

  /// Appends a value and says how it looks.
  static func append(_ value: ResultValue, to bytes: inout [UInt8]) -> Style {
    switch value {
    case .null, .list([]):
      bytes.append(unset)
      return .faint
    case .time(let milliseconds):
      bytes.append(Moment(clamping: milliseconds).shortest)
    case .text, .list, .flags:
      let start = bytes.count
      value.appendPlain(to: &bytes)
      return finishText(from: start, in: &bytes)
    case .integer, .number, .unlimited, .boolean:
      value.appendPlain(to: &bytes)
    }
    return .plain
  }

  /// A time in a column or a sentence, where milliseconds are noise.
  static func append(second milliseconds: Int64, to bytes: inout [UInt8]) {
    bytes.append(time: milliseconds - (milliseconds % 1000 + 1000) % 1000)
  }

  /// Escapes the text from `start` to the end; shows an empty one as such.
  static func finishText(from start: Int, in bytes: inout [UInt8]) -> Style {
    if start == bytes.count {
      bytes.append("\"\"")
      return .faint
    }
    escape(from: start, in: &bytes)
    return .plain
  }

  /// What a write did, in one line.
  static func append(
    sentence summary: ChangeSummary, format: OutputFormat, to bytes: inout [UInt8]
  ) {
    append(line: summary.sentence, format: format, to: &bytes)
  }

  /// What `print` says: values joined by blanks.
  static func append(
    message values: [ResultValue], format: OutputFormat, to bytes: inout [UInt8]
  ) {
    var line: [UInt8] = []
    for (index, value) in values.enumerated() {
      if index > 0 { line.append(ascii: " ") }
      if case .null = value {
        line.append(unset)
      } else if case .time(let milliseconds) = value {
        append(second: milliseconds, to: &line)
      } else {
        value.appendPlain(to: &line)
      }
    }
    append(line: String(decoding: line, as: UTF8.self), format: format, to: &bytes)
  }

  /// Text of several lines that is ours, such as help: its layout is kept.
  static func append(prose text: String, format: OutputFormat, to bytes: inout [UInt8]) {
    if format == .html { bytes.append("<pre>") }
    if format == .markdown { bytes.append("```\n") }
    let start = bytes.count
    bytes.append(TerminalEscape.escape(text, keepsLineEnds: true))
    if bytes.last != UInt8(ascii: "\n") { bytes.append(ascii: "\n") }
    if format == .html { HTMLFormat.escape(from: start, in: &bytes) }
    if format == .html { bytes.append("</pre>\n") }
    if format == .markdown { bytes.append("```\n") }
  }

  static func append(line: String, format: OutputFormat, to bytes: inout [UInt8]) {
    if format == .html { bytes.append("<p>") }
    append(escaped: line, format: format, to: &bytes)
    bytes.append(format == .html ? "</p>\n" : "\n")
  }

  private static func append(
    escaped line: String, format: OutputFormat, to bytes: inout [UInt8]
  ) {
    let start = bytes.count
    bytes.append(line)
    escape(from: start, in: &bytes)
    switch format {
    case .html: HTMLFormat.escape(from: start, in: &bytes)
    case .markdown: MarkdownFormat.escape(from: start, in: &bytes)
    default: break
    }
  }
}
