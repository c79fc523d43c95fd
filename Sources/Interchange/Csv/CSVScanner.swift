import Diagnostics
import Storage

/// Reads the cells of one window.
struct CSVScanner {
  private(set) var state: ScanState
  /// The window's place in the source, in bytes.
  private let base: Int
  private let isLast: Bool
  /// A quoted cell without its doubled quotes.
  private var unquoted: [UInt8] = []

  init(_ state: ScanState, base: Int, isLast: Bool) {
    self.state = state
    self.base = base
    self.isLast = isLast
  }

  /// True at the end of the source; false where the cell at `state.position` goes on beyond the window.
  mutating func scan(
    _ bytes: Span<UInt8>, _ visitor: inout some CSVVisitor
  ) throws(Misread) -> Bool {
    while true {
      if state.column == 0 {
        skipLineEnds(bytes)
        if state.position == bytes.count { return isLast }
        state.rowLine = state.line
      }
      if state.columnCount != nil {
        let taken = visitor.glance(bytes, at: state.position, column: state.column)
        state.column += taken.count
        state.position = taken.end
      }
      let start = state.position
      let end: Int
      if start < bytes.count, bytes[start] == 0x22 {
        guard let closed = try scanQuoted(bytes, &visitor) else { return false }
        end = closed
      } else {
        guard let stopped = try scanPlain(bytes, &visitor) else { return false }
        end = stopped
      }
      if end == bytes.count {
        state.position = end
        try endRow(&visitor)
        return true
      }
      state.position = end + 1
      if bytes[end] == 0x2C {
        state.column += 1
        let limit = state.columnCount ?? CSVReader<MemorySource>.columnLimit
        if state.column >= limit { throw tooManyCells() }
      } else {
        state.isAfterCR = bytes[end] == 0x0D
        try endRow(&visitor)
        state.line += 1
      }
    }
  }

  /// Skips empty lines, and the LF that belongs to a CR.
  private mutating func skipLineEnds(_ bytes: Span<UInt8>) {
    while state.position < bytes.count {
      switch bytes[state.position] {
      case 0x0A:
        if !state.isAfterCR { state.line += 1 }
        state.isAfterCR = false
      case 0x0D:
        state.line += 1
        state.isAfterCR = true
      default:
        state.isAfterCR = false
        return
      }
      state.position += 1
    }
  }

  private mutating func endRow(_ visitor: inout some CSVVisitor) throws(Misread) {
    let count = state.column + 1
    state.column = 0
    if let columnCount = state.columnCount {
      guard count == columnCount else {
        throw Misread(.cellCount(found: count, expected: columnCount), line: state.rowLine)
      }
      try visitor.endRow(line: state.rowLine)
    } else {
      state.columnCount = count
      try visitor.endHeader(line: state.rowLine)
    }
  }

  /// Reads a cell without quotes; returns where it ends, or nil where that is beyond the window.
  private mutating func scanPlain(
    _ bytes: Span<UInt8>, _ visitor: inout some CSVVisitor
  ) throws(Misread) -> Int? {
    let start = state.position
    var index = start
    var seen: UInt64 = 0
    scanning: while true {
      index = CSVScanner.passPlain(bytes, from: index, &seen)
      if index == bytes.count { break }
      switch bytes[index] {
      case 0x2C, 0x0A, 0x0D: break scanning
      case 0x22:
        if isBlank(bytes, start..<index) { throw misread(.quoteAfterBlanks) }
        index += 1
      case 0x00: throw misread(.nul(offset: base + index))
      case let byte:
        seen |= UInt64(byte)
        index += 1
      }
    }
    if index - start > CSVReader<MemorySource>.cellLimit { throw misread(.cellTooLong) }
    if index == bytes.count && !isLast { return nil }
    let cell = bytes.extracting(start..<index)
    if seen & 0x8080_8080_8080_8080 != 0 { try validate(cell, at: start) }
    try deliver(cell, isQuoted: false, &visitor)
    return index
  }

