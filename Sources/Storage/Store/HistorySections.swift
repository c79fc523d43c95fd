// What a snapshot keeps of the changes up to it.
extension Store {
  /// Writes where each change is and what is known of it without reading it again.
  ///
  /// - Throws: where a change can't be read whose rows the index does not say.
  func writeHistory(to output: inout some SectionWriter) throws(StoreProblem) {
    precondition(!isInTransaction)
    try bringLastChangesUpToDate()
    history.write(to: &output)
    index.write(to: &output)
    lastChanges.write(to: &output)
  }

  /// Takes the history from a snapshot, in place of what there is; the table must be its table.
  ///
  /// - Throws: where the parts do not fit each other; then nothing is taken.
  func takeHistory(from input: some SectionReader) throws(Damage) {
    let history = try History(from: input)
    let index = try ChangeIndex(from: input)
    let lastChanges = try LastChanges(from: input)
    guard index.count == history.lastChange, lastChanges.upTo <= history.lastChange else {
      throw Damage("history")
    }
    self.history = history
    self.index = index
    self.lastChanges = lastChanges
    recent = RecentPayload()
  }
}
