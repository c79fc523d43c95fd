import Diagnostics

/// What a `PlainColumn` can hold: values that are 64 bits or fewer.
protocol PlainValue: Comparable, Sendable {
  /// What stands where nothing was ever set, and for what makes no sense.
  static var filler: Self { get }

  /// Nil where no value is packed so.
  init?(unpacking packed: UInt64, _ packing: Packing)

  /// The value in 64 bits.
  func packed(_ packing: Packing) -> UInt64

  /// How to pack values in the fewest bits.
  static func packing(of values: [Self]) -> Packing

  /// The packed numbers, as signed ones, of the values in a range; nil where packed numbers do not
  /// order as the values do.
  static func packed(_ range: ClosedRange<Self>, _ packing: Packing) -> [ClosedRange<Int64>]?
}

extension PlainValue {
  static func packing(of values: [Self]) -> Packing { Packing() }
}

extension UInt32: PlainValue {
  static var filler: UInt32 { 0 }

  init?(unpacking packed: UInt64, _ packing: Packing) { self.init(exactly: packed) }

  func packed(_ packing: Packing) -> UInt64 { UInt64(self) }
}

extension Int64: PlainValue {
  static var filler: Int64 { 0 }

  init?(unpacking packed: UInt64, _ packing: Packing) { self.init(bitPattern: packed) }

  func packed(_ packing: Packing) -> UInt64 { UInt64(bitPattern: self) }
}

extension Double: PlainValue {
  static var filler: Double { 0 }

  init?(unpacking packed: UInt64, _ packing: Packing) {
    if packed == packing.infinity {
      self = .infinity
    } else {
      self = packing.isWhole ? Double(Int64(bitPattern: packed)) : Double(bitPattern: packed)
    }
    guard isFinite || self == .infinity else { return nil }
  }

  func packed(_ packing: Packing) -> UInt64 {
    if packing.isWhole {
      if isFinite { return UInt64(bitPattern: Int64(self)) }
      if let infinity = packing.infinity { return infinity }
    }
    return bitPattern
  }

  /// Whole where all are whole or infinite; the number after the greatest then stands for infinity.
  static func packing(of values: [Double]) -> Packing {
    var greatest: Int64 = 0
    var isInfinite = false
    for value in values {
      if value == .infinity {
        isInfinite = true
      } else if let integer = Int64(exactly: value), abs(value) < 0x1p53,
        Double(integer).bitPattern == value.bitPattern
      {
        greatest = Swift.max(greatest, integer)
      } else {
        return Packing()
      }
    }
    return Packing(
      isWhole: true, infinity: isInfinite ? UInt64(bitPattern: greatest + 1) : nil)
  }
}

/// One plain value a row: an array, or numbers of a file and what was set and appended since.
///
/// The file's numbers are never copied whole for a few that change: those that do are copied with
/// their neighbours, in chunks, until a quarter of all would be.
struct PlainColumn<Element: PlainValue>: Sendable {
  /// Values of a file, of which the first `baseCount` are the column's.
  private(set) var base: PackedValues?
  private(set) var baseCount = 0
  /// Chunks of the base in which something was set.
  private(set) var changed: [Int: [Element]] = [:]
  /// The values after the base.
  private(set) var tail: [Element]

  private static var chunkSize: Int { 512 }

  init(_ values: [Element] = []) {
    tail = values
  }

  init(_ base: PackedValues) {
    tail = []
    self.base = base
    baseCount = base.count
  }

  var count: Int { baseCount + tail.count }

  /// A value; of what a file should have and has not, the filler.
  subscript(index: Int) -> Element {
    @inline(__always)
    get { base == nil ? tail[index] : element(at: index) }
    set {
      guard index < baseCount else {
        tail[index - baseCount] = newValue
        return
      }
      set(newValue, inBaseAt: index)
    }
  }

  private func element(at index: Int) -> Element {
    guard let base, index < baseCount else {
      guard index < count else {
        base?.condemn()
        return .filler
      }
      return tail[index - baseCount]
    }
    if !changed.isEmpty, let chunk = changed[index / Self.chunkSize] {
      return chunk[index % Self.chunkSize]
    }
    return PlainColumn.element(base[index], of: base)
  }

