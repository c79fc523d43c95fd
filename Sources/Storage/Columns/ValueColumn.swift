import Diagnostics

/// One attribute's values, typed, each of which may be unset.
///
/// Text is coded by a dictionary, so that a condition is evaluated once for each distinct text.
/// Values at the end that were never set take no space.
package struct ValueColumn: Sendable {
  package let type: AttributeType
  package private(set) var count: Int
  /// The places that have a value; the columns below go as far as the last that ever had one.
  private(set) var present = Bitmap()
  private(set) var numbers = PlainColumn<Double>()
  private(set) var times = PlainColumn<Int64>()
  private(set) var booleans = Bitmap()
  private(set) var codes = PlainColumn<UInt32>()
  private(set) var dictionary = TextColumn()
  private var index: TextIndex?

  /// A column of `count` unset values.
  package init(type: AttributeType, count: Int = 0) {
    self.type = type
    self.count = count
  }

  /// A column of `count` times the same value.
  package init(type: AttributeType, repeating value: AttributeValue?, count: Int) {
    self.init(type: type, count: count)
    guard let value else { return }
    present = Bitmap(0..<count)
    switch value {
    case .text(let text):
      dictionary.append(text)
      codes = PlainColumn(Array(repeating: 0, count: count))
    case .number(let number): numbers = PlainColumn(Array(repeating: number, count: count))
    case .time(let time): times = PlainColumn(Array(repeating: time, count: count))
    case .boolean(let flag): if flag { booleans = present }
    }
  }

  /// What a decoder has read of a column; the arrays reach to the last place that has a value.
  struct Parts {
    var numbers = PlainColumn<Double>()
    var times = PlainColumn<Int64>()
    var booleans = Bitmap()
    var codes = PlainColumn<UInt32>()
    var dictionary = TextColumn()
  }

  init(type: AttributeType, count: Int, present: Bitmap, _ parts: Parts) {
    self.init(type: type, count: count)
    self.present = present
    numbers = parts.numbers
    times = parts.times
    booleans = parts.booleans
    codes = parts.codes
    dictionary = parts.dictionary
  }

  package func isSet(_ place: Int) -> Bool { present.contains(place) }

  /// How many places have a value.
  package var setCount: Int { present.count }

  package subscript(place: Int) -> AttributeValue? {
    get {
      guard present.contains(place) else { return nil }
      return switch type {
      case .text: .text(dictionary[code(at: place)])
      case .number, .quota: .number(numbers[place])
      case .boolean: .boolean(booleans.contains(place))
      case .time: .time(times[place])
      }
    }
    set {
      precondition(place < count)
      guard let newValue else {
        present.remove(place)
        return
      }
      switch (newValue, type) {
      case (.text(let text), .text): store(code: code(for: text), at: place)
      case (.number(let number), .number), (.number(let number), .quota): store(number, at: place)
      case (.boolean(let flag), .boolean): store(flag, at: place)
      case (.time(let time), .time): store(time: time, at: place)
      default: preconditionFailure("a value of another type than the column's")
      }
    }
  }

  /// Lends the bytes of a text; nil where it is unset.
  package func withText<Result>(
    at place: Int, _ body: (Span<UInt8>) -> Result
  ) -> Result? {
    guard type == .text, present.contains(place) else { return nil }
    return dictionary.withBytes(of: code(at: place), body)
  }

  /// The place in the dictionary of the text of a place that has one.
  @inline(__always)
  func code(at place: Int) -> Int {
    let code = Int(codes[place])
    return code < dictionary.count ? code : dictionary.condemned
  }

  package mutating func append(_ value: AttributeValue?) {
    count += 1
    if let value { self[count - 1] = value }
  }

  package mutating func appendUnset(_ count: Int = 1) { self.count += count }

  /// Appends a text by its bytes, which are already known to be valid UTF-8.
  package mutating func appendText(bytes: Span<UInt8>) {
    count += 1
    store(code: code(for: bytes), at: count - 1)
  }

  package mutating func append(number: Double) {
    count += 1
    store(number, at: count - 1)
  }

  package mutating func append(boolean: Bool) {
    count += 1
    store(boolean, at: count - 1)
  }

  package mutating func append(time: Int64) {
    count += 1
    store(time: time, at: count - 1)
  }

  /// Makes the column longer by unset values, or forgets those from `count` on.
  mutating func resize(to count: Int) {
    self.count = count
    present.truncate(to: count)
    numbers.truncate(to: count)
    times.truncate(to: count)
    codes.truncate(to: count)
    booleans.truncate(to: count)
  }
}

// MARK: - Storing

extension ValueColumn {
  private mutating func store(_ number: Double, at place: Int) {
    numbers.extend(toHold: place)
    numbers[place] = number
    present.insert(place)
  }

  private mutating func store(time: Int64, at place: Int) {
    times.extend(toHold: place)
    times[place] = time
    present.insert(place)
  }

  private mutating func store(_ flag: Bool, at place: Int) {
    if flag { booleans.insert(place) } else { booleans.remove(place) }
    present.insert(place)
  }

  private mutating func store(code: UInt32, at place: Int) {
    codes.extend(toHold: place)
    codes[place] = code
    present.insert(place)
  }

  /// The code of a text, which is added to the dictionary where it is new.
  private mutating func code(for text: Text) -> UInt32 {
    code(for: text.string.utf8.span)
  }

