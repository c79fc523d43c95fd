/// A set of rows: what conditions, selections and flips are.
///
/// One row or one range costs no storage at all, a few rows are a sorted list, many are a bitmap.
/// So work for a statement about one subaccount does not depend on how many there are.
package struct RowSet: Sendable {
  /// Which of the forms a set has is a matter of cost alone: sets are equal by their members.
  enum Form: Sendable {
    case range(Range<UInt32>)
    /// Ascending, without repeats.
    case list([UInt32])
    case bitmap(Bitmap)
  }

  let form: Form

  /// Takes a form as it is, but counts a bitmap of a file first.
  init(form: Form) {
    if case .bitmap(let bitmap) = form {
      self.form = .bitmap(bitmap.counted)
    } else {
      self.form = form
    }
  }

  package init() {
    form = .range(0..<0)
  }

  /// - Precondition: the row is not the greatest that 32 bits can number.
  package init(_ row: Row) {
    form = .range(row.number..<row.number + 1)
  }

  package init(_ range: Range<UInt32>) {
    form = .range(range)
  }

  /// Takes rows that ascend without repeats.
  package init(sorted rows: [Row]) {
    self.init(sortedNumbers: rows.map(\.number))
  }

  /// Takes rows in any order, with or without repeats.
  package init(_ rows: some Sequence<Row>) {
    var numbers = rows.map(\.number)
    if !RowSet.ascends(numbers) {
      numbers.sort()
      var kept = 0
      for index in numbers.indices where index == 0 || numbers[index] != numbers[kept - 1] {
        numbers[kept] = numbers[index]
        kept += 1
      }
      numbers.removeSubrange(kept...)
    }
    self.init(sortedNumbers: numbers)
  }

  /// Takes numbers that ascend without repeats, and chooses the form.
  init(sortedNumbers numbers: [UInt32]) {
    guard let first = numbers.first, let last = numbers.last else {
      self.init()
      return
    }
    if Int(last - first) + 1 == numbers.count {
      self.init(first..<last + 1)
    } else if numbers.count > Int(last) / 32 {
      var bitmap = Bitmap()
      for number in numbers.reversed() { bitmap.insert(Int(number)) }
      self.init(form: .bitmap(bitmap))
    } else {
      self.init(form: .list(numbers))
    }
  }

  /// Takes one bit a row, in words of 64: for columns that are read a row at a time.
  package init(words: [UInt64]) {
    self.init(Bitmap(words: words))
  }

  /// Takes a bitmap, as a range or a list where that is smaller.
  init(_ claimed: Bitmap) {
    let bitmap = claimed.counted
    guard bitmap.count > 0, let first = bitmap.first(), let last = bitmap.last else {
      self.init()
      return
    }
    if last - first + 1 == bitmap.count {
      self.init(UInt32(first)..<UInt32(last) + 1)
    } else if bitmap.count > last / 32 {
      self.init(form: .bitmap(bitmap))
    } else {
      self.init(form: .list(RowSet.numbers(in: bitmap)))
    }
  }

  private static func ascends(_ numbers: [UInt32]) -> Bool {
    for index in numbers.indices.dropFirst() where numbers[index - 1] >= numbers[index] {
      return false
    }
    return true
  }

  private static func numbers(in bitmap: Bitmap) -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(bitmap.count)
    bitmap.forEachBit { numbers.append(UInt32($0)) }
    return numbers
  }

  /// All members, ascending: a quarter of the instructions that asking for each takes.
  var array: [Row] {
    switch form {
    case .range(let range): return range.map(Row.init)
    case .list(let list): return list.map(Row.init)
    case .bitmap(let bitmap):
      var rows: [Row] = []
      rows.reserveCapacity(bitmap.count)
      bitmap.forEachBit { rows.append(Row(UInt32($0))) }
      return rows
    }
  }
}

extension Bitmap {
  /// Calls a body with each bit that is on, ascending.
  @inline(__always)
  fileprivate func forEachBit(_ body: (Int) -> Void) {
    words.withSpan { words in
      for position in words.indices {
        var rest = words[position]
        while rest != 0 {
          body(position << 6 + rest.trailingZeroBitCount)
          rest &= rest - 1
        }
      }
    }
  }
}

