package import Diagnostics
package import Storage

/// What a query came to, and whom it listed.
package struct QueryAnswer: Sendable {
  package let outcome: Outcome
  /// What `those` means from now on; nil where the query lists no subaccounts.
  package let listed: RowSet?

  init(_ outcome: Outcome, listed: RowSet? = nil) {
    self.outcome = outcome
    self.listed = listed
  }
}

extension EvaluationContext {
  package func answer(_ show: ResolvedShow) throws(Diagnostic) -> QueryAnswer {
    try looking(at: show.asOf).answerHere(show)
  }

  private func answerHere(_ show: ResolvedShow) throws(Diagnostic) -> QueryAnswer {
    switch show.subject {
    case .subaccounts(let selection): try listing(of: selection, show)
    case .card(let reference): QueryAnswer(.table(card(of: try row(of: reference))))
    case .permissions(let permissions, let selection):
      QueryAnswer(.table(try permissionReport(permissions?.set, of: selection, show)))
    case .matrix(let permissions, let selection):
      try matrix(permissions?.set, of: selection, show)
    case .profiles(let selection):
      QueryAnswer(.table(try profileReport(of: selection, show)))
    case .outliers(let selection, let attribute):
      QueryAnswer(.table(try outlierReport(of: selection, by: attribute, show)))
    case .changes(let filter): QueryAnswer(.table(try changes(filter, show)))
    case .change(let number): QueryAnswer(.table(try change(number, show)))
    case .differences(let since, let until, let selection):
      QueryAnswer(.table(try differences(since: since, until: until, of: selection, show)))
    case .attributes: QueryAnswer(.table(attributeReport(show)))
    case .definitions: QueryAnswer(.table(definitionReport(show)))
    case .policies: QueryAnswer(.table(policyReport(show)))
    case .store: QueryAnswer(.table(storeReport()))
    }
  }
}