  @inline(__always)
  private static func element(_ packed: UInt64, of base: PackedValues) -> Element {
    if let element = Element(unpacking: packed, base.packing) { return element }
    base.condemn()
    return .filler
  }

  /// Where a chunk of the base begins and ends.
  private func range(ofChunk chunk: Int) -> Range<Int> {
    chunk * Self.chunkSize..<Swift.min((chunk + 1) * Self.chunkSize, baseCount)
  }

  private func chunk(_ chunk: Int, of base: PackedValues) -> [Element] {
    var values: [Element] = []
    let range = range(ofChunk: chunk)
    values.reserveCapacity(range.count)
    base.forEach(in: range) { values.append(PlainColumn.element($0, of: base)) }
    return values
  }

  private mutating func set(_ value: Element, inBaseAt index: Int) {
    guard let base else { return }
    let number = index / Self.chunkSize
    if changed[number] == nil {
      guard changed.count * Self.chunkSize * 4 <= baseCount else {
        takeOver()
        tail[index] = value
        return
      }
      changed[number] = chunk(number, of: base)
    }
    changed[number]?[index % Self.chunkSize] = value
  }

  /// Copies what is still in a file, because much of it is going to change.
  private mutating func takeOver() {
    tail = array
    base = nil
    baseCount = 0
    changed = [:]
  }
}

extension PlainColumn {
  mutating func append(_ value: Element) { tail.append(value) }

  mutating func append(contentsOf values: [Element]) { tail.append(contentsOf: values) }

  /// Makes the column longer by fillers until it has a place.
  @inline(__always)
  mutating func extend(toHold place: Int) {
    let missing = place + 1 - count
    guard missing > 0 else { return }
    if missing == 1 {
      tail.append(.filler)
    } else {
      tail.append(contentsOf: repeatElement(.filler, count: missing))
    }
  }

  /// Forgets the values from `length` on.
  mutating func truncate(to length: Int) {
    guard length < count else { return }
    if length >= baseCount {
      tail.removeSubrange((length - baseCount)...)
      return
    }
    tail = []
    baseCount = length
    changed = changed.filter { $0.key * Self.chunkSize < length }
  }

  /// Calls a body with all values, a part after another, and where each part begins.
  func forEachPart(_ body: (_ start: Int, Span<Element>) -> Void) {
    forEachPart(ofBase: true, body)
  }

  /// Calls a body with what is not as in the file, or with all values.
  func forEachPart(ofBase isWanted: Bool, _ body: (_ start: Int, Span<Element>) -> Void) {
    if let base, isWanted || !changed.isEmpty {
      var start = 0
      while start < baseCount {
        let number = start / Self.chunkSize
        let range = range(ofChunk: number)
        start = range.upperBound
        guard let values = changed[number] ?? (isWanted ? chunk(number, of: base) : nil) else {
          continue
        }
        body(range.lowerBound, values.span.extracting(0..<range.count))
      }
    }
    if !tail.isEmpty { body(baseCount, tail.span) }
  }

  /// The places whose value satisfies a test.
  @inline(__always)
  func places(where test: (Element) -> Bool) -> Bitmap {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    forEachPart { start, part in
      for index in part.indices where test(part[index]) {
        words[(start + index) >> 6] |= 1 << UInt64((start + index) & 63)
      }
    }
    return Bitmap(words: words)
  }

  /// All values: copied where some are in a file.
  var array: [Element] {
    guard base != nil else { return tail }
    var values: [Element] = []
    values.reserveCapacity(count)
    forEachPart { _, part in
      for index in part.indices { values.append(part[index]) }
    }
    return values
  }

  /// Writes the values as a section, and how they are packed into `header`.
  func write(
    to output: inout some SectionWriter, as name: SectionName, header: inout [UInt8]
  ) {
    // What a file has is written as it is there: to pack it again was half of what a snapshot took.
    if let base, count == base.count, tail.isEmpty, changed.isEmpty {
      return base.write(to: &output, as: name, header: &header)
    }
    let values = array
    let packing = Element.packing(of: values)
    PackedValues.write(
      values.map { $0.packed(packing) }, packing, to: &output, as: name, header: &header)
  }
}
