import Diagnostics
import Evaluation

/// A chart of counts over time, as wide as a terminal has room for: days or weeks from left to right.
///
/// ```
/// changes
///  12 ┤  █
///     │  █▂
///   0 ┼▁▁██▁▁▅
///      2026-11-01
/// ```
/// A pipe has a table of the days that had any.
struct TimelineFormat {
  let screen: Screen
  let span: ResultTable.Span
  /// The column with the counts.
  let count: Int

  private static let height = 8
  private static let narrowest = 20
  /// As wide as a day may be.
  private static let widest = 4
  private static let eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The counts of equally long spans of time, one after another.
  struct Series: Equatable {
    /// Days since 1970 on which the first begins.
    let start: Int
    /// How many days each has.
    let days: Int
    var counts: [Int]

    /// Days and their counts, ascending; as many days are taken together as it needs to be no longer.
    init?(_ points: [(day: Int, count: Int)], span: Int, most: Int) {
      guard let first = points.first?.day, let last = points.last?.day, most > 0 else { return nil }
      let spans = (last - first) / span + 1
      days = (spans + most - 1) / most * span
      start = first
      counts = Array(repeating: 0, count: (last - first) / days + 1)
      for point in points { counts[(point.day - first) / days] += point.count }
    }
  }

  func write(_ table: ResultTable, to output: inout OutputBuffer) throws(OutputFailure) {
    let total = table.rowCount == 0 ? 0 : points(of: table).reduce(0) { $0 + $1.count }
    // The axis is as wide as the highest count could be.
    let axis = Quantity.grouped(total).count + 3
    guard let width = screen.width, width - axis >= TimelineFormat.narrowest,
      let series = Series(points(of: table), span: span.days, most: width - axis)
    else { return try TableFormat(screen: screen).write(table, to: &output) }
    let columnWidth = min(TimelineFormat.widest, (width - axis) / series.counts.count)
    append(series, named: table.columns[count].name, axis, columnWidth, to: &output.bytes)
    let spans = series.days / span.days
    let scale =
      spans == 1
      ? "each column is a \(span == .day ? "day" : "week")"
      : "each column is \(Quantity.of(spans, span == .day ? "day" : "week"))"
    screen.append(.faint, to: &output.bytes) { $0.append("\(table.humanFooter); \(scale)") }
    output.bytes.append(ascii: "\n")
  }

  private func points(of table: ResultTable) -> [(day: Int, count: Int)] {
    (0..<table.rowCount).compactMap { row in
      guard case .text(let date) = table.value(row: row, column: 0),
        let moment = Moment.parse(date.string.utf8.span)?.moment,
        case .integer(let count) = table.value(row: row, column: count)
      else { return nil }
      return (Int(moment.milliseconds / 86_400_000), count)
    }
  }

  private func append(
    _ series: Series, named name: Text, _ axis: Int, _ columnWidth: Int, to bytes: inout [UInt8]
  ) {
    let highest = series.counts.max() ?? 1
    screen.append(.strong, to: &bytes) { $0.append(name) }
    bytes.append(ascii: "\n")
    for line in (0..<TimelineFormat.height).reversed() {
      let label =
        line == TimelineFormat.height - 1 ? Quantity.grouped(highest) : line == 0 ? "0" : ""
      let mark = line == 0 ? "┼" : label.isEmpty ? "│" : "┤"
      bytes.append(blanks: axis - 2 - label.count)
      screen.append(.faint, to: &bytes) { $0.append("\(label) \(mark)") }
      var columns: [UInt8] = []
      for count in series.counts {
        // Whatever there is shows.
        let level = count == 0 ? 0 : max(1, count * TimelineFormat.height * 8 / highest)
        let part = TimelineFormat.eighths[min(max(level - line * 8, 0), 8)]
        let gap = columnWidth > 2 ? 1 : 0
        columns.append(String(repeating: part, count: columnWidth - gap))
        columns.append(blanks: gap)
      }
      while columns.last == UInt8(ascii: " ") { columns.removeLast() }
      screen.append(.good, to: &bytes) { $0.append(contentsOf: columns) }
      bytes.append(ascii: "\n")
    }
    appendDates(series, axis, columnWidth, to: &bytes)
  }

  /// The first day of the first column, and of the last where there is room for it.
  private func appendDates(
    _ series: Series, _ axis: Int, _ columnWidth: Int, to bytes: inout [UInt8]
  ) {
    func date(_ column: Int) -> String {
      let day = series.start + column * series.days
      return Moment(clamping: Int64(day) * 86_400_000).dateText
    }
    let first = date(0)
    let last = date(series.counts.count - 1)
    let width = series.counts.count * columnWidth
    bytes.append(blanks: axis)
    screen.append(.faint, to: &bytes) { bytes in
      bytes.append(first)
      guard first != last else { return }
      let between = width - first.count - last.count
      if between > 0 {
        bytes.append(blanks: between)
        bytes.append(last)
      } else {
        bytes.append(" – \(last)")
      }
    }
    bytes.append(ascii: "\n")
  }
}
