/// How long it takes to read what is in the journal behind the newest snapshot.
///
/// In nanoseconds about, of a machine of 2025, but computed: the same journal has the same weight
/// everywhere. The figures are what `swift run -c release StorageBenchmarks replay` measured, rounded up:
/// 1.1 µs for a grant to one, 3 ns for each 64 rows of a grant to many, 1.4 µs for a rename, 4 µs for a
/// value of one, 8 µs for a subaccount made with 18 permissions, 28 µs for an import of a hundred, 8 µs
/// for a deletion.
struct JournalTail: Sendable {
  private(set) var weight = 0

  /// For what every transaction costs: reading a record, and verifying it.
  private static let transaction = 3_000
  private static let change = 1_000
  /// A nanosecond for so many bytes.
  private static let bytesInNanosecond = 2

  /// Takes up a transaction.
  ///
  /// `changes` is the weight of its changes together, `bytes` how long its record is.
  mutating func note(changes: Int, bytes: Int) {
    weight += JournalTail.transaction + changes + bytes / JournalTail.bytesInNanosecond
  }

  /// What it takes to read a change that flips one cell and to apply it.
  static let cellFlip = 120

  /// What it takes to read a change and to apply it.
  static func weight(of effects: Effects) -> Int {
    if effects.cellFlip != nil { return cellFlip }
    var weight = change + effects.created.count * 300 + effects.renames.count * 800
    for flips in effects.flips { weight += 400 + width(of: flips.rows) * 4 }
    for rows in [effects.deleted, effects.restored] where !rows.isEmpty {
      // Who comes or goes gains or loses every permission that they have.
      weight += 10_000 + width(of: rows) * 100
    }
    for cells in effects.cells { weight += 3_000 + cells.rows.count * 20 }
    return weight
  }

  /// How many words of a column some rows are in.
  private static func width(of rows: RowSet) -> Int {
    guard let first = rows.first, let last = rows.last else { return 0 }
    return last.index / 64 - first.index / 64 + 1
  }
}
