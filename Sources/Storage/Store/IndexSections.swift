// The change index in a snapshot: read in constant time, however many changes there are.
extension ChangeIndex {
  /// Where a permission's part of what all share ends.
  private struct Ends: BitwiseCopyable, Sendable {
    var postings: UInt64 = 0
    var fewFlips: UInt64 = 0
    var copies: UInt64 = 0
    var weight: UInt64 = 0
  }

  /// One kept column.
  private struct StoredCopy: BitwiseCopyable, Sendable {
    var change: UInt32
    var postings: UInt32
    /// Where its words end.
    var end: UInt64
  }

  func write(to output: inout some SectionWriter) {
    extents.write(SectionName(.extents), to: &output)
    creations.write(SectionName(.creations), to: &output)
    otherChanges.write(SectionName(.otherChanges), to: &output)
    var postings: [FlipHistory.Posting] = []
    postings.reserveCapacity(flips.reduce(0) { $0 + $1.postings.count })
    var fewFlips: [UInt8] = []
    var copies: [StoredCopy] = []
    var words: [UInt64] = []
    var ends: [Ends] = []
    for history in flips {
      history.postings.append(to: &postings)
      history.fewFlips.append(to: &fewFlips)
      for copy in history.copies {
        copy.append(to: &words)
        copies.append(
          StoredCopy(
            change: copy.change, postings: UInt32(copy.postings), end: UInt64(words.count)))
      }
      ends.append(
        Ends(
          postings: UInt64(postings.count), fewFlips: UInt64(fewFlips.count),
          copies: UInt64(copies.count), weight: UInt64(history.weight)))
    }
    output.write(SectionName(.postings), postings.span)
    output.write(SectionName(.fewFlips), fewFlips.span)
    output.write(SectionName(.columnCopies), copies.span)
    output.write(SectionName(.columnWords), words.span)
    output.write(SectionName(.flipHistories), ends.span)
  }

  init(from input: some SectionReader) throws(Damage) {
    let postings = try input.values(SectionName(.postings), as: FlipHistory.Posting.self)
    let fewFlips = try input.values(SectionName(.fewFlips), as: UInt8.self)
    let copies = try input.values(SectionName(.columnCopies), as: StoredCopy.self)
    let words = try input.values(SectionName(.columnWords), as: UInt64.self)
    let ends = try input.values(SectionName(.flipHistories), as: Ends.self)
    guard ends.count <= 0x10000 else { throw Damage("postings") }
    var flips: [FlipHistory] = []
    var before = Ends()
    var wordsEnd: UInt64 = 0
    for number in 0..<ends.count {
      let end = ends[number]
      guard before.postings <= end.postings, end.postings <= postings.count,
        before.fewFlips <= end.fewFlips, end.fewFlips <= fewFlips.count,
        before.copies <= end.copies, end.copies <= copies.count, end.weight < 1 << 50
      else { throw Damage("postings") }
      var kept: [FlipHistory.Copy] = []
      for place in Int(before.copies)..<Int(end.copies) {
        let copy = copies[place]
        guard wordsEnd <= copy.end, copy.end <= words.count,
          copy.postings <= end.postings - before.postings
        else { throw Damage("kept columns") }
        kept.append(
          FlipHistory.Copy(
            change: copy.change, postings: Int(copy.postings),
            column: .stored(Series(words, Int(wordsEnd)..<Int(copy.end)))))
        wordsEnd = copy.end
      }
      flips.append(
        FlipHistory(
          postings: Series(postings, Int(before.postings)..<Int(end.postings)),
          fewFlips: Series(fewFlips, Int(before.fewFlips)..<Int(end.fewFlips)), copies: kept,
          weight: Int(end.weight)))
      before = end
    }
    guard before.postings == postings.count, before.fewFlips == fewFlips.count,
      before.copies == copies.count, wordsEnd == words.count
    else { throw Damage("postings") }
    self.init(
      extents: Series(try input.values(SectionName(.extents), as: Extent.self)),
      creations: Series(try input.values(SectionName(.creations), as: Creation.self)),
      otherChanges: Series(try input.values(SectionName(.otherChanges), as: OtherChange.self)),
      flips: flips)
  }
}

extension FlipHistory.Copy {
  /// Appends the column's words to others, to be written.
  fileprivate func append(to words: inout [UInt64]) {
    switch column {
    case .kept(let bitmap): words.append(contentsOf: bitmap.words.array)
    case .stored(let stored): stored.append(to: &words)
    }
  }
}
