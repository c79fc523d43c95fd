/// Collects texts row by row into a dictionary, in which each is once, and a code for each row.
///
/// Where nearly all texts differ, as e-mail addresses do, looking each one up is most of the work: they
/// are taken as they come then, and in the end sorted once, which a snapshot needs anyway.
struct TextCollector: Sendable {
  private(set) var dictionary = TextColumn()
  /// For each row up to the last that has a text; of rows without one they mean nothing.
  private(set) var codes: [UInt32] = []
  private var index: TextIndex?
  private var looksUp = true
  /// Looking up has been given up once, and taken up again.
  private var isSettled = false
  private var uses = 0

  /// As many texts are compared one by one.
  private static let searchedWithoutIndex = 8
  /// How often what was found out about repeats is looked at again, in texts; a power of two.
  private static let interval = 1 << 14

  /// Takes the text of a row, in ascending order of rows.
  mutating func append(_ bytes: Span<UInt8>, at place: Int) {
    if codes.count < place {
      codes.append(contentsOf: repeatElement(0, count: place - codes.count))
    }
    codes.append(code(for: bytes))
  }

  /// Makes room for as many times what there is.
  mutating func reserve(_ factor: Double) {
    codes.reserve(factor)
    dictionary.reserve(factor)
  }

  private mutating func code(for bytes: Span<UInt8>) -> UInt32 {
    uses += 1
    if looksUp, let known = known(bytes) { return known }
    let code = add(bytes)
    if dictionary.count & (TextCollector.interval - 1) == 0 { reconsider() }
    return code
  }

  private mutating func add(_ bytes: Span<UInt8>) -> UInt32 {
    let code = dictionary.count
    dictionary.append(bytes: bytes)
    if looksUp {
      if index != nil {
        index?.insert(code, of: dictionary)
      } else if dictionary.count > TextCollector.searchedWithoutIndex {
        index = TextIndex(over: dictionary)
      }
    }
    return UInt32(code)
  }

  private func known(_ bytes: Span<UInt8>) -> UInt32? {
    if let index { return index.first(bytes, in: dictionary).map { UInt32($0) } }
    for code in dictionary.indices
    where dictionary.withBytes(of: code, { $0.isEqual(to: bytes) }) {
      return UInt32(code)
    }
    return nil
  }

  /// Gives up looking up where less than an eighth of all texts were known, and takes it up again
  /// where neighbours repeat each other after all: what is kept must not grow as the file does.
  private mutating func reconsider() {
    if looksUp {
      guard !isSettled, (uses - dictionary.count) * 8 < dictionary.count else { return }
      looksUp = false
      index = nil
    } else {
      var last = TextCollector()
      last.isSettled = true
      let count = TextCollector.interval / 16
      for code in dictionary.count - count..<dictionary.count {
        dictionary.withBytes(of: code) { last.append($0, at: last.codes.count) }
      }
      guard (count - last.dictionary.count) * 8 > count else { return }
      settle()
      looksUp = true
      isSettled = true
      index = TextIndex(over: dictionary)
    }
  }

  /// Makes each text be there once, and the order of the texts known.
  private mutating func settle() {
    dictionary.arrange()
    guard let ranks = dictionary.ranks, ranks.ties.count > 0 else { return }
    // Equal texts are in the order of their places, so the first is the one to keep.
    var kept = [UInt32](repeating: 0, count: dictionary.count)
    var first: UInt32 = 0
    for (rank, place) in ranks.places.enumerated() {
      if !ranks.ties.contains(rank) { first = place }
      kept[Int(place)] = first
    }
    var distinct = TextColumn()
    for place in kept.indices {
      if kept[place] == place {
        kept[place] = UInt32(distinct.count)
        dictionary.withBytes(of: place) { distinct.append(bytes: $0) }
      } else {
        kept[place] = kept[Int(kept[place])]
      }
    }
    for place in codes.indices { codes[place] = kept[Int(codes[place])] }
    dictionary = distinct
  }

  /// Brings the dictionary into the form that a column has.
  mutating func finish() {
    if !looksUp { settle() }
    index = nil
  }
}

// MARK: - What a helper has collected

extension TextCollector {
  func write(to output: inout HelperOutput) {
    dictionary.write(to: &output)
    output.write(codes)
  }

  /// Appends a helper's rows, from a place on; `present` are those of them that have a text.
  ///
  /// Each text that is new gets the code that it would have got without a helper.
  mutating func append(
    from input: inout HelperInput, at place: Int, _ present: RowSet
  ) throws(HelperLost) {
    let before = UInt32(dictionary.count)
    var translation: [UInt32] = []
    if looksUp {
      var texts = TextColumn()
      try texts.append(from: &input)
      translation.reserveCapacity(texts.count)
      for index in texts.indices {
        translation.append(texts.withBytes(of: index) { known($0) ?? add($0) })
      }
    } else {
      try dictionary.append(from: &input)
    }
    try input.read(into: &codes, at: place, filler: 0)
    for row in present {
      let code = codes[place + row.index]
      codes[place + row.index] = looksUp ? translation[Int(code)] : code + before
    }
  }
}
