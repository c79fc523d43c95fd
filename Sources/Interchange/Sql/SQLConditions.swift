import Diagnostics
import Evaluation
import Language
import Permissions
import Storage

/// Selections as conditions on a row `s` of `subaccounts`, each true or false and never null.
struct SQLConditions {
  let schema: SQLSchema

  private var dialect: SQLDialect { schema.dialect }

  private var yes: String { "1 = 1" }
  private var no: String { "1 = 0" }

  func condition(_ selection: ResolvedSelection) throws(Untranslated) -> String {
    var parts: [String] = []
    if case .references(let references) = selection.base {
      parts.append(try condition(references))
    }
    for filter in selection.filters {
      switch filter {
      case .condition(let condition): parts.append(try self.condition(condition))
      case .exceptReferences(let references): parts.append("not \(try condition(references))")
      case .exceptSelection(let inner): parts.append("not \(try condition(inner))")
      }
    }
    return joined(parts, "and")
  }

  private func condition(_ references: [ResolvedReference]) throws(Untranslated) -> String {
    var parts: [String] = []
    for reference in references { parts.append(try condition(reference)) }
    return joined(parts, "or")
  }

  func condition(_ reference: ResolvedReference) throws(Untranslated) -> String {
    switch reference.kind {
    case .name(let name): return "(s.name = \(dialect.literal(name)))"
    case .id(let id): return "(s.id = \(dialect.literal(id)))"
    case .frozen(let rows):
      let number = rows?.first?.number ?? 0
      return "(s.id in (select l.id from permql_let l where l.number = \(number)))"
    case .defined(let selection, _): return try condition(selection)
    case .those: return "(s.id in (select l.id from permql_those l))"
    }
  }

  private func joined(_ parts: [String], _ word: String) -> String {
    if parts.isEmpty { return "(\(yes))" }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " \(word) ")))"
  }

  func condition(_ condition: ResolvedCondition) throws(Untranslated) -> String {
    switch condition {
    case .or(let operands): return try balanced(operands[...], "or")
    case .and(let operands): return try balanced(operands[...], "and")
    case .not(let operand): return "(not \(try self.condition(operand)))"
    case .permissions(let test): return self.condition(test)
    case .attribute(let attribute, let test, let negated, let place):
      let positive: String
      do throws(SQLProblem) {
        positive = try self.condition(attribute, test)
      } catch {
        throw Untranslated(problem: error, place: place)
      }
      return negated ? "(not \(positive))" : positive
    }
  }

  /// In halves: engines take only so many brackets inside each other, and chains of words count.
  private func balanced(
    _ operands: ArraySlice<ResolvedCondition>, _ word: String
  ) throws(Untranslated) -> String {
    guard operands.count > 8 else {
      var parts: [String] = []
      for operand in operands { parts.append(try condition(operand)) }
      return joined(parts, word)
    }
    let middle = operands.startIndex + operands.count / 2
    let (left, right) = (
      try balanced(operands[..<middle], word), try balanced(operands[middle...], word)
    )
    return "(\(left) \(word) \(right))"
  }
}

/// A problem, and where in the statement it is.
struct Untranslated: Error {
  let problem: SQLProblem
  let place: Place
}

// MARK: - Permissions

extension SQLConditions {
  func condition(_ test: ResolvedPermissionTest) -> String {
    let set = test.permissions
    return switch (test.verb, test.any) {
    case (.having, false): "(\(held(set)) = \(set.count))"
    case (.having, true): "(\(held(set)) > 0)"
    case (.lacking, false): "(\(held(set)) = 0)"
    case (.lacking, true): "(\(held(set)) < \(set.count))"
    }
  }

  /// How many of some permissions the subaccount has.
  private func held(_ set: PermissionSet) -> String {
    if set.isEmpty { return "0" }
    return "(select count(*) from grants g where g.subaccount = s.number "
      + "and g.permission in (\(SQLConditions.numbers(set))))"
  }

  static func numbers(_ set: PermissionSet) -> String {
    // A list of nothing is no SQL; no permission has this number.
    set.isEmpty ? "-1" : set.map { "\($0.value)" }.joined(separator: ", ")
  }
}

// MARK: - Attributes

extension SQLConditions {
  /// What an attribute is in SQL, for a row `s`.
  func value(of attribute: ResolvedAttribute) -> String {
    switch attribute {
    case .stored(let number): "s.\(schema.column(number))"
    case .id: "s.id"
    case .name: "s.name"
    case .created: "s.created"
    case .protected: "s.protected"
    case .permissionCount: "(select count(*) from grants g where g.subaccount = s.number)"
    case .changed: "(select c.time from changes c where c.change = s.last_change)"
    case .changedBy: "(select c.actor from changes c where c.change = s.last_change)"
    case .announced(let name): "s.\(schema.column(named: name))"
    }
  }

  private func condition(
    _ attribute: ResolvedAttribute, _ test: ValueTest
  ) throws(SQLProblem) -> String {
    let value = value(of: attribute)
    if case .isSet = test {
      if case .stored = attribute { return "(\(value) is not null)" }
      return "(\(yes))"
    }
    guard let passed = try self.condition(value, test) else { return "(\(no))" }
    guard case .stored = attribute else { return "(\(passed))" }
    return "(\(value) is not null and \(passed))"
  }

  /// Nil where nothing can pass.
  private func condition(_ value: String, _ test: ValueTest) throws(SQLProblem) -> String? {
    switch test {
    case .isSet: "\(value) is not null"
    case .boolean(let flag): "\(value) = \(dialect.literal(flag))"
    case .text(let test):
      switch test {
      case .equals(let text): "\(value) = \(dialect.literal(text))"
      case .glob(let glob): try dialect.condition(value, matches: glob)
      case .compare(let order, let text): "\(value) \(order.sql) \(dialect.literal(text))"
      case .isIn(let texts): list(value, texts.map { dialect.literal($0) })
      case .between(let low, let high): between(value, dialect.literal(low), dialect.literal(high))
      }
    case .number(let test):
      switch test {
      case .compare(let order, let number): "\(value) \(order.sql) \(dialect.literal(number))"
      case .isIn(let numbers): list(value, numbers.sorted().map { dialect.literal($0) })
      case .between(let low, let high): between(value, dialect.literal(low), dialect.literal(high))
      }
    case .time(let test):
      switch test {
      case .compare(let order, let time): "\(value) \(order.sql) \(time)"
      case .isIn(let times): list(value, times.sorted().map { "\($0)" })
      case .between(let low, let high): between(value, "\(low)", "\(high)")
      }
    }
  }

  private func list(_ value: String, _ items: [String]) -> String? {
    items.isEmpty ? nil : "\(value) in (\(items.joined(separator: ", ")))"
  }

  private func between(_ value: String, _ low: String, _ high: String) -> String {
    "(\(value) >= \(low) and \(value) <= \(high))"
  }
}

extension Order {
  fileprivate var sql: String {
    switch self {
    case .less: "<"
    case .lessOrEqual: "<="
    case .equal: "="
    case .greaterOrEqual: ">="
    case .greater: ">"
    }
  }
}
