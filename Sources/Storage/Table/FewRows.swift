import Diagnostics

// Conditions on few rows, where a walk over whole columns would cost more: each row's own value is
// looked at, and no string is made of it.
extension Table {
  /// Those of some live rows whose attribute is set and satisfies the test.
  package func rows(
    whereAttribute attribute: AttributeNumber, _ test: ValueTest, among rows: RowSet
  ) -> RowSet {
    switch test {
    case .text(let test):
      rows.filtered { withText(of: attribute, in: $0) { test.holds(for: $0) } ?? false }
    case .isSet: rows.filtered { columns[attribute.value].isSet($0.index) }
    case .number, .boolean, .time:
      rows.filtered { test.holds(for: value(of: attribute, in: $0)) }
    }
  }

  package func rows(whereName test: TextTest, among rows: RowSet) -> RowSet {
    rows.filtered { withName(of: $0) { test.holds(for: $0) } }
  }

  package func rows(whereID test: TextTest, among rows: RowSet) -> RowSet {
    rows.filtered { withID(of: $0) { test.holds(for: $0) } }
  }

  package func rows(whereCreated test: TimeTest, among rows: RowSet) -> RowSet {
    rows.filtered { test.holds(for: created(of: $0)) }
  }

  package func rows(wherePermissionCount test: NumberTest, among rows: RowSet) -> RowSet {
    rows.filtered { test.holds(for: Double(permissionCount(of: $0))) }
  }
}

extension RowSet {
  fileprivate func filtered(_ isKept: (Row) -> Bool) -> RowSet {
    RowSet(sorted: filter(isKept))
  }
}

extension ValueTest {
  /// Tests one value that is no text; an unset one never passes.
  fileprivate func holds(for value: AttributeValue?) -> Bool {
    switch (self, value) {
    case (.number(let test), .number(let number)): test.holds(for: number)
    case (.boolean(let wanted), .boolean(let flag)): wanted == flag
    case (.time(let test), .time(let time)): test.holds(for: time)
    default: false
    }
  }
}
