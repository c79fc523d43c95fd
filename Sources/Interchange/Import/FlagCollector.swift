import Storage

/// Columns of cells that are on, off or silent, collected row by row.
///
/// The cells of 64 rows are kept side by side, one word a column, so that a row's cells are written
/// near each other; then each word goes to its own column.
struct FlagCollector {
  private var currentOn: [UInt64]
  private var currentOff: [UInt64]
  private var on: [[UInt64]]
  private var off: [[UInt64]]
  private var bit: UInt64 = 1

  init(count: Int) {
    currentOn = Array(repeating: 0, count: count)
    currentOff = currentOn
    on = Array(repeating: [], count: count)
    off = on
  }

  /// Sets a cell of the current row.
  @inline(__always)
  mutating func set(_ column: Int, to flag: Bool) {
    if flag { currentOn[column] |= bit } else { currentOff[column] |= bit }
  }

  /// Whether the current row's cell is set.
  func hasValue(_ column: Int) -> Bool {
    (currentOn[column] | currentOff[column]) & bit != 0
  }

  /// Goes on to the next row.
  mutating func next() {
    bit = bit << 1 | bit >> 63
  }

  /// Moves what was collected since the last time to the columns: after every 64th row and at the end.
  mutating func flush() {
    for column in currentOn.indices {
      on[column].append(currentOn[column])
      off[column].append(currentOff[column])
      currentOn[column] = 0
      currentOff[column] = 0
    }
  }

  /// The rows whose cell is on.
  func on(_ column: Int) -> RowSet { RowSet(words: on[column]) }

  /// The rows whose cell is off.
  func off(_ column: Int) -> RowSet { RowSet(words: off[column]) }
}
