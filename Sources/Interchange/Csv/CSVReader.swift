import Diagnostics

/// Takes the cells of a CSV file, in order.
///
/// Cells are valid UTF-8 without NUL, and their bytes are only lent: nothing is allocated for a cell.
package protocol CSVVisitor {
  /// One cell of the first row.
  mutating func header(_ cell: Span<UInt8>, column: Int, isQuoted: Bool) throws(Misread)
  /// The first row is complete.
  mutating func endHeader(line: Int) throws(Misread)
  /// One cell of a further row; columns are numbered from 0.
  mutating func cell(_ cell: Span<UInt8>, column: Int, isQuoted: Bool, line: Int) throws(Misread)
  /// A further row is complete, and has as many cells as the first.
  mutating func endRow(line: Int) throws(Misread)
  /// Takes cells of a further row that it knows at a glance, each with the comma behind it; never the
  /// row's last.
  ///
  /// - Returns: how many cells, and where the last one's comma ends.
  mutating func glance(_ bytes: Span<UInt8>, at start: Int, column: Int) -> (count: Int, end: Int)
  /// As many times what has come so far is to come in all.
  mutating func expect(_ factor: Double)
}

extension CSVVisitor {
  package mutating func glance(
    _ bytes: Span<UInt8>, at start: Int, column: Int
  ) -> (count: Int, end: Int) {
    (0, start)
  }

  package mutating func expect(_ factor: Double) {}
}

/// Reads CSV as RFC 4180 has it, from any source, in bounded memory.
///
/// What the RFC leaves open: lines end in CRLF, LF or CR, also mixed; a byte order mark at the start is
/// skipped; a line with nothing on it is skipped wherever it stands; spaces belong to the cell; every
/// row must have as many cells as the first; a quote inside a cell that begins with something else is a
/// character like others. But where only blanks stand before it, it is an error: some programs take the
/// cell for a quoted one and some do not.
package struct CSVReader<Source: ByteSource> {
  /// No cell is longer, in bytes.
  package static var cellLimit: Int { 1 << 20 }
  /// No row has more cells.
  package static var columnLimit: Int { 10_000 }

  private var window: ByteWindow<Source>
  private var state = ScanState()

  package init(_ source: Source) {
    window = ByteWindow(source)
  }

  /// Reads what a helper is to read: from the beginning of a row on, rows like those of another reader.
  init(_ source: Source, like other: CSVReader) {
    window = ByteWindow(source)
    state.columnCount = other.state.columnCount
  }

  /// Reads everything.
  package mutating func read(_ visitor: inout some CSVVisitor) throws(Misread) {
    try begin()
    try readOn(&visitor)
  }

  /// Looks at the beginning: whether it is text at all.
  mutating func begin() throws(Misread) {
    do { try window.begin() } catch { throw Misread(.file(error)) }
    if let other = ForeignFormat(firstBytes: window.bytes.span) {
      throw Misread(.foreign(other))
    }
    if window.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { state.position = 3 }
  }

  /// Reads on to the end, or as far as an offset of the source, or a little further.
  mutating func readOn(
    _ visitor: inout some CSVVisitor, upTo end: Int = .max
  ) throws(Misread) {
    window.end = max(end, window.reach)
    while true {
      let isDone = try scan(&visitor)
      if isDone { break }
      if window.reach == window.end { return }
      try refill(keepingFrom: state.position)
      state.position = 0
      if let forecast = window.takeForecast() { visitor.expect(forecast) }
    }
    guard state.columnCount != nil else { throw Misread(.empty) }
  }

  /// Where it is in the source.
  var reach: Int { window.reach }
  var size: Int? { window.size }
  /// Of what is read next, from 1.
  var line: Int { state.line }
  /// All that was in reach was whole rows.
  var isBetweenRows: Bool { state.column == 0 && state.position == window.bytes.count }
  /// The first row is complete.
  var hasHeader: Bool { state.columnCount != nil }

  /// The source from an offset on, and tells this one that it is not read for that.
  func beside(from offset: Int) -> Source? { window.beside(from: offset) }

  mutating func expect(upTo end: Int) { window.expect(upTo: end) }

  private mutating func refill(keepingFrom start: Int) throws(Misread) {
    do { try window.refill(keepingFrom: start) } catch { throw Misread(.file(error)) }
  }

  /// Reads the cells that lie whole within the window; true at the end of the source.
  private mutating func scan(_ visitor: inout some CSVVisitor) throws(Misread) -> Bool {
    var scanner = CSVScanner(state, base: window.discarded, isLast: window.isLast)
    let isDone = try scanner.scan(window.bytes.span, &visitor)
    state = scanner.state
    return isDone
  }
}

/// Where a reader is, from one window to the next.
struct ScanState {
  /// The next cell begins here, in the window.
  var position = 0
  var column = 0
  /// Of `position`, from 1.
  var line = 1
  /// The row's first line.
  var rowLine = 1
  /// The first row's; nil until it is complete.
  var columnCount: Int?
  /// The last byte used up was a CR: an LF right after it belongs to it.
  var isAfterCR = false
}
