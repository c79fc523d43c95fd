package import Diagnostics
import Permissions

// MARK: - Look-ups by exact text

extension Table {
  /// Says which names will be looked for, so that many are found together.
  package func expect(names expected: [Text]) { lookups.expect(expected, in: names) }

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
  ///
  /// Of this and the next two: `goesOn` is asked now and then; once it has said no, the answer is of
  /// no use.
  package func rows(
    whereAttribute attribute: AttributeNumber, _ test: ValueTest,
    while goesOn: () -> Bool = { true }
  ) -> RowSet {
    liveOnly(columns[attribute.value].places(where: test, while: goesOn))
  }

  package func rows(whereName test: TextTest, while goesOn: () -> Bool = { true }) -> RowSet {
    switch test {
    case .equals(let name): rows(named: name)
    case .isIn(let names): names.reduce(into: RowSet()) { $0.formUnion(rows(named: $1)) }
    case .glob(let glob): liveOnly(names.places(matching: glob, while: goesOn))
    case .compare, .between: liveOnly(names.places(comparedBy: test))
    }
  }

  package func rows(whereID test: TextTest, while goesOn: () -> Bool = { true }) -> RowSet {
    switch test {
    case .equals(let id): row(id: id).map(RowSet.init) ?? RowSet()
    case .isIn(let ids): RowSet(ids.compactMap { row(id: $0) })
    case .glob(let glob): liveOnly(ids.places(matching: glob, while: goesOn))
    case .compare, .between: liveOnly(ids.places(comparedBy: test))
    }
  }

  package func rows(whereCreated test: TimeTest) -> RowSet {
    liveOnly(createdTimes.places(in: test.ranges))
  }

  package func rows(wherePermissionCount test: NumberTest) -> RowSet {
    let counts = BitCounts(bits, rowCount: rowCount)
    return liveOnly(counts.places { test.holds(for: Double($0)) })
  }

  /// How many permissions each row has.
  func permissionCounts() -> [UInt32] { BitCounts(bits, rowCount: rowCount).counts }
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

extension ValueColumn {
  /// The places that are set and satisfy a test; a text is tested once for each distinct one.
  func places(where test: ValueTest, while goesOn: () -> Bool) -> Bitmap {
    switch (test, type) {
    case (.isSet, _):
      return present
    case (.text(let test), .text):
      let codes = codes(where: test, while: goesOn)
      guard codes.count > 0 else { return Bitmap() }
      if let runs = codes.runs(atMost: 8) { return present(self.codes.places(in: runs)) }
      return present(self.codes.places { codes.contains(Int($0)) })
    case (.number(let test), .number), (.number(let test), .quota):
      return present(numbers.places(in: test.ranges))
    case (.time(let test), .time):
      return present(times.places(in: test.ranges))
    case (.boolean(let flag), .boolean):
      var found = present
      if flag { found.formIntersection(booleans) } else { found.subtract(booleans) }
      return found
    default:
      return Bitmap()
    }
  }

  private func codes(where test: TextTest, while goesOn: () -> Bool) -> Bitmap {
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
      return dictionary.places(matching: glob, while: goesOn).bitmap
    case .compare, .between:
      return dictionary.places(comparedBy: test)
    }
  }

  /// Those of some places that have a value.
  private func present(_ places: Bitmap) -> Bitmap {
    var found = places
    found.formIntersection(present)
    return found
  }
}
