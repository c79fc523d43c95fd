// A row set is written in the smallest of its forms.
private enum RowSetTag: UInt8 {
  case empty = 0
  case single = 1
  case runs = 2
  case gaps = 3
  case bitmap = 4
}

extension RowSet {
  func write(to output: inout some ByteOutput) {
    guard let first, let last else {
      output.append(RowSetTag.empty.rawValue)
      return
    }
    if count == 1 {
      output.append(RowSetTag.single.rawValue)
      output.write(varint: first.index)
      return
    }
    let sizes = encodedSizes()
    let words = last.index / 64 - first.index / 64 + 1
    if words * 8 < Swift.min(sizes.runs, sizes.gaps) {
      writeBitmap(from: first.index / 64, words: words, to: &output)
    } else if sizes.runs <= sizes.gaps {
      output.append(RowSetTag.runs.rawValue)
      output.write(varint: sizes.runCount)
      var next: UInt32 = 0
      forEachRun { run in
        output.write(varint: UInt64(run.lowerBound - next))
        output.write(varint: UInt64(run.upperBound - run.lowerBound - 1))
        next = run.upperBound
      }
    } else {
      output.append(RowSetTag.gaps.rawValue)
      output.write(varint: count)
      var next: UInt32 = 0
      for row in self {
        output.write(varint: UInt64(row.number - next))
        next = row.number + 1
      }
    }
  }

  private func encodedSizes() -> (runs: Int, gaps: Int, runCount: Int) {
    var runs = 0
    var gaps = 0
    var runCount = 0
    var next: UInt32 = 0
    forEachRun { run in
      let gap = varintSize(UInt64(run.lowerBound - next))
      runs += gap + varintSize(UInt64(run.count - 1))
      gaps += gap + run.count - 1
      runCount += 1
      next = run.upperBound
    }
    return (runs, gaps, runCount)
  }

  private func writeBitmap(from firstWord: Int, words: Int, to output: inout some ByteOutput) {
    output.append(RowSetTag.bitmap.rawValue)
    output.write(varint: firstWord)
    output.write(varint: words)
    bitmap.words.withSpan(of: firstWord..<firstWord + words) { words in
      for index in words.indices { output.write64(words[index]) }
    }
  }

  /// Reads a set all of whose rows are below a limit.
  init(from input: inout ByteReader, limit: Int) throws(Damage) {
    guard let tag = RowSetTag(rawValue: try input.byte("row set")) else {
      throw Damage("row set")
    }
    switch tag {
    case .empty: self.init()
    case .single: self.init(Row(UInt32(try input.number(atMost: limit - 1, "row"))))
    case .runs: self = try RowSet.readRuns(&input, limit)
    case .gaps: self = try RowSet.readGaps(&input, limit)
    case .bitmap: self = try RowSet.readBitmap(&input, limit)
    }
    // An empty table has no row that even a single one could be.
    guard let last else { return }
    if last.index >= limit { throw Damage("row set") }
  }

  /// Reads a set of one row; nil where it is another.
  static func readSingle(_ input: inout ByteReader) throws(Damage) -> Row? {
    guard try input.byte("row set") == RowSetTag.single.rawValue else { return nil }
    return Row(UInt32(try input.number(atMost: Int(UInt32.max) - 1, "row")))
  }

  private static func readRuns(_ input: inout ByteReader, _ limit: Int) throws(Damage) -> RowSet {
    let count = try input.count(ofAtLeast: 2, "row set")
    var next = 0
    var bitmap = Bitmap()
    for index in 0..<count {
      let start = next + (try input.number(atMost: limit - next, "row set"))
      let length = 1 + (try input.number(atMost: limit - start - 1, "row set"))
      guard start + length <= limit, index == 0 || start > next else { throw Damage("row set") }
      if count == 1 { return RowSet(UInt32(start)..<UInt32(start + length)) }
      bitmap.formUnion(start..<start + length)
      next = start + length
    }
    return RowSet(bitmap)
  }

  private static func readGaps(_ input: inout ByteReader, _ limit: Int) throws(Damage) -> RowSet {
    let count = try input.count("row set")
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    var next = 0
    for _ in 0..<count {
      let number = next + (try input.number(atMost: limit - next - 1, "row set"))
      guard number < limit else { throw Damage("row set") }
      numbers.append(UInt32(number))
      next = number + 1
    }
    return RowSet(sortedNumbers: numbers)
  }

  private static func readBitmap(
    _ input: inout ByteReader, _ limit: Int
  ) throws(Damage) -> RowSet {
    let first = try input.number(atMost: limit / 64, "row set")
    let count = try input.count(ofAtLeast: 8, "row set")
    guard first + count <= (limit + 63) / 64 else { throw Damage("row set") }
    var words = [UInt64](repeating: 0, count: first)
    words.reserveCapacity(first + count)
    for _ in 0..<count { words.append(try input.read64("row set")) }
    return RowSet(Bitmap(words: words))
  }
}