extension RowSet {
  package var count: Int {
    switch form {
    case .range(let range): range.count
    case .list(let list): list.count
    case .bitmap(let bitmap): bitmap.count
    }
  }

  package var isEmpty: Bool { count == 0 }

  package var first: Row? {
    switch form {
    case .range(let range): range.first.map(Row.init)
    case .list(let list): list.first.map(Row.init)
    case .bitmap(let bitmap): bitmap.first().map { Row(UInt32($0)) }
    }
  }

  package var last: Row? {
    switch form {
    case .range(let range): range.last.map(Row.init)
    case .list(let list): list.last.map(Row.init)
    case .bitmap(let bitmap): bitmap.last.map { Row(UInt32($0)) }
    }
  }

  package func contains(_ row: Row) -> Bool {
    switch form {
    case .range(let range):
      return range.contains(row.number)
    case .list(let list):
      let position = RowSet.lowerBound(of: row.number, in: list)
      return position < list.count && list[position] == row.number
    case .bitmap(let bitmap):
      return bitmap.contains(row.index)
    }
  }

  /// The first `count` rows: for previews.
  package func prefix(rows count: Int) -> RowSet {
    guard count < self.count else { return self }
    switch form {
    case .range(let range): return RowSet(range.prefix(Swift.max(0, count)))
    case .list(let list): return RowSet(sortedNumbers: Array(list.prefix(Swift.max(0, count))))
    case .bitmap: return RowSet(sortedNumbers: lazy.prefix(Swift.max(0, count)).map(\.number))
    }
  }

  /// Where a number is, or would be, in an ascending list.
  static func lowerBound(of number: UInt32, in list: [UInt32]) -> Int {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) >> 1
      if list[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension RowSet: Sequence {
  /// The members, ascending.
  package struct Iterator: IteratorProtocol {
    private enum Source {
      case range(Range<UInt32>)
      case list([UInt32])
      case words(Stored<UInt64>)
    }

    private let source: Source
    private var position: UInt32
    private var word: UInt64 = 0

    fileprivate init(_ form: Form) {
      switch form {
      case .range(let range):
        source = .range(range)
        position = range.lowerBound
      case .list(let list):
        source = .list(list)
        position = 0
      case .bitmap(let bitmap):
        source = .words(bitmap.words)
        position = 0
        word = bitmap.words.isEmpty ? 0 : bitmap.words[0]
      }
    }

    package mutating func next() -> Row? {
      switch source {
      case .range(let range):
        guard position < range.upperBound else { return nil }
        defer { position += 1 }
        return Row(position)
      case .list(let list):
        guard position < list.count else { return nil }
        defer { position += 1 }
        return Row(list[Int(position)])
      case .words(let words):
        while word == 0 {
          position += 1
          guard position < words.count else {
            position -= 1
            return nil
          }
          word = words[Int(position)]
        }
        defer { word &= word - 1 }
        return Row(position << 6 + UInt32(word.trailingZeroBitCount))
      }
    }
  }

  package func makeIterator() -> Iterator { Iterator(form) }

  package var underestimatedCount: Int { count }

  /// The maximal ranges of neighbouring rows, ascending.
  func forEachRun(_ body: (Range<UInt32>) -> Void) {
    switch form {
    case .range(let range):
      if !range.isEmpty { body(range) }
    case .list(let list):
      var start = 0
      for index in list.indices where index + 1 == list.count || list[index + 1] != list[index] + 1
      {
        body(list[start]..<list[index] + 1)
        start = index + 1
      }
    case .bitmap(let bitmap):
      var next = bitmap.first()
      while let start = next {
        let end = bitmap.firstClear(from: start)
        body(UInt32(start)..<UInt32(end))
        next = bitmap.first(from: end)
      }
    }
  }
}

extension RowSet: Equatable {
  package static func == (left: RowSet, right: RowSet) -> Bool {
    switch (left.form, right.form) {
    case (.range(let a), .range(let b)): a == b || a.isEmpty && b.isEmpty
    case (.list(let a), .list(let b)): a == b
    default: left.count == right.count && left.elementsEqual(right)
    }
  }
}

extension RowSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Row...) {
    self.init(elements)
  }
}
