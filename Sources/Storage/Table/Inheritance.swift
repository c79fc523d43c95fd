/// Which rows were given another row's permissions when they were made.
struct Inheritance: Sendable {
  /// Of a file: first row, the row after the last, and whose permissions they were given; in order.
  private var base = Stored<UInt32>()
  /// How many of the file's ranges count.
  private var baseCount = 0
  /// The ranges after the file's.
  private var tail: [(rows: Range<UInt32>, source: Row)] = []

  init() {}

  init(_ base: Stored<UInt32>) throws(Damage) {
    guard base.count % 3 == 0 else { throw Damage("inheritance") }
    self.base = base
    baseCount = base.count / 3
  }

  private var count: Int { baseCount + tail.count }

  private func firstRow(of index: Int) -> UInt32 {
    index < baseCount ? base[index * 3] : tail[index - baseCount].rows.lowerBound
  }

  private func end(of index: Int) -> UInt32 {
    index < baseCount ? base[index * 3 + 1] : tail[index - baseCount].rows.upperBound
  }

  private func source(of index: Int) -> UInt32 {
    index < baseCount ? base[index * 3 + 2] : tail[index - baseCount].source.number
  }

  /// The row whose permissions this one was given when it was made, or nil.
  func source(of row: Row) -> Row? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if end(of: middle) <= row.number { low = middle + 1 } else { high = middle }
    }
    guard low < count, firstRow(of: low) <= row.number, row.number < end(of: low) else {
      return nil
    }
    let source = source(of: low)
    guard source < row.number else {
      base.condemn()
      return nil
    }
    return Row(source)
  }

  /// Adds rows that come after all others.
  mutating func append(_ rows: Range<UInt32>, from source: Row) {
    tail.append((rows, source))
  }

  /// Forgets the ranges that go beyond a number of rows.
  mutating func truncate(to rowCount: Int) {
    while let last = tail.last, last.rows.upperBound > rowCount { tail.removeLast() }
    guard tail.isEmpty else { return }
    while baseCount > 0, base[baseCount * 3 - 2] > rowCount { baseCount -= 1 }
  }

  /// All ranges as they are in a file.
  var packed: [UInt32] {
    (0..<count).flatMap { [firstRow(of: $0), end(of: $0), source(of: $0)] }
  }
}
