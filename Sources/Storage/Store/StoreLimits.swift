/// How large what is read at the beginning may become.
package struct StoreLimits: Sendable {
  /// A segment of the journal ends before the record that would take it beyond this, in bytes.
  package var segmentSize = 64 << 20
  /// A record's payload up to here is written at once with its header; a longer one goes piece by piece
  /// and is never in memory whole, in bytes.
  package var longestRecordAtOnce = 1 << 20
  /// A snapshot is taken when reading what is behind the last one takes longer, in nanoseconds.
  package var longestTail = 7_000_000
  /// The same, when a process ends that has written.
  package var longestTailAtEnd = 3_000_000
  /// Saving fewer bytes at once is not worth a word, nor is reading fewer of the journal.
  package var longSave = 8 << 20
  package var longRead = 1 << 20

  package init() {}
}
