import Storage

/// Columns of cells that are on, off or silent, collected row by row.
///
/// A row's cells are bits of a word; the words of 64 rows are then turned into a word of each column.
struct FlagCollector {
  private let count: Int
  /// Words a row.
  private let width: Int
  /// Which cells of the last rows are on, 64 rows for each word of a row.
  private var on: [UInt64]
  /// Which of them say anything.
  private var said: [UInt64]
  private var columnsOn: [[UInt64]]
  private var columnsOff: [[UInt64]]
  /// Of the row that is being read, among those that were not yet turned.
  private var row = 0

  init(count: Int) {
    self.count = count
    width = (count + 63) / 64
    on = Array(repeating: 0, count: width * 64)
    said = on
    columnsOn = Array(repeating: [], count: count)
    columnsOff = columnsOn
  }

  /// Sets a cell of the current row.
  @inline(__always)
  mutating func set(_ column: Int, to flag: Bool) {
    let place = column & ~63 | row
    let bit = UInt64(1) << UInt64(column & 63)
    said[place] |= bit
    if flag { on[place] |= bit }
  }

  /// Whether the current row's cell is set.
  func hasValue(_ column: Int) -> Bool {
    said[column & ~63 | row] >> UInt64(column & 63) & 1 == 1
  }

  /// Goes on to the next row.
  mutating func next() {
    row += 1
    if row == 64 { flush() }
  }

  /// The rows whose cell is on.
  func on(_ column: Int) -> RowSet { RowSet(words: columnsOn[column]) }

  /// The rows whose cell is off.
  func off(_ column: Int) -> RowSet { RowSet(words: columnsOff[column]) }

  /// Moves what was collected since the last time to the columns: after every 64th row and at the end.
  mutating func flush() {
    // After the last of 64 there is nothing: a word of no rows would be more than there are.
    guard row > 0 else { return }
    row = 0
    for word in 0..<width {
      var on = BitSquare(self.on[word * 64..<word * 64 + 64])
      var said = BitSquare(self.said[word * 64..<word * 64 + 64])
      on.transpose()
      said.transpose()
      for column in word * 64..<min(count, word * 64 + 64) {
        columnsOn[column].append(on[column & 63])
        columnsOff[column].append(said[column & 63] & ~on[column & 63])
      }
      for row in word * 64..<word * 64 + 64 {
        self.on[row] = 0
        self.said[row] = 0
      }
    }
  }
}

// MARK: - What a helper has collected

extension FlagCollector {
  /// The same columns without rows.
  var emptied: FlagCollector { FlagCollector(count: count) }

  func write(to output: inout HelperOutput) {
    for column in 0..<count {
      output.write(columnsOn[column])
      output.write(columnsOff[column])
    }
  }

  /// Appends a helper's rows behind those here; both have moved theirs to the columns.
  mutating func append(
    from input: inout HelperInput, at rowCount: Int, total: Int
  ) throws(HelperLost) {
    for column in 0..<count {
      try FlagCollector.append(to: &columnsOn[column], from: &input, at: rowCount, total: total)
      try FlagCollector.append(to: &columnsOff[column], from: &input, at: rowCount, total: total)
    }
  }

  private static func append(
    to column: inout [UInt64], from input: inout HelperInput, at rowCount: Int, total: Int
  ) throws(HelperLost) {
    var helped: [UInt64] = []
    try input.read(into: &helped, filler: 0)
    column.appendBits(helped, at: rowCount)
    let missing = (total + 63) / 64 - column.count
    column.append(contentsOf: repeatElement(0, count: missing))
  }
}

// MARK: - Many cells at a glance

extension FlagCollector {
  /// Sets cells of neighbouring columns from bytes such as `1,0,0,true,`; stops at any other.
  ///
  /// Four cells of one digit are recognised as one number: they are most of a file.
  @inline(__always)
  mutating func setRun(
    _ first: Int, _ limit: Int, _ bytes: Span<UInt8>, at start: Int
  ) -> (count: Int, end: Int) {
    var bits: UInt64 = 0
    var count = 0
    var position = start
    let limit = min(limit, 64 - first & 63)
    while count < limit, position + 8 <= bytes.count {
      let word = bytes.littleEndian64(at: position)
      if count + 4 <= limit, word & 0xFFFE_FFFE_FFFE_FFFE == 0x2C30_2C30_2C30_2C30 {
        // The lowest bit of each digit, brought side by side to bit 48.
        let digits = (word & 0x0001_0001_0001_0001) &* 0x0001_0002_0004_0008
        bits |= (digits >> 48 & 0xF) << UInt64(count)
        count += 4
        position += 8
      } else if word & 0xFFFE == 0x2C30 {
        bits |= (word & 1) << UInt64(count)
        count += 1
        position += 2
      } else if word & 0xFF_FFFF_FFFF == 0x2C_6575_7274 {
        bits |= 1 << UInt64(count)
        count += 1
        position += 5
      } else if word & 0xFFFF_FFFF_FFFF == 0x2C65_736C_6166 {
        count += 1
        position += 6
      } else {
        break
      }
    }
    guard count > 0 else { return (0, start) }
    let place = first & ~63 | row
    let all = (count == 64 ? 0 : UInt64(1) << UInt64(count)) &- 1
    said[place] |= all << UInt64(first & 63)
    on[place] |= bits << UInt64(first & 63)
    return (count, position)
  }
}
