package import Diagnostics
import Permissions

// MARK: - Look-ups by exact text

extension Table {
  /// The live row of this id.
  ///
  /// Constant time after the first question, or a search in the file's order of ids.
  package func row(id: Text) -> Row? {
    var found: Row?
    lookups.forEachPlace(named: id.string.utf8.span, in: ids, areNames: false) { place in
      let row = Row(UInt32(place))
      if isLive(row) { found = row }
    }
    return found
  }

  /// Live rows of exactly this name.
  ///
  /// Constant time after the first question, or a search in the file's order of names.
  package func rows(named name: Text) -> RowSet {
    var found: Row?
    var others: [Row] = []
    // The closure would else have a copy of the table, which has forty references to count.
    let live = liveRows
    lookups.forEachPlace(named: name.string.utf8.span, in: names, areNames: true) { place in
      let row = Row(UInt32(place))
      guard live.contains(place) else { return }
      if found == nil { found = row } else { others.append(row) }
    }
    guard let found else { return RowSet() }
    return others.isEmpty ? RowSet(found) : RowSet(others + [found])
  }
}

// MARK: - Conditions

extension Table {
  /// Live rows whose attribute is set and satisfies the test.
  package func rows(whereAttribute attribute: AttributeNumber, _ test: ValueTest) -> RowSet {
    liveOnly(columns[attribute.value].places(where: test))
  }

  package func rows(whereName test: TextTest) -> RowSet {
    switch test {
    case .equals(let name): rows(named: name)
    case .isIn(let names): names.reduce(into: RowSet()) { $0.formUnion(rows(named: $1)) }
    case .glob(let glob): rows(matching: glob, in: names)
    case .compare, .between: liveOnly(names.places { test.holds(for: $0) })
    }
  }

  package func rows(whereID test: TextTest) -> RowSet {
    switch test {
    case .equals(let id): row(id: id).map(RowSet.init) ?? RowSet()
    case .isIn(let ids): RowSet(ids.compactMap { row(id: $0) })
    case .glob(let glob): rows(matching: glob, in: ids)
    case .compare, .between: liveOnly(ids.places { test.holds(for: $0) })
    }
  }

  private func rows(matching glob: Glob, in texts: PatchedTexts) -> RowSet {
    if let few = texts.fewPlaces(matching: glob) {
      return RowSet(few.lazy.map { Row(UInt32($0)) }.filter { isLive($0) })
    }
    return liveOnly(texts.places(matching: glob))
  }

  package func rows(whereCreated test: TimeTest) -> RowSet {
    liveOnly(createdTimes.places { test.holds(for: $0) })
  }

  package func rows(wherePermissionCount test: NumberTest) -> RowSet {
    let holding = (0...bits.count).map { test.holds(for: Double($0)) }
    let counts = permissionCounts()
    return liveOnly(Bitmap(count: rowCount) { holding[Int(counts[$0])] })
  }

  /// How many permissions each row has.
  func permissionCounts() -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: rowCount)
    for bitmap in bits {
      for row in RowSet(form: .bitmap(bitmap)) { counts[row.index] += 1 }
    }
    return counts
  }
}

extension TextTest {
  func holds(for bytes: Span<UInt8>) -> Bool {
    switch self {
    case .equals(let text): bytes.isEqual(to: text.string.utf8.span)
    case .isIn(let texts): texts.contains { bytes.isEqual(to: $0.string.utf8.span) }
    case .glob(let glob): glob.matches(bytes)
    case .compare(let order, let text): order.holds(bytes.order(to: text.string.utf8.span), 0)
    case .between(let low, let high):
      bytes.order(to: low.string.utf8.span) >= 0 && bytes.order(to: high.string.utf8.span) <= 0
    }
  }
}

extension Span where Element == UInt8 {
  /// Negative, zero or positive as these bytes come before, with or after others.
  func order(to other: Span<UInt8>) -> Int {
    let length = Swift.min(count, other.count)
    for index in 0..<length where self[index] != other[index] {
      return self[index] < other[index] ? -1 : 1
    }
    return count - other.count
  }
}

extension Bitmap {
  /// The numbers below `count` that satisfy a test.
  init(count: Int, where test: (Int) -> Bool) {
    var words: [UInt64] = []
    words.reserveCapacity((count + 63) / 64)
    var base = 0
    while base < count {
      var word: UInt64 = 0
      for bit in 0..<Swift.min(64, count - base) where test(base + bit) {
        word |= 1 << UInt64(bit)
      }
      words.append(word)
      base += 64
    }
    self.init(words: words)
  }
}

extension PatchedTexts {
  /// The places whose text satisfies a test, one by one.
  func places(where test: (Span<UInt8>) -> Bool) -> Bitmap {
    Bitmap(count: count) { withBytes(of: $0, test) }
  }

  /// The places whose text a pattern matches.
  func places(matching glob: Glob) -> Bitmap {
    var found = glob.places(in: base)
    for place in patches.keys {
      if withBytes(of: Int(place), { glob.matches($0) }) {
        found.insert(Int(place))
      } else {
        found.remove(Int(place))
      }
    }
    return found
  }
}

extension ValueColumn {
  /// The places that are set and satisfy a test; a text is tested once for each distinct one.
  func places(where test: ValueTest) -> Bitmap {
    switch (test, type) {
    case (.isSet, _):
      return present
    case (.text(let test), .text):
      let codes = codes(where: test)
      guard codes.count > 0 else { return Bitmap() }
      return present(self.codes.places { codes.contains(Int($0)) })
    case (.number(let test), .number), (.number(let test), .quota):
      return present(numbers.places { test.holds(for: $0) })
    case (.time(let test), .time):
      return present(times.places { test.holds(for: $0) })
    case (.boolean(let flag), .boolean):
      var found = present
      if flag { found.formIntersection(booleans) } else { found.subtract(booleans) }
      return found
    default:
      return Bitmap()
    }
  }

  private func codes(where test: TextTest) -> Bitmap {
    switch test {
    case .equals(let text):
      var found = Bitmap()
      if let code = code(of: text.string.utf8.span) { found.insert(Int(code)) }
      return found
    case .isIn(let texts):
      var found = Bitmap()
      for text in texts {
        if let code = code(of: text.string.utf8.span) { found.insert(Int(code)) }
      }
      return found
    case .glob(let glob):
      return glob.places(in: dictionary)
    case .compare, .between:
      return Bitmap(count: dictionary.count) { code in
        dictionary.withBytes(of: code) { test.holds(for: $0) }
      }
    }
  }

  /// Those of some places that have a value.
  private func present(_ places: Bitmap) -> Bitmap {
    var found = places
    found.formIntersection(present)
    return found
  }
}
