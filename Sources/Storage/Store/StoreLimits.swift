/// How large what is read at the beginning may become.
package struct StoreLimits: Sendable {
  /// A segment of the journal ends before the record that would take it beyond this, in bytes.
  package var segmentSize = 64 << 20
  /// A snapshot is taken when reading what is behind the last one takes longer, in nanoseconds.
  package var longestTail = 8_000_000
  /// The same, when a process ends that has written.
  package var longestTailAtEnd = 3_000_000
  /// Saving fewer bytes at once is not worth a word, nor is reading fewer of the journal.
  package var longSave = 8 << 20
  package var longRead = 1 << 20

  package init() {}
}

/// How long it takes to read what is in the journal behind the newest snapshot.
struct JournalTail {
  /// About the nanoseconds of a machine of today, so that the same journal has the same weight
  /// everywhere.
  private(set) var weight = 0

  /// Takes up a transaction.
  ///
  /// - Parameters:
  ///   - changes: how many it has.
  ///   - rows: how many it made.
  ///   - bytes: how long its record is.
  mutating func note(changes: Int, rows: Int, bytes: Int) {
    weight += 1_000 + changes * 1_000 + rows * 200 + bytes
  }
}
