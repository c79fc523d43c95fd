import Diagnostics
import Language
import Storage

extension Run {
  /// Whether an assertion holds, and what is the case.
  func judge(_ assertion: ResolvedAssertion) throws(Stop) -> (holds: Bool, fact: String) {
    let context = context()
    return try attempt { () throws(Diagnostic) in try context.judge(assertion) }
  }
}

extension EvaluationContext {
  fileprivate func judge(
    _ assertion: ResolvedAssertion
  ) throws(Diagnostic) -> (holds: Bool, fact: String) {
    switch assertion {
    case .quantity(let quantity, let selection, _):
      let rows = try self.rows(of: selection)
      return (
        quantity.admits(rows.count), "\(fact(rows)) \(rows.count == 1 ? "is" : "are") selected"
      )
    case .all(let selection, let test, _):
      let rows = try self.rows(of: selection)
      let failing = rows.subtracting(self.rows(passing: test, among: rows))
      let verb = test.verb == .having ? "lack" : "have"
      return (failing.isEmpty, "\(fact(failing)) \(verb)\(failing.count == 1 ? "s" : "") some")
    }
  }

  /// How many, and who where they are few.
  private func fact(_ rows: RowSet) -> String {
    if rows.isEmpty { return "no subaccounts" }
    let names = rows.prefix(rows: RunProblem.namesShown).map { table.name(of: $0) }
    let shown = RunProblem.list(names, joinedBy: names.count < rows.count ? "," : " and")
    let more = rows.count > names.count ? ", …" : ""
    return "\(Quantity.of(rows.count, "subaccount")) (\(shown)\(more))"
  }
}

extension ResolvedAssertion.Quantity {
  fileprivate func admits(_ count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count == wanted
    case .atLeast(let least): count >= least
    case .atMost(let most): count <= most
    }
  }
}