  /// Spaces and tabs alone; asked of what stands before a quote.
  private func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.allSatisfy { bytes[$0] == 0x20 || bytes[$0] == 0x09 }
  }

  /// Passes over bytes that are neither commas nor quotes nor control characters, eight at a time, and
  /// puts their bits into `seen`.
  @inline(__always)
  private static func passPlain(
    _ bytes: Span<UInt8>, from start: Int, _ seen: inout UInt64
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index + 8 <= bytes.count {
      let word = bytes.littleEndian64(at: index)
      let comma = word ^ ones &* 0x2C
      let quote = word ^ ones &* 0x22
      // The lowest byte that is marked is one; those above it may only seem to be.
      let marks =
        ((comma &- ones) & ~comma | (quote &- ones) & ~quote | (word &- ones &* 0x20) & ~word)
        & tops
      guard marks == 0 else {
        let bits = UInt64(marks.trailingZeroBitCount & ~7)
        seen |= word & (1 << bits &- 1)
        return index + Int(bits >> 3)
      }
      seen |= word
      index += 8
    }
    while index < bytes.count, case let byte = bytes[index], byte >= 0x20, byte != 0x2C,
      byte != 0x22
    {
      seen |= UInt64(byte)
      index += 1
    }
    return index
  }

  /// Reads a cell in quotes; returns where it ends, or nil where that is beyond the window.
  private mutating func scanQuoted(
    _ bytes: Span<UInt8>, _ visitor: inout some CSVVisitor
  ) throws(Misread) -> Int? {
    let start = state.position + 1
    var index = start
    var seen: UInt8 = 0
    var lines = 0
    var doubled = 0
    var nul: Int?
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        if index + 1 < bytes.count {
          guard bytes[index + 1] == 0x22 else { break }
          doubled += 1
          index += 2
          continue
        }
        break
      }
      if byte == 0x0A {
        if bytes[index - 1] != 0x0D { lines += 1 }
      } else if byte == 0x0D {
        lines += 1
      } else if byte == 0 && nul == nil {
        nul = index
      }
      seen |= byte
      index += 1
    }
    if index - start > CSVReader<MemorySource>.cellLimit { throw misread(.quotedCellTooLong) }
    if index == bytes.count {
      if isLast { throw misread(.unclosedQuote) }
      return nil
    }
    if index + 1 == bytes.count && !isLast { return nil }
    let after = index + 1
    if after < bytes.count {
      switch bytes[after] {
      case 0x2C, 0x0A, 0x0D: break
      default: throw misread(.textAfterQuote(closesAtLine: state.line + lines))
      }
    }
    if let nul { throw misread(.nul(offset: base + nul)) }
    let cell = bytes.extracting(start..<index)
    if seen >= 0x80 { try validate(cell, at: start) }
    if doubled == 0 {
      try deliver(cell, isQuoted: true, &visitor)
    } else {
      undouble(cell)
      try deliver(unquoted.span, isQuoted: true, &visitor)
    }
    state.line += lines
    return after
  }

  private mutating func undouble(_ cell: Span<UInt8>) {
    unquoted.removeAll(keepingCapacity: true)
    var index = 0
    while index < cell.count {
      unquoted.append(cell[index])
      index += cell[index] == 0x22 ? 2 : 1
    }
  }

  @inline(__always)
  private func deliver(
    _ cell: Span<UInt8>, isQuoted: Bool, _ visitor: inout some CSVVisitor
  ) throws(Misread) {
    if state.columnCount == nil {
      try visitor.header(cell, column: state.column, isQuoted: isQuoted)
    } else {
      try visitor.cell(cell, column: state.column, isQuoted: isQuoted, line: state.rowLine)
    }
  }

  private func validate(_ cell: Span<UInt8>, at start: Int) throws(Misread) {
    guard let invalid = UTF8Text.firstInvalidByte(in: cell) else { return }
    throw misread(.invalidUTF8(byte: cell[invalid], offset: base + start + invalid))
  }

  private func misread(_ problem: InterchangeProblem) -> Misread {
    Misread(problem, line: state.line, column: state.column)
  }

  private func tooManyCells() -> Misread {
    guard let columnCount = state.columnCount else {
      return Misread(.tooManyColumns, line: state.rowLine)
    }
    return Misread(.cellCount(found: nil, expected: columnCount), line: state.rowLine)
  }
}
