/// A list of plain values that grows at its end: a part of a mapped file and, behind it, an array.
///
/// Appending never copies what is mapped, and cutting the end off does not either.
struct Series<Element: BitwiseCopyable & Sendable>: Sendable {
  private var base = Stored<Element>()
  /// What is used of the base.
  private var used = 0..<0
  private var tail: [Element] = []

  init() {}

  init(_ base: Stored<Element>) {
    self.init(base, 0..<base.count)
  }

  /// Takes a part of what several series share.
  init(_ base: Stored<Element>, _ used: Range<Int>) {
    precondition(used.lowerBound >= 0 && used.upperBound <= base.count)
    self.base = base
    self.used = used
  }

  var count: Int { used.count + tail.count }
  var isEmpty: Bool { count == 0 }
  var last: Element? { isEmpty ? nil : self[count - 1] }

  subscript(index: Int) -> Element {
    @inline(__always)
    get {
      index < used.count ? base[used.lowerBound + index] : tail[index - used.count]
    }
  }

  /// Says that the values of the file make no sense.
  func condemn() { base.condemn() }

  mutating func append(_ element: Element) { tail.append(element) }

  mutating func append(contentsOf elements: [Element]) { tail.append(contentsOf: elements) }

  /// Forgets the values from `count` on.
  mutating func truncate(to count: Int) {
    if count < used.count {
      used = used.lowerBound..<used.lowerBound + count
      tail = []
    } else if count < self.count {
      tail.removeSubrange((count - used.count)...)
    }
  }

  /// Lends some of the values, in at most two parts, and where each part begins.
  @inline(__always)
  func forEachSpan(of range: Range<Int>, _ body: (Int, Span<Element>) -> Void) {
    let mapped = range.clamped(to: 0..<used.count)
    if !mapped.isEmpty {
      let first = used.lowerBound + mapped.lowerBound
      base.withSpan(of: first..<first + mapped.count) { body(mapped.lowerBound, $0) }
    }
    let rest = max(range.lowerBound, used.count)..<max(range.upperBound, used.count)
    if !rest.isEmpty {
      let first = rest.lowerBound - used.count
      body(rest.lowerBound, tail.span.extracting(first..<first + rest.count))
    }
  }

  /// Appends all values to others, to be written.
  func append(to values: inout [Element]) {
    forEachSpan(of: 0..<count) { _, span in
      for index in span.indices { values.append(span[index]) }
    }
  }

  /// The first place for whose value a condition does not hold that holds for all before it.
  @inline(__always)
  func end(while isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func write(_ name: SectionName, to output: inout some SectionWriter) {
    var values: [Element] = []
    values.reserveCapacity(count)
    append(to: &values)
    output.write(name, values.span)
  }
}
