/// Collects one attribute's values, row by row, and makes a column of them.
///
/// A column can be changed anywhere, which costs more for each value than adding to its end.
package struct ValueCollector: Sendable {
  package let type: AttributeType
  /// Rows so far, with a value or without.
  package private(set) var count = 0
  /// How many rows have a value.
  package private(set) var setCount = 0
  private var present: [UInt64] = []
  private var numbers: [Double] = []
  private var times: [Int64] = []
  private var booleans: [UInt64] = []
  private var texts = TextCollector()

  package init(type: AttributeType) {
    self.type = type
  }

  package mutating func appendUnset(_ count: Int = 1) { self.count += count }

  /// Appends a text by its bytes, which are already known to be valid UTF-8.
  package mutating func appendText(bytes: Span<UInt8>) {
    texts.append(bytes, at: count)
    appendPresent()
  }

  package mutating func append(number: Double) {
    ValueCollector.append(number, to: &numbers, at: count)
    appendPresent()
  }

  package mutating func append(time: Int64) {
    ValueCollector.append(time, to: &times, at: count)
    appendPresent()
  }

  package mutating func append(boolean: Bool) {
    if boolean { ValueCollector.insert(count, into: &booleans) }
    appendPresent()
  }

  /// Makes room for as many times what there is.
  package mutating func reserve(_ factor: Double) {
    numbers.reserve(factor)
    times.reserve(factor)
    texts.reserve(factor)
  }

  /// Lends the texts, some of them maybe more than once, as long as a test holds.
  package func forEachText(while holds: () -> Bool, _ body: (Span<UInt8>) -> Void) {
    for code in texts.dictionary.indices {
      guard holds() else { return }
      texts.dictionary.withBytes(of: code, body)
    }
  }

  /// Lends the text of each row that has one.
  package func forEachRow(_ body: (Int, Span<UInt8>) -> Void) {
    for row in RowSet(words: present) {
      texts.dictionary.withBytes(of: Int(texts.codes[row.index])) { body(row.index, $0) }
    }
  }

  /// The column, of at least as many rows; nothing can be added afterwards.
  package mutating func finish(rowCount: Int) -> ValueColumn {
    texts.finish()
    let parts = ValueColumn.Parts(
      numbers: PlainColumn(numbers), times: PlainColumn(times), booleans: Bitmap(words: booleans),
      codes: PlainColumn(texts.codes), dictionary: texts.dictionary)
    return ValueColumn(
      type: type, count: max(count, rowCount), present: Bitmap(words: present), parts)
  }

  @inline(__always)
  private mutating func appendPresent() {
    ValueCollector.insert(count, into: &present)
    count += 1
    setCount += 1
  }

  @inline(__always)
  private static func append<Value: PlainValue>(
    _ value: Value, to values: inout [Value], at place: Int
  ) {
    if values.count < place {
      values.append(contentsOf: repeatElement(.filler, count: place - values.count))
    }
    values.append(value)
  }

  @inline(__always)
  private static func insert(_ place: Int, into words: inout [UInt64]) {
    while words.count <= place >> 6 { words.append(0) }
    words[place >> 6] |= 1 << UInt64(place & 63)
  }
}

// MARK: - What a helper has collected

extension ValueCollector {
  package func write(to output: inout HelperOutput) {
    output.write([count, setCount])
    output.write(present)
    output.write(numbers)
    output.write(times)
    output.write(booleans)
    texts.write(to: &output)
  }

  /// Appends a helper's rows, from a row on that is not before the last one here.
  package mutating func append(
    from input: inout HelperInput, at place: Int
  ) throws(HelperLost) {
    var counts: [Int] = []
    try input.read(into: &counts, filler: 0)
    guard counts.count == 2 else { throw HelperLost() }
    count = place + counts[0]
    setCount += counts[1]
    var helped: [UInt64] = []
    try input.read(into: &helped, filler: 0)
    present.appendBits(helped, at: place)
    try input.read(into: &numbers, at: place, filler: 0)
    try input.read(into: &times, at: place, filler: 0)
    var flags: [UInt64] = []
    try input.read(into: &flags, filler: 0)
    booleans.appendBits(flags, at: place)
    try texts.append(from: &input, at: place, type == .text ? RowSet(words: helped) : RowSet())
  }
}

extension [UInt64] {
  /// Puts bits behind as many as there are before `place`, without words of no bits at the end.
  package mutating func appendBits(_ words: [UInt64], at place: Int) {
    let (start, shift) = (place >> 6, UInt64(place & 63))
    let needed = start + words.count + 1
    if count < needed { append(contentsOf: repeatElement(0, count: needed - count)) }
    for (index, word) in words.enumerated() {
      self[start + index] |= word << shift
      if shift > 0 { self[start + index + 1] |= word >> (64 - shift) }
    }
    while last == 0 { removeLast() }
  }
}

extension Array {
  /// Makes room for as many times what there is, within reason.
  mutating func reserve(_ factor: Double) {
    let wanted = Double(count) * factor
    guard wanted > Double(capacity), wanted * Double(MemoryLayout<Element>.stride) < 0x1p30
    else { return }
    reserveLarge(Int(wanted))
  }
}