  private mutating func code(for bytes: Span<UInt8>) -> UInt32 {
    if let code = code(of: bytes) { return code }
    let code = dictionary.count
    dictionary.append(bytes: bytes)
    let appended = AppendedTexts(column: dictionary)
    if index != nil {
      index?.insert(appended.count - 1, of: appended)
    } else if appended.count > ValueColumn.searchedWithoutIndex {
      index = TextIndex(over: appended)
    }
    return UInt32(code)
  }

  /// As many texts are compared one by one; an index over so few would cost more than it saves.
  private static let searchedWithoutIndex = 8

  /// The code of a text, or nil where the dictionary does not have it.
  func code(of bytes: Span<UInt8>) -> UInt32? {
    if let base = dictionary.base {
      let ranks = base.ranks(of: bytes, in: base.order)
      if !ranks.isEmpty { return UInt32(base.place(ofRank: ranks.lowerBound, in: base.order)) }
    }
    let appended = AppendedTexts(column: dictionary)
    if let index {
      return index.first(bytes, in: appended).map { UInt32(dictionary.baseCount + $0) }
    }
    for code in 0..<appended.count
    where appended.withBytes(of: code, { $0.isEqual(to: bytes) }) {
      return UInt32(dictionary.baseCount + code)
    }
    return nil
  }

  /// Codes of another column's dictionary in this one's, to which new texts are added.
  private mutating func translation(of other: ValueColumn) -> [UInt32] {
    if dictionary.isEmpty {
      dictionary = other.dictionary
      index = other.index
      return []
    }
    if index == nil && dictionary.count + other.dictionary.count > 32 {
      index = TextIndex(over: AppendedTexts(column: dictionary))
    }
    return other.dictionary.indices.map { code in
      other.dictionary.withBytes(of: code) { self.code(for: $0) }
    }
  }

  /// Stores `values[i]` at the i-th row of `rows`, typed loop by typed loop.
  mutating func assign(_ values: ValueColumn, at rows: RowSet) {
    precondition(values.type == type && values.count == rows.count)
    if rows.count == count {
      self = values
      return
    }
    var place = 0
    switch type {
    case .text:
      let translation = translation(of: values)
      for row in rows {
        if values.present.contains(place) {
          let code = values.code(at: place)
          store(code: translation.isEmpty ? UInt32(code) : translation[code], at: row.index)
        } else {
          present.remove(row.index)
        }
        place += 1
      }
    case .number, .quota:
      for row in rows {
        if values.present.contains(place) {
          store(values.numbers[place], at: row.index)
        } else {
          present.remove(row.index)
        }
        place += 1
      }
    case .boolean:
      for row in rows {
        if values.present.contains(place) {
          store(values.booleans.contains(place), at: row.index)
        } else {
          present.remove(row.index)
        }
        place += 1
      }
    case .time:
      for row in rows {
        if values.present.contains(place) {
          store(time: values.times[place], at: row.index)
        } else {
          present.remove(row.index)
        }
        place += 1
      }
    }
  }

  /// The values at some rows, in order; a dictionary holds no more than they need.
  package func values(at rows: RowSet) -> ValueColumn {
    values(at: rows, count: rows.count)
  }

  /// The same, of places in any order.
  package func values(at places: [Row]) -> ValueColumn {
    values(at: places, count: places.count)
  }

  private func values(at rows: some Sequence<Row>, count: Int) -> ValueColumn {
    var taken = ValueColumn(type: type, count: count)
    guard present.count > 0 else { return taken }
    var place = 0
    switch type {
    case .text:
      var recoding = Recoding(of: dictionary.count, for: count)
      for row in rows {
        if present.contains(row.index) {
          let code = code(at: row.index)
          let new = recoding.code(for: UInt32(code)) {
            dictionary.withBytes(of: code) { taken.dictionary.append(bytes: $0) }
          }
          taken.store(code: new, at: place)
        }
        place += 1
      }
      if taken.dictionary.count > ValueColumn.searchedWithoutIndex {
        taken.index = TextIndex(over: AppendedTexts(column: taken.dictionary))
      }
    case .number, .quota:
      for row in rows {
        if present.contains(row.index) { taken.store(numbers[row.index], at: place) }
        place += 1
      }
    case .boolean:
      for row in rows {
        if present.contains(row.index) { taken.store(booleans.contains(row.index), at: place) }
        place += 1
      }
    case .time:
      for row in rows {
        if present.contains(row.index) { taken.store(time: times[row.index], at: place) }
        place += 1
      }
    }
    return taken
  }
}

/// New codes in order of first use, for some of a dictionary's.
private struct Recoding {
  private var dense: [UInt32] = []
  private var sparse: [UInt32: UInt32] = [:]
  private var count: UInt32 = 0

  init(of codes: Int, for uses: Int) {
    if uses > codes / 8 { dense = Array(repeating: .max, count: codes) }
  }

  mutating func code(for old: UInt32, whenNew append: () -> Void) -> UInt32 {
    if let known = dense.isEmpty ? sparse[old] : dense[Int(old)], known != .max { return known }
    append()
    if dense.isEmpty { sparse[old] = count } else { dense[Int(old)] = count }
    defer { count += 1 }
    return count
  }
}
