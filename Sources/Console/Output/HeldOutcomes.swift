import Evaluation

/// What a result looks like to its neighbours: what parts it from them depends on it.
package enum ResultShape: Sendable {
  /// One line among others, such as what a write says.
  case line
  /// Several lines that stand apart.
  case block
}

/// Outcomes that are not yet known to be true, as bytes in the order they came.
///
/// One buffer serves all of them: a script of a hundred thousand writes holds back as many.
struct HeldOutcomes {
  /// When what is held is true.
  enum Truth {
    /// What a query found stays true of what it saw.
    case always
    /// What a write says is false after a rollback.
    case onceCommitted
    /// What an export says is false without its file, too.
    case onceWritten
  }

  struct Kind {
    let destination: ResultWriter.Destination
    let truth: Truth
  }

  private var buffer = OutputBuffer(to: nil)
  private var pieces: [(end: Int, kind: Kind)] = []
  /// What the last piece says in a sentence, and its bytes.
  private var lastSentence: (summary: ChangeSummary, bytes: [UInt8])?

  var isEmpty: Bool { pieces.isEmpty }

  mutating func hold(
    _ kind: Kind, _ write: (inout OutputBuffer) throws(OutputFailure) -> Void
  ) throws(OutputFailure) {
    try write(&buffer)
    pieces.append((buffer.bytes.count, kind))
    lastSentence = nil
  }

  /// Holds a write's sentence.
  ///
  /// Long scripts say the same again and again: then the words are not made again, which was a tenth of
  /// the time that a short grant takes.
  mutating func hold(
    sentence summary: ChangeSummary, _ kind: Kind,
    _ write: (inout OutputBuffer) throws(OutputFailure) -> Void
  ) throws(OutputFailure) {
    if let lastSentence, lastSentence.summary.readsLike(summary) {
      buffer.bytes.append(contentsOf: lastSentence.bytes)
      pieces.append((buffer.bytes.count, kind))
    } else {
      let start = buffer.bytes.count
      try hold(kind, write)
      lastSentence = (summary, Array(buffer.bytes[start...]))
    }
  }

  /// Gives each piece in order and forgets all.
  mutating func release(
    _ body: (Kind, ArraySlice<UInt8>) throws(OutputFailure) -> Void
  ) throws(OutputFailure) {
    let (bytes, pieces) = (buffer.bytes, pieces)
    self = HeldOutcomes()
    var start = 0
    for piece in pieces {
      try body(piece.kind, bytes[start..<piece.end])
      start = piece.end
    }
  }
}
